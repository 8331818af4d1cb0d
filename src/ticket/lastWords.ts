/** What people said about a ticket: comments, reasons, solutions. */
import type { PersonId } from '../flow/directory.ts';
import type { TicketEvent } from '../flow/event.ts';
import type { Values } from '../form/field.ts';
import { cleanLines } from '../form/typed.ts';
import type { Reader } from '../store/database.ts';
import { decodeEvent } from './eventCodec.ts';

/** Events that carry somebody's words. */
const SPOKEN = ['comment.added', 'task.done', 'task.transferred', 'task.sign_added'];

/** The last of it. */
export const lastWords = async (reader: Reader, ticketId: number) => wordsOf(await spoken(reader, ticketId, 3));

/** Newest first. */
async function spoken(reader: Reader, ticketId: number, most: number): Promise<TicketEvent[]> {
  const rows = await reader.rows<{ body: string; plain: string | null }>(
    `SELECT e.body, v.body AS plain FROM event e LEFT JOIN ticket_value v ON v.ticket_id = e.ticket_id AND v.n = e.seq
     WHERE e.ticket_id = ? AND e.type IN (${SPOKEN.map(() => '?').join(',')}) ORDER BY e.seq DESC LIMIT ${most}`,
    [ticketId, ...SPOKEN],
  );
  return rows.map((row) => decodeEvent(row, row.plain === null ? null : { body: row.plain }));
}

/** The last change of the ticket's form after it was filed: who, and what stood there. */
export async function lastChange(reader: Reader, ticketId: number): Promise<{ by: PersonId; old: Values } | null> {
  const rows = await reader.rows<{ body: string; plain: string | null }>(
    `SELECT e.body, v.body AS plain FROM event e LEFT JOIN ticket_value v ON v.ticket_id = e.ticket_id AND v.n = e.seq
     WHERE e.ticket_id = ? AND e.type = 'form.changed' ORDER BY e.seq DESC LIMIT 1`,
    [ticketId],
  );
  return changeOf(rows.map((row) => decodeEvent(row, row.plain === null ? null : { body: row.plain })));
}

/** @param events  newest first */
export function changeOf(events: readonly TicketEvent[]): { by: PersonId; old: Values } | null {
  const event = events.find(({ type }) => type === 'form.changed');
  if (event?.type !== 'form.changed' || event.actorId === null) return null;
  const { data, personal } = event;
  // What was empty is told as well.
  const empty = Object.fromEntries(Object.keys({ ...data.values, ...personal.values }).map((id) => [id, '']));
  return { by: event.actorId, old: { ...empty, ...data.old, ...personal.old } };
}

/** Did this person add just this comment after the ticket had that version? */
export async function hasCommented(
  reader: Reader,
  ticketId: number,
  { by, text, after }: { by: PersonId; text: string; after: number },
): Promise<boolean> {
  const clean = cleanLines(text);
  return (await spoken(reader, ticketId, 20)).some(
    (event) =>
      event.type === 'comment.added' && event.version > after && event.actorId === by && event.personal.text === clean,
  );
}

/** The first of these events in which a person said something. */
export function wordsOf(events: readonly TicketEvent[]): { by: PersonId; text: string } | null {
  for (const event of events) {
    if (event.actorId === null) continue;
    const text =
      event.type === 'comment.added'
        ? event.personal.text
        : event.type === 'task.done' || event.type === 'task.transferred' || event.type === 'task.sign_added'
          ? event.personal.comment
          : '';
    if (text) return { by: event.actorId, text };
  }
  return null;
}
