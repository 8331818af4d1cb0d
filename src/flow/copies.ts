/** 抄送: once per person unless the content has changed since, and so many per ticket at most. */
import type { PersonId } from './directory.ts';
import { distinct } from './resolve.ts';
import type { Copied, Ticket } from './ticket.ts';

/** People per ticket. */
export const MOST_COPIED = 50;

export interface Copies {
  /** Who is told now. */
  readonly to: readonly PersonId[];
  /** For whom there is no room any more. */
  readonly left: readonly PersonId[];
}

/** @param from  the `notify` node whose text it is: another node's is something else; null: a person's act */
export function copiesFor(ticket: Ticket, people: readonly PersonId[], from: Copied['from']): Copies {
  const knows = (id: PersonId) =>
    ticket.cc.some(
      (one) => one.personId === id && one.seq >= (ticket.content?.seq ?? 0) && (from === null || one.from === from),
    );
  const asked = distinct(people).filter((id) => !knows(id));
  const known = new Set(ticket.cc.map(({ personId }) => personId));
  const fresh = asked.filter((id) => !known.has(id));
  const left = fresh.slice(Math.max(0, MOST_COPIED - known.size));
  return { to: asked.filter((id) => !left.includes(id)), left };
}

/** The list with these people told, by the event of this number. */
export function copied(
  cc: readonly Copied[],
  to: readonly PersonId[],
  from: Copied['from'],
  seq: number,
): readonly Copied[] {
  const rest = cc.filter((one) => one.from !== from || !to.includes(one.personId));
  return [...rest, ...to.map((personId) => ({ personId, from, seq }))];
}
