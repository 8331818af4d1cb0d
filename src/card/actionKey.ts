/**
 * What a card's button carries: which act on what, in which version. Opaque to platforms, ≤ 100 ASCII characters.
 * A click is untrusted: the key only names things; rights and state are judged behind `ticket/`.
 */
import { isAct, isTaskAct, type TaskAct, type TicketAct } from '../flow/acts.ts';

export type Action =
  | {
      readonly on: 'task';
      /** `fill` opens a page; `look` shows the card as it is, without what was being asked on it; `more` tells all that can be done. */
      readonly act: TaskAct | 'fill' | 'look' | 'more';
      readonly ticketId: number;
      readonly task: number;
      readonly version: number;
    }
  | {
      readonly on: 'ticket';
      /** `again` opens the form to file it once more. */
      readonly act: TicketAct | 'look' | 'more' | 'again';
      readonly ticketId: number;
      readonly version: number;
    }
  | {
      readonly on: 'draft';
      readonly act: 'submit' | 'cancel';
      readonly draftId: number;
      /** When the draft was changed last: the same words sent again later are not the same click. */
      readonly version?: number;
    };

const ACT = /^[a-z_]{2,20}$/;

export function actionKey(action: Action): string {
  if (action.on === 'task') return `t.${action.act}.${action.ticketId}.${action.task}.${action.version}`;
  if (action.on === 'ticket') return `k.${action.act}.${action.ticketId}.${action.version}`;
  return [`d.${action.act}.${action.draftId}`, ...(action.version === undefined ? [] : [action.version])].join('.');
}

/** @returns null when the text is not a key of ours */
export function parseActionKey(text: string): Action | null {
  const [on, act, ...rest] = text.split('.');
  const numbers = rest.map(Number);
  if (!act || !ACT.test(act) || numbers.some((n) => !Number.isSafeInteger(n) || n < 0)) return null;
  const [first, second, third] = numbers;
  if (on === 't' && first !== undefined && second !== undefined && third !== undefined && isOnTask(act))
    return { on: 'task', act, ticketId: first, task: second, version: third };
  if (on === 'k' && first !== undefined && second !== undefined && isOnTicket(act))
    return { on: 'ticket', act, ticketId: first, version: second };
  if (on === 'd' && first !== undefined && (act === 'submit' || act === 'cancel'))
    return { on: 'draft', act, draftId: first, ...(second === undefined ? {} : { version: second }) };
  return null;
}

const isOnTask = (act: string): act is TaskAct | 'fill' | 'look' | 'more' =>
  ['fill', 'look', 'more'].includes(act) || (isAct(act) && isTaskAct(act));
const isOnTicket = (act: string): act is TicketAct | 'look' | 'more' | 'again' =>
  ['look', 'more', 'again'].includes(act) || (isAct(act) && !isTaskAct(act));
