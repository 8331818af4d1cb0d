/** What is said to whoever did something in a chat: what has become of it, and what comes next. */
import type { Act } from '../flow/acts.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { askText } from './askText.ts';
import { tight } from './tight.ts';

type Said = (number: string, to: string) => Words;

const said =
  (zh: (number: string, to: string) => string, en: (number: string, to: string) => string): Said =>
  (number, to) => ({ zh: tight(zh(number, to)), en: en(number, to) });

const accepted = said(
  (number) => `${number} 已受理，由您处理。`,
  (number) => `${number} is yours: you have accepted it.`,
);
const { done } = askText;
const DONE: Readonly<Record<Act, Said>> = {
  claim: accepted,
  accept: accepted,
  complete: done.complete,
  agree: done.agree,
  refuse: done.refuse,
  return: done.return,
  comment: askText.commented,
  transfer: said(
    (number, to) => `${number} 已转交给 ${to}。`,
    (number, to) => `${number} is handed to ${to}.`,
  ),
  dispatch: said(
    (number, to) => `${number} 已派给 ${to}。`,
    (number, to) => `${number} went to ${to}.`,
  ),
  submit: said(
    (number) => `${number} 已重新提交。`,
    (number) => `${number} is submitted again.`,
  ),
  retry: said(
    (number) => `${number} 正在重试；还不成功的话，会再请您决定。`,
    (number) => `${number}: the step is tried again. If it fails once more, you are asked again.`,
  ),
  skip: said(
    (number) => `${number} 已跳过这一步，流程继续。`,
    (number) => `${number} goes on without that step.`,
  ),
  advise: said(
    (number) => `您对 ${number} 的答复已转达。`,
    (number) => `Your answer on ${number} is passed on.`,
  ),
  add_sign: said(
    (number, to) => `${number} 已加签给 ${to}。`,
    (number, to) => `${number}: ${to} will be asked as well.`,
  ),
  delegate: said(
    (number, to) => `${number} 已请 ${to} 给出意见，答复后回到您这里。`,
    (number, to) => `${to} was asked about ${number}; it comes back to you with the answer.`,
  ),
  remove_sign: said(
    (number, to) => `${number} 不再请 ${to} 处理。`,
    (number, to) => `${to} is not asked about ${number} any more.`,
  ),
  release: said(
    (number) => `${number} 已放回，其他人可以受理。`,
    (number) => `${number} is given back: others can accept it.`,
  ),
  take_back: said(
    (number) => `${number} 已拿回，请重新处理。`,
    (number) => `${number} is back with you.`,
  ),
  pause: said(
    (number) => `${number} 已挂起。说「恢复处理 ${number}」就继续。`,
    (number) => `${number} is suspended. Say “resume ${number}” to go on.`,
  ),
  resume: said(
    (number) => `${number} 已恢复处理。`,
    (number) => `Work on ${number} goes on.`,
  ),
  reopen: said(
    (number) => `${number} 已重开，会继续处理。`,
    (number) => `${number} is open again.`,
  ),
  urge: said(
    (number) => `${number} 已催办，现在该处理的人会收到提醒。`,
    (number) => `${number}: those whose turn it is are reminded.`,
  ),
  cc: said(
    (number, to) => `${number} 已抄送给 ${to}。`,
    (number, to) => `${number} is copied to ${to}.`,
  ),
  withdraw: said(
    (number) => `${number} 已撤回。需要时可以重新提交。`,
    (number) => `${number} is withdrawn. File again when you need it.`,
  ),
  split: said(
    (number) => `已从 ${number} 拆出子工单，编号很快会显示在它的页面上。`,
    (number) => `A ticket is split off ${number}; its number will soon stand on the page.`,
  ),
  merge: said(
    (number, to) => `${number} 已并入 ${to}，请在那里继续。`,
    (number, to) => `${number} is merged into ${to}: go on there.`,
  ),
  duplicate: said(
    (number, to) => `${number} 与 ${to} 重复，已关闭。`,
    (number, to) => `${number} is a duplicate of ${to}, and closed.`,
  ),
  recategorize: said(
    (number, to) => `${number} 的分类已改为「${to}」。`,
    (number, to) => `The category of ${number} is now “${to}”.`,
  ),
  reprioritize: said(
    (number, to) => `${number} 的紧急程度已改为「${to}」。`,
    (number, to) => `The urgency of ${number} is now “${to}”.`,
  ),
  reassign: said(
    (number, to) => `${number} 已改派给 ${to}。`,
    (number, to) => `${number} is reassigned to ${to}.`,
  ),
  re_resolve: said(
    (number) => `${number} 已按流程的规则重新找人。`,
    (number) => `${number}: the flow’s rule was asked again for whose turn it is.`,
  ),
  jump: said(
    (number, to) => `${number} 已跳转到「${to}」。`,
    (number, to) => `${number} goes on at “${to}”.`,
  ),
  force_close: said(
    (number) => `${number} 已强制关闭。`,
    (number) => `${number} is closed.`,
  ),
};

/**
 * @param kind  of the task; null: an act on the ticket
 * @param to  whom or where it went, or what it became: people, a ticket's number, a step, a category; `''`: nothing of it
 */
export function doneText(act: Act, kind: TaskKind | null, number: string, to: string): Words {
  if (kind === 'confirm' && act === 'agree') return done.confirm(number);
  if (kind === 'confirm' && act === 'refuse') return done.notSolved(number);
  return DONE[act](number, to);
}
