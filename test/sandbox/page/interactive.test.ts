/** The card template's variables as the page reads them. Source: templates/dingtalk/README.md. */
import { describe, expect, it } from '@jest/globals';
import { cardView } from '../../../src/sandbox/page/interactive.ts';

const view = (data: Record<string, string>) => cardView({ outTrackId: 't', templateId: 'x.schema', data });

describe('buttons', () => {
  it('call with a key, link without, and are not there without words', () => {
    const { buttons } = view({
      ...{ b1_text: '受理', b1_key: 'k1', b1_url: 'https://a.example', b1_style: 'primary' },
      ...{ b2_text: '', b2_key: 'k2' },
      ...{ b3_text: '详情', b3_key: '', b3_url: 'https://b.example', b3_style: 'odd' },
      ...{ b4_text: '没有用处', b4_key: '', b4_url: '' },
    });
    expect(buttons).toEqual([
      { kind: 'request', id: 'b1', text: '受理', key: 'k1', style: 'primary' },
      { kind: 'link', id: 'b3', text: '详情', url: 'https://b.example', style: 'secondary' },
    ]);
  });

  it('that are rare are request buttons only', () => {
    const { rare } = view({ m1_text: '转派', m1_key: 'k', m2_text: '链接', m2_url: 'https://a.example' });
    expect(rare.map(({ id }) => id)).toEqual(['m1']);
  });

  it('and the form are gone once it is over', () => {
    const data = { form: '{"fields":[]}', b1_text: '受理', b1_key: 'k', m1_text: '转派', m1_key: 'k' };
    expect(view(data)).toMatchObject({ isOver: false, form: data.form, buttons: [{}], rare: [{}] });
    expect(view({ ...data, over: '1' })).toMatchObject({ isOver: true, form: '', buttons: [], rare: [] });
  });
});

describe('facts', () => {
  it.each([
    ['[{"label":"提单人","value":"王晓"}]', [{ label: '提单人', value: '王晓' }]],
    [
      '[{"label":"耗时","value":2},null,{}]',
      [
        { label: '耗时', value: '2' },
        { label: '', value: '' },
      ],
    ],
    ['{"label":"a"}', []],
    ['no json', []],
    ['', []],
  ])('%s', (facts, read) => {
    expect(view({ facts }).facts).toEqual(read);
  });
});

it('whatever is not given is not there', () => {
  expect(view({})).toMatchObject({ title: '', tone: 'blue', quote: null, link: null, form: '', facts: [] });
});
