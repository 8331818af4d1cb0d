/** The act that a person chose, and what the ticket says of it. */
import type { PossibleTask, TicketWhole } from '../../../http/contract/ticket.ts';
import type { Opening } from '../address.ts';
import { type Act, takesForm, weightOf } from './kind.ts';

export interface Chosen {
  readonly act: Act;
  /** The task's number; null: an act on the ticket. */
  readonly task: number | null;
}

/** An act that is possible now, in the reader's words. */
export interface Offer extends Chosen {
  readonly text: string;
  readonly commentRequired: boolean;
  readonly possible: PossibleTask | null;
}

/** Every act that I may do with this task and with the ticket, the likeliest first. */
export function offersOf(ticket: TicketWhole, task: PossibleTask | null): Offer[] {
  const ofTask = (task?.acts ?? []).map((one) => ({ ...one, task: task?.n ?? null, possible: task }));
  const ofTicket = ticket.possible.ticket.map((one) => ({ ...one, task: null, possible: null }));
  const all = [...ofTask, ...ofTicket].sort((a, b) => weightOf(a.act) - weightOf(b.act));
  // Taking a task out of a pool is accepting it: never two buttons for one thing.
  return all.filter((one) => one.act !== 'accept' || !all.some((other) => other.act === 'claim'));
}

/** null: not possible (any more). */
export function offerFor(ticket: TicketWhole, chosen: Chosen): Offer | null {
  const task = ticket.possible.tasks.find((one) => one.n === chosen.task) ?? null;
  return offersOf(ticket, task).find((one) => one.act === chosen.act && one.task === chosen.task) ?? null;
}

/** What the address asks to open, if it is possible. Without a task: the only one that has the act. */
export function openingOf(ticket: TicketWhole, opening: Opening | null): Chosen | null {
  if (!opening) return null;
  const tasks = ticket.possible.tasks.filter((one) => opening.task === null || one.n === opening.task);
  const withAct = tasks.filter((one) => one.acts.some(({ act }) => act === opening.act));
  const [only] = withAct;
  if (only && withAct.length === 1) return { act: opening.act, task: only.n };
  const onTicket = ticket.possible.ticket.some(({ act }) => act === opening.act);
  return onTicket ? { act: opening.act, task: null } : null;
}

/** Something can be filled in at this step. */
export const hasForm = (offer: Offer): boolean =>
  takesForm(offer.act) && (offer.possible?.form?.fields.some((field) => field.writable) ?? false);

/** Nothing has to be said or chosen: one tap is enough. */
export const isOneTap = (offer: Offer): boolean =>
  ['claim', 'accept', 'agree'].includes(offer.act) && !offer.commentRequired && !hasForm(offer);
