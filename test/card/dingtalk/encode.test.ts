/** card-variables of templates/dingtalk/README.md; sizes of reference/dingtalk.md, 6.3; forms of 6.8. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card, CardButton, CardInput } from '../../../src/card/card.ts';
import { encodeDingtalk } from '../../../src/card/dingtalk/encode.ts';
import { VARIABLES } from '../../../src/card/dingtalk/variables.ts';

const openUrl = (url: string): string => `https://desk.example.com/auth/ding/start?to=${encodeURIComponent(url)}`;
const encode = (card: Card, formBytes?: number) =>
  encodeDingtalk(card, { openUrl, ...(formBytes === undefined ? {} : { formBytes }) });
const bytes = (text: string): number => Buffer.byteLength(text);

const plain: Card = {
  kind: 'task',
  source: 'IT 报修',
  title: '打印机卡纸',
  subtitle: 'IT-202611-0042 · 工程师处理',
  emphasis: '待受理',
  body: '三楼东侧打印机卡纸，无法打印。',
  facts: [{ label: '紧急程度', value: '紧急' }],
  quote: null,
  inputs: [],
  buttons: [],
  menu: [],
  url: '/m/t/42',
  over: null,
  notice: null,
};
const accept: CardButton = { text: '受理', tone: 'primary', does: { key: 't.accept.42.1.1' } };
const fill: CardButton = { text: '填写', tone: 'secondary', does: { url: '/m/t/42?task=1' } };
const input = (key: string, rest: Partial<CardInput> = {}): CardInput => ({
  key,
  label: key,
  kind: 'text',
  required: true,
  options: [],
  value: [],
  ...rest,
});
const three = ['一般', '紧急', '非常紧急'].map((text) => ({ id: text, text }));
const fieldsOf = (form: string | undefined): unknown[] => (JSON.parse(form ?? '{}') as { fields: unknown[] }).fields;
const shown = ({ params }: { params: Record<string, string> }) =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ''));

describe('a card for DingTalk', () => {
  it('gives each variable, so that an update by key clears what is gone (6.4)', () => {
    expect(Object.keys(encode(plain).params).sort()).toEqual([...VARIABLES].sort());
    expect(
      shown(encode({ ...plain, buttons: [accept, fill], menu: [{ text: '补充', key: 'k.comment.42.1' }] })),
    ).toEqual({
      source: 'IT 报修',
      title: '打印机卡纸',
      subtitle: 'IT-202611-0042 · 工程师处理',
      emphasis: '待受理',
      tone: 'orange',
      body: '三楼东侧打印机卡纸，无法打印。',
      facts: '[{"label":"紧急程度","value":"紧急"}]',
      url: openUrl('/m/t/42'),
      url_text: '查看详情',
      b1_text: '受理',
      b1_key: 't.accept.42.1.1',
      b1_style: 'primary',
      b2_text: '填写',
      b2_url: openUrl('/m/t/42?task=1'),
      b2_style: 'secondary',
      m1_text: '补充',
      m1_key: 'k.comment.42.1',
    });
  });

  it('is a form when it asks something: its first button sends it', () => {
    const inputs = [
      input('title', { value: ['打印机卡纸'] }),
      input('detail', { kind: 'longtext', required: false }),
      input('effort', { kind: 'number', value: ['1.5'] }),
      input('urgency', { kind: 'choice', options: three, value: ['紧急'], placeholder: '请选择' }),
      input('parts', { kind: 'choices', options: three, value: ['非常紧急', '一般'] }),
      input('day', { kind: 'date', value: ['2026-11-05'] }),
      input('at', { kind: 'datetime', value: ['2026-11-02 09:00'] }),
    ];
    const { params, dropped } = encode({ ...plain, inputs, buttons: [accept, fill] });
    expect(params).toMatchObject({ form_status: 'normal', form_btn_text: '受理', b1_text: '填写', b2_text: '' });
    expect(fieldsOf(params['form'])).toEqual([
      { name: '_key', type: 'TEXT', hidden: true, defaultValue: 't.accept.42.1.1' },
      { name: 'title', label: 'title', type: 'TEXT', required: true, defaultValue: '打印机卡纸' },
      { name: 'detail', label: 'detail', type: 'TEXT_AREA', required: false, minRows: 2, maxRows: 6 },
      { name: 'effort', label: 'effort', type: 'NUMBER', required: true, defaultValue: 1.5 },
      {
        ...{ name: 'urgency', label: 'urgency', type: 'SELECT', required: true, placeholder: '请选择' },
        ...{ options: three.map(({ id, text }) => ({ value: id, text })), defaultValue: { index: 1, value: '紧急' } },
      },
      {
        ...{ name: 'parts', label: 'parts', type: 'MULTI_SELECT', required: true },
        options: three.map(({ id, text }) => ({ value: id, text })),
        defaultValue: { index: [0, 2], value: ['一般', '非常紧急'] },
      },
      { name: 'day', label: 'day', type: 'DATE', required: true, format: 'yyyy-MM-dd', defaultValue: '2026-11-05' },
      {
        ...{ name: 'at', label: 'at', type: 'DATETIME', required: true, format: 'yyyy-MM-dd HH:mm' },
        defaultValue: '2026-11-02 09:00',
      },
    ]);
    expect(dropped).toEqual([]);
  });

  it('preselects nothing that an input could not show', () => {
    const inputs = [
      input('a', { kind: 'number', value: ['很多'] }),
      input('b', { kind: 'date', value: ['明天'] }),
      input('c', { kind: 'choice', options: three, value: ['从未'] }),
    ];
    const fields = fieldsOf(encode({ ...plain, inputs, buttons: [accept] }).params['form']);
    for (const field of fields.slice(1)) expect(field).not.toHaveProperty('defaultValue');
  });

  it('does not say twice what stands in the form', () => {
    const inputs = [input('detail', { kind: 'longtext', value: [`${plain.body}急！`] }), input('紧急程度')];
    expect(encode({ ...plain, inputs, buttons: [accept] }).params).toMatchObject({ body: '', facts: '' });
  });

  it('leaves out of a form that is too large first what is optional, from the end', () => {
    const inputs = [
      input('a'),
      input('b', { required: false }),
      input('c', { required: false }),
      input('d'),
      input('huge', { kind: 'longtext', value: ['长'.repeat(400)] }),
    ];
    const { params, dropped } = encode({ ...plain, inputs, buttons: [accept] }, 220);
    expect(fieldsOf(params['form'])).toMatchObject([{ name: '_key' }, { name: 'a' }, { name: 'd' }]);
    expect(dropped).toEqual([
      'input huge: too large for a form on a card',
      'input c: the form has only 220 bytes',
      'input b: the form has only 220 bytes',
    ]);
    const none = encode({ ...plain, inputs: [input('a')], buttons: [accept] }, 20);
    expect(none.params).toMatchObject({ form: '', form_btn_text: '', b1_text: '受理' });
  });

  it('says what became of it when it is over, in grey, with nothing left to press', () => {
    const over = { ...plain, over: '已由李四处理', buttons: [accept, fill], inputs: [input('a')] };
    expect(shown(encode(over))).toEqual({
      source: 'IT 报修',
      title: '打印机卡纸',
      subtitle: '待受理 · IT-202611-0042 · 工程师处理',
      emphasis: '已由李四处理',
      tone: 'grey',
      body: '三楼东侧打印机卡纸，无法打印。',
      facts: '[{"label":"紧急程度","value":"紧急"}]',
      over: '已由李四处理',
      url: openUrl('/m/t/42'),
      url_text: '查看详情',
    });
    expect(encode({ ...over, over: '' }).params['over']).not.toBe('');
  });

  it('offers a group the page and nothing else', () => {
    const group = {
      ...plain,
      kind: 'group' as const,
      buttons: [accept, fill],
      inputs: [input('a')],
      notice: '只对一人',
    };
    const names = Object.keys(shown(encode({ ...group, menu: [{ text: '补充', key: 'k' }] })));
    expect(names).toEqual(['source', 'title', 'subtitle', 'emphasis', 'tone', 'body', 'facts', 'url', 'url_text']);
  });

  it('speaks the language of its status', () => {
    expect(encode({ ...plain, emphasis: 'In progress' }).params['url_text']).toBe('View');
  });
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '',
    ' ',
    '受理',
    '很长的文字'.repeat(80),
    '😀'.repeat(300),
    'a\nb',
    '\u0000',
    '<b>**x**</b> ${title}',
  ),
);
const key = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('', 'k', '键'.repeat(400), '_key', '__proto__'));
const anyInput: fc.Arbitrary<CardInput> = fc.record({
  key,
  label: text,
  kind: fc.constantFrom('choice', 'choices', 'text', 'longtext', 'number', 'date', 'datetime'),
  required: fc.boolean(),
  options: fc.array(fc.record({ id: key, text }), { maxLength: 8 }),
  value: fc.array(fc.oneof(key, text), { maxLength: 3 }),
});
const anyCard: fc.Arbitrary<Card> = fc.record({
  kind: fc.constantFrom('task' as const, 'ticket' as const, 'group' as const, 'draft' as const),
  source: text,
  title: text,
  subtitle: text,
  emphasis: text,
  body: text,
  facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 12 }),
  quote: fc.option(fc.record({ title: text, text })),
  inputs: fc.array(anyInput, { maxLength: 8 }),
  buttons: fc.array(
    fc.record({
      text,
      tone: fc.constantFrom('primary' as const, 'secondary' as const, 'danger' as const, 'plain' as const),
      does: fc.oneof(fc.record({ key }), fc.record({ url: fc.constantFrom('', '/m/t/1', '/'.repeat(2000)) })),
    }),
    { maxLength: 8 },
  ),
  menu: fc.array(fc.record({ text, key }), { maxLength: 5 }),
  url: fc.constantFrom('', '/m/t/1', '/'.repeat(2000)),
  over: fc.option(text),
  notice: fc.option(text),
});

it('any card becomes strings within the limits, with keys whole (6.3)', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(undefined, 0, 300, 2000), (card, formBytes) => {
      const { params } = encode(card, formBytes);
      expect(Object.keys(params)).toHaveLength(VARIABLES.length);
      const keys = ['', ...card.buttons.map(({ does }) => ('key' in does ? does.key : '')), ...card.menu.map((m) => m.key)]; // prettier-ignore
      for (const [name, value] of Object.entries(params)) {
        expect(VARIABLES).toContain(name);
        expect(bytes(value)).toBeLessThanOrEqual(name === 'form' ? (formBytes ?? 8192) : 1024);
        if (name.endsWith('_key')) expect(keys).toContain(value);
      }
      expect(bytes(JSON.stringify(params))).toBeLessThan(50_000);
      const facts = JSON.parse(params['facts'] || '[]') as Record<string, string>[];
      for (const fact of facts) expect(Object.keys(fact)).toEqual(['label', 'value']);
      if (params['form']) {
        const [hidden, ...fields] = fieldsOf(params['form']) as { name: string; defaultValue?: unknown }[];
        const [submit] = card.buttons;
        expect(hidden?.defaultValue).toBe(submit && 'key' in submit.does ? submit.does.key : null);
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
        expect(fields.length).toBeGreaterThan(0);
      }
      // A ticket that is over may be filed again.
      const isOver = card.over !== null && !(card.kind === 'ticket' && card.buttons.length > 0);
      if (isOver || card.kind === 'group')
        expect([params['form'], params['b1_text'], params['m1_text']]).toEqual(['', '', '']);
    }),
    { numRuns: 1500 },
  );
});

it('what a form can not ask is always said', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const { params, dropped } = encode({ ...card, kind: 'draft', over: null }, 600);
      const asked = params['form'] ? (fieldsOf(params['form']) as { name: string }[]).map(({ name }) => name) : [];
      for (const one of card.inputs)
        if (!asked.includes(one.key)) expect(dropped.some((line) => line.startsWith(`input ${one.key}: `))).toBe(true);
    }),
    { numRuns: 800 },
  );
});

it('words are words: nothing in them is escaped or read as markup', () => {
  const title = '<b>**x**</b> [a](b) ${title} & "q"';
  expect(encode({ ...plain, title }).params['title']).toBe(title);
});
