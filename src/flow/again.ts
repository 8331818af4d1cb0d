/** 再次提交: what is over is filed once more, as a new ticket in its place. `approval-semantics.md`, withdraw. */
import { refuse, type Refusal } from '../lib/refusal.ts';
import type { PersonId } from './directory.ts';
import { isRequester } from './guard.ts';
import { isOver, type Ticket } from './ticket.ts';

/** What the ticket itself says to it; whether the template may be filed is asked when it is. */
export function againRefusal(ticket: Ticket, by: PersonId): Refusal | null {
  const { number, status, links } = ticket;
  if (!isRequester(ticket, by)) return refuse('not_your_ticket', { number });
  if (!isOver(status)) return refuse('not_over', { number });
  const into = links.find(({ kind }) => kind === 'merged_into' || kind === 'duplicate_of');
  if (into) return refuse('merged_elsewhere', { number, other: into.number });
  // One in its place, so that every ticket has one history; what became of that one may be filed again from there.
  const again = links.find(({ kind }) => kind === 'followed_by');
  return again ? refuse('filed_again_already', { number, other: again.number }) : null;
}

/** Is it likely what this person wants? A closed ticket is reopened as long as that is possible. @param now epoch ms */
export function offersAgain(ticket: Ticket, by: PersonId, now: number): boolean {
  const { status, reopenUntil } = ticket;
  const isLikely = status === 'closed' ? reopenUntil !== null && now >= reopenUntil : true;
  return isLikely && againRefusal(ticket, by) === null;
}
