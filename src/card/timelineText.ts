/** The history of a ticket, one sentence per thing that happened. What was said and filled in stands beside it. */
import type { PersonId } from '../flow/directory.ts';
import type { EventOf, TicketEvent } from '../flow/event.ts';
import type { Template } from '../flow/template.ts';
import { type Task, type Ticket, whoHas } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { endReason } from './endCause.ts';
import { isLifeEvent, lifeSentence } from './lifeSentence.ts';
import { ownSentence } from './ownSentence.ts';
import { OUTCOME_WORDS } from './words.ts';
import { namesText } from './whereItStands.ts';

export interface HistoryView {
  readonly ticket: Pick<Ticket, 'tasks'>;
  readonly template: Pick<Template, 'nodes' | 'order'>;
  readonly names: (id: PersonId) => string;
}

/** @returns null for what only the engine cares about */
export function timelineText(event: TicketEvent, view: HistoryView, locale: Locale): string | null {
  const words = sentence(event, view, locale);
  return words && inWords(words, locale);
}

function sentence(event: TicketEvent, view: HistoryView, locale: Locale): Words | null {
  const who = actor(event, view, locale);
  const list = (people: readonly PersonId[]) => namesText(people, view.names, locale);
  if (isLifeEvent(event)) return lifeSentence(event, view, who, (place) => nodeName(place, view, locale));
  switch (event.type) {
    case 'ticket.filed':
      return filed(event, view, who);
    case 'task.opened':
      return opened(event, view, list);
    case 'task.claimed':
    case 'task.accepted':
      return taken(event, view, who);
    case 'task.released':
      return { zh: `${who} 放回了待认领`, en: `${who} gave it back to be taken` };
    case 'task.done':
      return done(event, view, who);
    case 'task.transferred':
      return transferred(event, view, who);
    case 'task.sign_added':
      return added(event, who, list(event.data.to));
    case 'task.activated':
      return activated(event, view, list);
    case 'task.closed':
      return removed(event, view, who, list);
    case 'form.changed':
      return { zh: `${who} 修改了表单`, en: `${who} changed the form` };
    case 'comment.added':
      return { zh: `${who} 补充说明`, en: `${who} commented` };
    case 'notice.sent':
      return noticed(event, list);
    case 'node.skipped':
      return skipped(event, view, list);
    case 'ticket.closed':
      return closed(event);
    case 'ticket.copied':
    case 'ticket.urged':
    case 'act.taken_back':
      return beside(event, who, list);
    default:
      return ownSentence(event, (place) => nodeName(place, view, locale));
  }
}

/** Who decides or dispatches accepts nothing, and neither does the service: what they do next says it. */
function taken(
  { actorId, data }: EventOf<'task.claimed' | 'task.accepted'>,
  { ticket }: HistoryView,
  who: string,
): Words | null {
  const kind = ticket.tasks.find(({ n }) => n === data.n)?.kind;
  if (actorId === null || kind === 'dispatch' || kind === 'rescue') return null;
  return { zh: `${who} 受理了工单`, en: `${who} accepted the ticket` };
}

function transferred({ data }: EventOf<'task.transferred'>, view: HistoryView, who: string): Words {
  const to = view.names(data.to);
  const { times } = data;
  return times === undefined
    ? { zh: `${who} 转交给 ${to}`, en: `${who} transferred it to ${to}` }
    : {
        zh: `${who} 转交给 ${to}，这是第 ${times} 次转交`,
        en: `${who} transferred it to ${to}; it was passed on ${times} times by now`,
      };
}

function actor({ actorId, forId }: TicketEvent, { names }: HistoryView, locale: Locale): string {
  if (actorId === null) return locale === 'en' ? 'The system' : '系统';
  if (forId === null) return names(actorId);
  return locale === 'en' ? `${names(actorId)} for ${names(forId)}` : `${names(actorId)}（代 ${names(forId)}）`;
}

export function nodeName(node: string, { template }: Pick<HistoryView, 'template'>, locale: Locale): string {
  if (node === 'filing') return locale === 'en' ? 'Filing' : '提报人修改';
  return template.nodes[node]?.name ?? node;
}

function filed({ data }: EventOf<'ticket.filed'>, { names }: HistoryView, who: string): Words {
  if (data.filerId === data.requesterId) return { zh: `${who} 提交了工单`, en: `${who} filed the ticket` };
  const requester = names(data.requesterId);
  return { zh: `${who} 代 ${requester} 提交了工单`, en: `${who} filed the ticket for ${requester}` };
}

/** `last` points to a step that is yet to come. */
function sameAs(from: string, node: string, { nodes, order }: HistoryView['template']): Words {
  const step = order.indexOf(from) + 1;
  const name = nodes[from]?.name ?? from;
  return order.indexOf(from) > order.indexOf(node)
    ? {
        zh: `审批人与第 ${step} 步「${name}」相同，到那一步再审批`,
        en: `the same approver as step ${step}, “${name}”, and asked there`,
      }
    : {
        zh: `审批人与第 ${step} 步「${name}」相同，已经同意`,
        en: `the same approver as step ${step}, “${name}”, who has agreed`,
      };
}

type List = (people: readonly PersonId[]) => string;

/** What moves nothing of the flow. */
function beside(event: TicketEvent, who: string, list: List): Words | null {
  switch (event.type) {
    case 'ticket.copied':
      return { zh: `${who} 抄送给 ${list(event.data.to)}`, en: `${who} copied it to ${list(event.data.to)}` };
    case 'ticket.urged':
      return { zh: `${who} 催办了 ${list(event.data.to)}`, en: `${who} urged ${list(event.data.to)}` };
    case 'act.taken_back':
      return { zh: `${who} 拿回了自己的操作`, en: `${who} took their act back` };
    default:
      return null;
  }
}

function noticed({ data }: EventOf<'notice.sent'>, list: List): Words | null {
  const { to, left } = data;
  const more = {
    zh: left === undefined ? '' : `抄送人数已满，另有 ${left} 人没有通知`,
    en: left === undefined ? '' : `no room for ${left} more`,
  };
  if (to.length === 0) return left === undefined ? null : more;
  return {
    zh: [`通知了 ${list(to)}`, more.zh].filter(Boolean).join('；'),
    en: [`${list(to)} were notified`, more.en].filter(Boolean).join('; '),
  };
}

function added({ data }: EventOf<'task.sign_added'>, who: string, to: string): Words {
  switch (data.via) {
    case 'before':
      return { zh: `${who} 前加签，请 ${to} 先给出意见`, en: `${who} asked ${to} to answer first` };
    case 'after':
      return { zh: `${who} 后加签，请 ${to} 接着审批`, en: `${who} asked ${to} to decide as well` };
    case 'parallel':
      return { zh: `${who} 并加签，请 ${to} 一起审批`, en: `${who} asked ${to} to decide beside the others` };
    case 'delegate':
      return { zh: `${who} 委托 ${to} 给出意见`, en: `${who} asked ${to} for an opinion` };
  }
}

/** In a sequence, or back from those who were asked. */
function activated({ data }: EventOf<'task.activated'>, { ticket, template }: HistoryView, list: List): Words | null {
  const task = ticket.tasks.find(({ n }) => n === data.n);
  if (!task) return null;
  const people = list(whoHas(task));
  const node = template.nodes[task.node]?.name ?? '';
  return ticket.tasks.some(({ parent }) => parent === task.n)
    ? { zh: `「${node}」回到 ${people}`, en: `“${node}” is back with ${people}` }
    : { zh: `「${node}」轮到 ${people}`, en: `“${node}”: it is ${people}’s turn` };
}

function removed({ data }: EventOf<'task.closed'>, { ticket }: HistoryView, who: string, list: List): Words | null {
  const task = ticket.tasks.find(({ n }) => n === data.n);
  if (data.because !== 'removed' || !task) return null;
  const people = list(whoHas(task));
  return { zh: `${who} 取消了对 ${people} 的加签`, en: `${who} no longer asks ${people}` };
}

/** Those whose turn comes later are named when it comes; those who were added, with who added them. */
function opened({ data }: EventOf<'task.opened'>, view: HistoryView, list: List): Words | null {
  if (data.state === 'waiting' || data.via !== undefined) return null;
  const node = view.template.nodes[data.node]?.name ?? '';
  const people = list(whoHas(data));
  if (data.kind === 'dispatch')
    return { zh: `「${node}」等待 ${people} 分派`, en: `“${node}” waits for ${people} to dispatch it` };
  if (data.kind === 'rescue')
    return {
      zh: `「${node}」等待 ${people} 重试或跳过`,
      en: `“${node}” waits for ${people} to try it again or skip it`,
    };
  if (data.kind === 'edit') return { zh: `等待 ${people} 修改`, en: `Waiting for ${people} to correct it` };
  return data.assigneeId === null
    ? {
        zh: `「${node}」已通知 ${people}，等待其中一位受理`,
        en: `“${node}”: ${people} were told, one of them takes it`,
      }
    : { zh: `「${node}」交给 ${people}`, en: `“${node}” went to ${people}` };
}

function done({ data }: EventOf<'task.done'>, { ticket }: HistoryView, who: string): Words {
  const kind: Task['kind'] | undefined = ticket.tasks.find(({ n }) => n === data.n)?.kind;
  switch (data.result) {
    case 'complete':
      return { zh: `${who} 处理完成`, en: `${who} completed it` };
    case 'agree':
      return kind === 'confirm'
        ? { zh: `${who} 确认已解决`, en: `${who} confirmed that it is solved` }
        : { zh: `${who} 同意`, en: `${who} agreed` };
    case 'refuse':
      return kind === 'confirm'
        ? { zh: `${who} 反馈没有解决`, en: `${who} said that it is not solved` }
        : { zh: `${who} 拒绝`, en: `${who} refused` };
    case 'returned':
      return { zh: `${who} 退回`, en: `${who} returned it` };
    case 'submit':
      return { zh: `${who} 修改后重新提交`, en: `${who} corrected and resubmitted it` };
    case 'retry':
      return { zh: `${who} 重试了这一步`, en: `${who} tried the step again` };
    case 'advise':
      return { zh: `${who} 答复`, en: `${who} answered` };
    case 'skip':
      return { zh: `${who} 跳过了这一步`, en: `${who} skipped the step` };
    case 'dispatch':
      return { zh: `${who} 分派了工单`, en: `${who} dispatched the ticket` };
  }
}

const WHY: Readonly<Record<EventOf<'node.skipped'>['data']['because'], Words>> = {
  when: { zh: '条件不符合', en: 'its condition does not hold' },
  same_approver: { zh: '同一审批人已经同意', en: 'the same person has agreed already' },
  self: { zh: '审批人就是提报人', en: 'the approver is the requester' },
  nobody: { zh: '没有需要审批的人', en: 'there is nobody to ask' },
  unset: { zh: '时间没有填写', en: 'its time is not filled in' },
};

function skipped({ data }: EventOf<'node.skipped'>, { template }: HistoryView, list: List): Words {
  const node = template.nodes[data.node]?.name ?? data.node;
  const why = data.from === undefined ? WHY[data.because] : sameAs(data.from, data.node, template);
  return data.people
    ? {
        zh: `「${node}」${list(data.people)} 自动通过：${why.zh}`,
        en: `“${node}” passed for ${list(data.people)}: ${why.en}`,
      }
    : { zh: `跳过「${node}」：${why.zh}`, en: `“${node}” was skipped: ${why.en}` };
}

function closed(event: EventOf<'ticket.closed'>): Words {
  const { zh, en } = OUTCOME_WORDS[event.data.outcome];
  const reason = endReason(event);
  return reason
    ? { zh: `工单结束：${zh}。${reason.zh}`, en: `The ticket ended: ${en}. ${reason.en}` }
    : { zh: `工单结束：${zh}`, en: `The ticket ended: ${en}` };
}
