/** The act that a person chose, and what the ticket says of it. */
import { ACT_NAMES, type Part } from '../../../flow/acts.ts';
import type { ActPart, PossibleAct, PossibleTask, TicketWhole } from '../../../http/contract/ticket.ts';
import type { Opening } from '../address.ts';
import type { Act } from './kind.ts';

export interface Chosen {
  readonly act: Act;
  /** The task's number; null: an act on the ticket. */
  readonly task: number | null;
}

/** An act that is possible now, in the reader's words. */
export interface Offer extends Chosen, PossibleAct {
  readonly act: Act;
  readonly possible: PossibleTask | null;
}

/** Every act that I may do with this task and with the ticket, the likeliest first. */
export function offersOf(ticket: TicketWhole, task: PossibleTask | null): Offer[] {
  const ofTask = (task?.acts ?? []).map((one) => ({ ...one, task: task?.n ?? null, possible: task }));
  const ofTicket = ticket.possible.ticket.map((one) => ({ ...one, task: null, possible: null }));
  const all = [...ofTask, ...ofTicket].sort((a, b) => ACT_NAMES.indexOf(a.act) - ACT_NAMES.indexOf(b.act));
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
  const act = opening?.act;
  if (act === undefined || act === 'more') return null;
  const tasks = ticket.possible.tasks.filter((one) => opening?.task === null || one.n === opening?.task);
  const withAct = tasks.filter((one) => one.acts.some((other) => other.act === act));
  const [only] = withAct;
  if (only && withAct.length === 1) return { act, task: only.n };
  const onTicket = ticket.possible.ticket.some((one) => one.act === act);
  return onTicket ? { act, task: null } : null;
}

/** null: it does not come with this act. */
export const partOf = ({ parts }: Offer, name: Part): ActPart | null => parts.find(({ part }) => part === name) ?? null;

/** People who come into question before all others. */
export interface Named {
  readonly people: PossibleTask['candidates'];
  /** Anyone else may be picked as well. */
  readonly others: boolean;
}

/** null: nobody in particular. */
export function namedFor({ act, possible }: Offer, part: Part): Named | null {
  if (part !== 'person' || !possible) return null;
  if (act === 'remove_sign') return { people: possible.removable, others: false };
  return act === 'dispatch' && possible.candidates.length > 0 ? { people: possible.candidates, others: true } : null;
}

/** Something is to be filled in at this step with this act. */
export const hasForm = (offer: Offer): boolean =>
  partOf(offer, 'values')?.required === true && (offer.possible?.form?.fields.some((field) => field.writable) ?? false);

/** Nothing has to be said or chosen: one tap is enough. Whoever agrees may say why, and hardly ever does. */
export const isOneTap = (offer: Offer): boolean =>
  (offer.parts.length === 0 || offer.act === 'agree') && !offer.parts.some(({ required }) => required);
