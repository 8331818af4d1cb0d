/** Acts as people say them: `催办 IT-202611-0042`, `转交 李强 今天不在`, `agree`. */
import { type Act, ACT_NAMES } from '../flow/acts.ts';
import { askedKey } from '../card/asked.ts';
import { ACT_WORDS } from '../card/words.ts';
import type { Answers } from './parts.ts';

/** Beside the name that stands on the buttons. */
const ALSO: Readonly<Partial<Record<Act, readonly string[]>>> = {
  claim: ['认领', '接单', 'claim', 'take'],
  accept: ['认领', '接单', 'take'],
  release: ['释放', '退回公共池', 'release', 'unclaim'],
  dispatch: ['派单', '派给', 'assign'],
  complete: ['处理完', '处理完成', '办结', 'done', 'finish'],
  agree: ['通过', '批准', '已解决', '解决了', 'approve', 'solved'],
  refuse: ['不同意', '驳回申请', '未解决', '没解决', 'reject', 'not solved'],
  return: ['驳回', '打回', '退回修改', 'send back'],
  transfer: ['转派', '转给', 'hand over'],
  withdraw: ['撤销'],
  urge: ['催一下', '催办一下', '催', 'remind'],
  cc: ['抄送给', 'cc'],
  take_back: ['收回', 'undo'],
  pause: ['暂停', 'suspend'],
  resume: ['恢复', '继续', 'continue'],
  reopen: ['重新打开', '再打开'],
  split: ['拆分', '子工单', '拆单', 'split'],
  merge: ['合并', '合并到', '并入', 'merge'],
  duplicate: ['重复', '和它重复', 'duplicate of'],
  recategorize: ['改类别', '换分类', 'category'],
  reprioritize: ['改紧急', '紧急程度', 'urgency'],
  reassign: ['改派给'],
  jump: ['跳转', '跳转到'],
  force_close: ['强制结单'],
  comment: ['补充', '备注', '评论', '留言'],
};

/** Words that say more than which act. */
const WITH: readonly (readonly [word: string, act: Act, given: Answers])[] = [
  ['前加签', 'add_sign', { [askedKey('how')]: 'before' }],
  ['后加签', 'add_sign', { [askedKey('how')]: 'after' }],
  ['并加签', 'add_sign', { [askedKey('how')]: 'parallel' }],
];

const SAID: readonly (readonly [word: string, acts: readonly Act[], given: Answers])[] = byWord();

/** The longest first: `退回修改` is not `退回` and a reason. */
function byWord() {
  const words = new Map<string, Act[]>();
  for (const act of ACT_NAMES)
    for (const word of [ACT_WORDS[act].zh, ACT_WORDS[act].en.toLowerCase(), ...(ALSO[act] ?? [])])
      words.set(word, [...(words.get(word) ?? []), act]);
  const plain = [...words].map(([word, acts]) => [word, acts, {}] as const);
  const more = WITH.map(([word, act, given]) => [word, [act], given] as const);
  return [...plain, ...more].sort(([a], [b]) => b.length - a.length);
}

export interface SaidAct {
  /** Those that this word may mean, the likeliest first. */
  readonly acts: readonly Act[];
  /** The ticket that is named; null: none is. */
  readonly number: string | null;
  /** What the word itself says of it. */
  readonly given: Answers;
  /** What else was said. */
  readonly rest: string;
}

/** Bounded, and tried only where a word begins: a message may be 100,000 digits long. */
export const NUMBER = /(?<![A-Za-z0-9-])[A-Za-z0-9]{1,32}(?:-[A-Za-z0-9]{1,32}){1,6}/;
/** Longer than this is a story, not an order. */
const MOST = 2_000;

/** What was said, and the ticket's number in it apart. @returns null for a story */
export function numberApart(text: string): { readonly number: string | null; readonly rest: string } | null {
  if (text.length > MOST) return null;
  const said = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .trim();
  const leading = NUMBER.exec(said);
  const number = leading && /\d$/.test(leading[0]) ? leading[0] : null;
  return { number: number && number.toUpperCase(), rest: number === null ? said : said.replace(number, ' ').trim() };
}

/** @returns null when the text does not begin with an act's word, the ticket's number aside */
export function actIn(text: string): SaidAct | null {
  const apart = numberApart(text);
  if (!apart) return null;
  const { number, rest } = apart;
  const lower = rest.toLowerCase();
  for (const [word, acts, given] of SAID) {
    if (!lower.startsWith(word)) continue;
    const after = rest.slice(word.length);
    if (after !== '' && !/^[\s,，、。:：!！]/.test(after)) continue;
    return {
      acts,
      given,
      number,
      rest: after.replace(/^[\s,，、。:：!！]+/, '').trim(),
    };
  }
  return null;
}
