/** Cards where no template is configured, and words as markdown: reference/dingtalk.md, 5.1, 5.3. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../../../src/card/card.ts';
import { actionCard } from '../../../src/card/dingtalk/actionCard.ts';
import { escapeMarkdown } from '../../../src/card/dingtalk/markdown.ts';
import { dingtalkBlocks } from '../../../src/sandbox/page/dingtalkMarkdown.ts';

const openUrl = (url: string): string => `https://desk.example.com${url}`;
const task: Card = {
  kind: 'task',
  source: 'IT 报修',
  title: '打印机 *卡纸*',
  subtitle: 'IT-202611-0042',
  emphasis: '待受理',
  body: '三楼东侧。\n# 很急',
  facts: [{ label: '紧急程度', value: '紧急' }],
  quote: { title: 'rita', text: '还是卡纸' },
  inputs: [],
  buttons: [
    { text: '受理', tone: 'primary', does: { key: 't.accept.42.1.1' } },
    { text: '填写', tone: 'secondary', does: { url: '/m/t/42?task=1' } },
  ],
  menu: [],
  url: '/m/t/42',
  over: null,
  notice: null,
};
const titles = (card: Card): string[] => actionCard(card, openUrl).buttons.map(({ title }) => title);

describe('an action card', () => {
  it('says what the card says, and leads to where it can be done', () => {
    expect(actionCard(task, openUrl)).toMatchSnapshot();
  });
  it('invites to look where there is nothing to do', () => {
    expect(titles({ ...task, over: '已由李四处理' })).toEqual(['查看详情']);
    expect(titles({ ...task, kind: 'group' })).toEqual(['查看详情']);
    expect(titles({ ...task, buttons: [], emphasis: 'Closed' })).toEqual(['View']);
  });
  it('has one button for one page', () => {
    const buttons: Card['buttons'] = [{ text: '打开表单', tone: 'primary', does: { url: '/m/t/42' } }];
    expect(titles({ ...task, buttons })).toEqual(['打开表单']);
  });
});

it('escaped words look as they were written: no markup, the same lines', () => {
  const piece = fc.constantFrom('*', '**', '#', '# ', '> ', '- ', '1. ', '![a](b)', '[x](https://e.test)', '&nbsp;', '<b>', '受理', 'a', ' ', '_', '---'); // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const blocks = dingtalkBlocks(escapeMarkdown(pieces.join('')));
      for (const { kind, lines } of blocks) {
        expect(kind).toBe('plain');
        for (const part of lines.flat()) expect(part.kind).toBe('text');
      }
    }),
    { numRuns: 2000 },
  );
  expect(dingtalkBlocks(escapeMarkdown('一\n二\n三'))[0]?.lines).toHaveLength(3);
  expect(escapeMarkdown('a&b <3 v1.2 li_si -5')).toBe('a＆b <3 v1.2 li_si -5');
});
