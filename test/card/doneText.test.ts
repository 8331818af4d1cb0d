/** S12: whoever did something in a chat is told in plain words what became of it, whichever act it was. */
import { expect, it } from '@jest/globals';
import { doneText } from '../../src/card/doneText.ts';
import { type Act, ACT_NAMES } from '../../src/flow/acts.ts';

it.each(ACT_NAMES)('%s: says which ticket, as a sentence in both languages', (act) => {
  const { zh, en } = doneText(act, null, 'IT-7', '何静');
  expect(zh).toMatch(/IT-7.*。$/);
  expect(en).toMatch(/IT-7.*\.$/);
  // The button's name with "done" behind it is no sentence.
  expect(en).not.toContain(', done');
});

it.each<[Act, string, string, string]>([
  ['reassign', '何静', 'IT-7 已改派给何静。', 'IT-7 is reassigned to 何静.'],
  ['add_sign', '何静、林霞', 'IT-7 已加签给何静、林霞。', 'IT-7: 何静、林霞 will be asked as well.'],
  ['merge', 'IT-2', 'IT-7 已并入 IT-2，请在那里继续。', 'IT-7 is merged into IT-2: go on there.'],
  ['recategorize', '网络', 'IT-7 的分类已改为「网络」。', 'The category of IT-7 is now “网络”.'],
  ['jump', '处理', 'IT-7 已跳转到「处理」。', 'IT-7 goes on at “处理”.'],
])('%s names %s', (act, to, zh, en) => expect(doneText(act, null, 'IT-7', to)).toEqual({ zh, en }));

it('thanks whoever confirms', () =>
  expect(doneText('agree', 'confirm', 'IT-7', '').zh).toBe('IT-7 已确认解决，谢谢。'));
