/** What was said last about a ticket: the reason to read it at all, after a return or a refusal. */
import type { TicketWhole } from '../../../http/contract/ticket.ts';

export function LastWord({ ticket }: { ticket: TicketWhole }) {
  const last = ticket.timeline.findLast(({ comment }) => comment !== '');
  if (!last) return null;
  return (
    <blockquote className="last-word" data-testid="last-word">
      {last.actor && <cite>{last.actor.name}</cite>}
      {last.comment}
    </blockquote>
  );
}
