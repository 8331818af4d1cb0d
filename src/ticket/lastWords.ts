/** The last thing that a person said about a ticket: a comment, a reason, a solution. */
import type { PersonId } from '../flow/directory.ts';
import type { TicketEvent } from '../flow/event.ts';
import type { Reader } from '../store/database.ts';
import { decodeEvent } from './eventCodec.ts';

/** Events that carry somebody's words. */
const SPOKEN = ['comment.added', 'task.done', 'task.transferred'];

export async function lastWords(reader: Reader, ticketId: number) {
  const rows = await reader.rows<{ body: string; plain: string | null }>(
    `SELECT e.body, v.body AS plain FROM event e LEFT JOIN ticket_value v ON v.ticket_id = e.ticket_id AND v.n = e.seq
     WHERE e.ticket_id = ? AND e.type IN (${SPOKEN.map(() => '?').join(',')}) ORDER BY e.seq DESC LIMIT 3`,
    [ticketId, ...SPOKEN],
  );
  return wordsOf(rows.map((row) => decodeEvent(row, row.plain === null ? null : { body: row.plain })));
}

/** The first of these events in which a person said something. */
export function wordsOf(events: readonly TicketEvent[]): { by: PersonId; text: string } | null {
  for (const event of events) {
    if (event.actorId === null) continue;
    const text =
      event.type === 'comment.added'
        ? event.personal.text
        : event.type === 'task.done' || event.type === 'task.transferred'
          ? event.personal.comment
          : '';
    if (text) return { by: event.actorId, text };
  }
  return null;
}
