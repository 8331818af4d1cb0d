/** The words that always mean the same in a chat, whatever is being asked. */

export type Word = 'help' | 'mine' | 'todo' | 'cancel' | 'submit' | 'chinese' | 'english';

const WORDS: readonly (readonly [Word, RegExp])[] = [
  ['help', /^(帮助|幫助|help|\?|菜单|你好|hi|hello)$/i],
  ['mine', /^(我的工单|我的申请|工单|my tickets?)$/i],
  ['todo', /^(待办|我的待办|代办|todo|to-?dos?)$/i],
  ['cancel', /^(取消|算了|不用了|cancel)$/i],
  ['submit', /^(提交|submit)$/i],
  ['chinese', /^(中文|汉语|chinese)$/i],
  ['english', /^(英文|英语|english)$/i],
];

export function wordIn(text: string): Word | null {
  const said = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .trim();
  if (said.length > 300) return null;
  return WORDS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}
