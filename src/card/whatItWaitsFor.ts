/** What a ticket waits for while it is nobody's turn, or one of the service's own steps is at a stand. */
import { localDateTime } from '../form/localTime.ts';
import { isAdvice, isOpen, isOver, type TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import type { TicketView } from './view.ts';

type View = Pick<TicketView, 'ticket' | 'template' | 'offsetMinutes'>;

/** @param who those whose turn it is, as text @returns null: the status says it */
export function whatItWaitsFor(view: View, who: string): Words | null {
  const { ticket } = view;
  if (isOver(ticket.status)) return null;
  const open = ticket.tasks.filter(isOpen);
  const [first] = open;
  if (!first) return nobodysTurn(view);
  const name = nameOf(view, first.node);
  const are = (kind: TaskKind) => open.every((task) => task.kind === kind);
  if (are('rescue'))
    return {
      zh: `「${name}」没有成功，等待 ${who} 处理。`,
      en: `“${name}” did not work; waiting for ${who} to look into it.`,
    };
  if (are('dispatch')) return { zh: `等待 ${who} 分派。`, en: `Waiting for ${who} to dispatch it.` };
  if (open.every((task) => isAdvice(task) || task.kind === 'advise'))
    return { zh: `等待 ${who} 给出意见。`, en: `Waiting for the opinion of ${who}.` };
  return null;
}

function nobodysTurn(view: View): Words | null {
  const { ticket, offsetMinutes } = view;
  const child = ticket.children.find(({ blocking, outcome }) => blocking && outcome === null);
  if (child) {
    const of = child.number ?? nameOf(view, child.node);
    return { zh: `等待子工单「${of}」完成。`, en: `Waiting for the sub-ticket “${of}”.` };
  }
  const [call] = ticket.calls;
  if (call) {
    const name = nameOf(view, call.node);
    return {
      zh: `「${name}」已发出，等待对方系统回复。`,
      en: `“${name}” was sent; waiting for the other system to answer.`,
    };
  }
  const timer = ticket.timers.find(({ kind }) => kind === 'wait');
  if (!timer) return null;
  const name = nameOf(view, timer.node);
  const node = view.template.nodes[timer.node];
  if (node?.kind === 'wait' && node.until.kind === 'condition')
    return {
      zh: `「${name}」：等待条件满足后自动继续。`,
      en: `“${name}”: goes on by itself once its condition holds.`,
    };
  const at = localDateTime(timer.at, offsetMinutes);
  return { zh: `「${name}」：${at} 自动继续。`, en: `“${name}”: goes on by itself at ${at}.` };
}

const nameOf = ({ template }: View, node: string): string => template.nodes[node]?.name ?? node;
