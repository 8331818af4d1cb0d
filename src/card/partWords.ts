/** What the parts of an act and their options are called, the same on cards, pages and in the API's texts. */
import type { Act, How, Part, Reason } from '../flow/acts.ts';
import type { Template } from '../flow/template.ts';
import type { TaskKind } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { returnName } from './returnName.ts';
import { PAUSE_WORDS } from './words.ts';

const LABELS: Readonly<Record<Part, Words>> = {
  to: { zh: '环节', en: 'Step' },
  person: { zh: '人员', en: 'Person' },
  people: { zh: '人员', en: 'People' },
  other: { zh: '工单编号', en: 'Ticket number' },
  template: { zh: '流程', en: 'Template' },
  category: { zh: '分类', en: 'Category' },
  urgency: { zh: '紧急程度', en: 'Urgency' },
  how: { zh: '方式', en: 'How' },
  reason: { zh: '原因', en: 'Reason' },
  until: { zh: '到什么时候', en: 'Until when' },
  then: { zh: '重新提交后', en: 'When it comes back' },
  again: { zh: '重新分派', en: 'Dispatch again' },
  values: { zh: '表单', en: 'Form' },
  comment: { zh: '说明', en: 'Comment' },
  files: { zh: '附件', en: 'Files' },
};

/** Where a part has a better name with this act. */
const OWN: Readonly<Partial<Record<`${Act}.${Part}`, Words>>> = {
  'refuse.comment': { zh: '拒绝理由', en: 'Reason' },
  'return.to': { zh: '退回到', en: 'Return to' },
  'return.comment': { zh: '退回原因', en: 'Why it goes back' },
  'cc.people': { zh: '抄送给', en: 'Copy to' },
  'dispatch.person': { zh: '派给', en: 'Who handles it' },
  'jump.to': { zh: '跳转到', en: 'Go on at' },
  'reassign.person': { zh: '改派给', en: 'Reassign to' },
  'reassign.comment': { zh: '改派原因', en: 'Why you reassign it' },
  're_resolve.comment': { zh: '原因', en: 'Reason' },
  'jump.comment': { zh: '跳转原因', en: 'Why it goes on there' },
  'force_close.comment': { zh: '关闭原因', en: 'Why it is closed' },
  'reopen.comment': { zh: '重开原因', en: 'Why it is reopened' },
  'merge.other': { zh: '并入的工单编号', en: 'Number of the ticket that goes on' },
  'duplicate.other': { zh: '与哪张工单重复（编号）', en: 'Number of the ticket it repeats' },
  'split.person': { zh: '提报人（您或原提报人）', en: 'Requester (you, or this one’s)' },
  'split.comment': { zh: '子工单要做什么', en: 'What is to be done' },
  'pause.reason': { zh: '挂起原因', en: 'Why it is suspended' },
  'pause.comment': { zh: '说明，或要问提报人的问题', en: 'A note, or the question to the requester' },
  'transfer.person': { zh: '转交给', en: 'Transfer to' },
  'transfer.comment': { zh: '转交原因', en: 'Why you transfer it' },
  'comment.comment': { zh: '补充内容', en: 'Comment' },
  'withdraw.comment': { zh: '撤回原因', en: 'Why you withdraw it' },
  'add_sign.people': { zh: '加签给', en: 'Whom to add' },
  'add_sign.how': { zh: '加签方式', en: 'How they are added' },
  'remove_sign.person': { zh: '不再请', en: 'Whom to take off' },
  'delegate.person': { zh: '委托给', en: 'Whom to ask' },
  'delegate.comment': { zh: '要问的', en: 'The question' },
  'advise.comment': { zh: '您的意见', en: 'Your answer' },
};

const UNSOLVED = { zh: '哪里还没解决', en: 'What is not solved' };

/** @param kind  of the task; null: an act on the ticket as a whole */
export function partWords(act: Act, part: Part, kind: TaskKind | null): Words {
  if (kind === 'confirm' && act === 'refuse' && part === 'comment') return UNSOLVED;
  return OWN[`${act}.${part}`] ?? LABELS[part];
}

const HOW: Readonly<Record<How, Words>> = {
  before: { zh: '前加签：先给出意见，再由我决定', en: 'Before me: they answer, then I decide' },
  after: { zh: '后加签：我先同意，再由他们同意', en: 'After me: I agree now, then they must as well' },
  parallel: { zh: '并加签：和大家一起审批', en: 'Beside me: one more who decides' },
};
/** As choices of their own; within a sentence they begin small. */
const REASONS: Readonly<Record<string, Words>> = Object.fromEntries(
  Object.entries<Words>(PAUSE_WORDS satisfies Readonly<Record<Reason, Words>>).map(([reason, { zh, en }]) => [
    reason,
    { zh, en: en.charAt(0).toUpperCase() + en.slice(1) },
  ]),
);
const THEN: Readonly<Record<string, Words>> = {
  rerun: { zh: '重新走一遍中间的环节', en: 'All steps in between once more' },
  resume: { zh: '直接回到这一步', en: 'Straight back to this step' },
};

/** @param id  one of the options that `wantsOf` names */
export function optionText(template: Template, part: Part, id: string, locale: Locale): string {
  if (part === 'to') return returnName(template, id, locale);
  if (part === 'category' || part === 'urgency') {
    const field = template.form.find(({ means }) => means === part);
    return field?.options.find(({ value }) => value === id)?.label ?? id;
  }
  const words = new Map(Object.entries<Words>({ ...HOW, ...REASONS, ...THEN })).get(id);
  return words ? inWords(words, locale) : id;
}
