/** Tickets in the database: load one whole, save what a step changed. A change locks the ticket from the first read on. */
import type { TicketEvent } from '../flow/event.ts';
import type { Ticket } from '../flow/ticket.ts';
import { bigrams } from '../lib/bigram.ts';
import { forUpdate } from '../store/claim.ts';
import type { InsertPart, NewRow, Part, Reader, Tx } from '../store/database.ts';
import type { EventRow, TicketRow } from '../store/entity/ticket.ts';
import { decodeEvent, encodeEvents, NO_HASH } from './eventCodec.ts';
import { type Stored, type TaskJoinRow, taskPersonRows, taskRow, ticketFrom, ticketRow } from './ticketCodec.ts';

/** The command must run again from the start: something it built on has changed, or must be fetched `first`. */
export class Again extends Error {
  override readonly name = 'Again';
  readonly first: () => Promise<void>;
  constructor(because: string, first: () => Promise<void> = async () => {}) {
    super(because);
    this.first = first;
  }
}

export const loadTicket = (reader: Reader, id: number): Promise<Stored | null> => load(reader, id, '');

/** As `loadTicket`, for a change: whoever else wants to change it waits until this transaction has ended. */
export const loadForChange = (tx: Tx, id: number): Promise<Stored | null> => load(tx, id, forUpdate(tx));

async function load(reader: Reader, id: number, lock: string): Promise<Stored | null> {
  const [[row] = [], tasks = []] = (await reader.all([
    { sql: `SELECT * FROM ticket WHERE id = ?${lock}`, params: [id] },
    {
      sql: `SELECT t.*, p.person_id, p.role FROM task t
            LEFT JOIN task_person p ON p.ticket_id = t.ticket_id AND p.task_n = t.n
            WHERE t.ticket_id = ? ORDER BY t.n, p.person_id`,
      params: [id],
    },
  ])) as [TicketRow[], TaskJoinRow[]];
  return row ? ticketFrom(row, tasks) : null;
}

/** The events in order, with what is personal put back (erased values as "erased"). */
export async function loadEvents(reader: Reader, ticketId: number): Promise<TicketEvent[]> {
  const rows = await reader.rows<Pick<EventRow, 'body'> & { plain: string | null }>(
    `SELECT e.body, v.body AS plain FROM event e
     LEFT JOIN ticket_value v ON v.ticket_id = e.ticket_id AND v.n = e.seq
     WHERE e.ticket_id = ? ORDER BY e.seq`,
    [ticketId],
  );
  return rows.map((row) => decodeEvent(row, row.plain === null ? null : { body: row.plain }));
}

/** What inserting a new ticket takes. */
export function newTicketParts(ticket: Ticket, events: readonly TicketEvent[]): InsertPart[] {
  const encoded = encodeEvents(ticket.id, NO_HASH, events);
  return [
    { table: 'ticket', rows: [ticketRow({ ticket, lastHash: encoded.lastHash })] },
    { table: 'task', rows: ticket.tasks.map((task) => taskRow(ticket.id, task)) },
    { table: 'task_person', rows: ticket.tasks.flatMap((task) => taskPersonRows(ticket.id, task)) },
    { table: 'event', rows: encoded.rows },
    { table: 'ticket_value', rows: encoded.values },
    { table: 'doc_gram', rows: gramRows(ticket) },
  ];
}

/**
 * What taking the ticket from `before` (as `loadForChange` gave it) to `after` writes. Nobody can have changed it
 * meanwhile; should a lock ever have been lost, the number of the next event is taken and the transaction fails by it.
 */
export function changedTicketParts(before: Stored, after: Ticket, events: readonly TicketEvent[]): Part[] {
  const encoded = encodeEvents(after.id, before.lastHash, events);
  const { id, ...columns } = ticketRow({ ticket: after, lastHash: encoded.lastHash });
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const old = new Set(before.ticket.tasks);
  const tasks = after.tasks.filter((task) => !old.has(task));
  const retitled = before.ticket.title !== after.title;
  return [
    {
      sql: `UPDATE ticket SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND version = ?`,
      params: [...names.map((name) => columns[name]), id, before.ticket.version],
    },
    ...(retitled ? [{ sql: 'DELETE FROM doc_gram WHERE id = ?', params: [id] }] : []),
    { table: 'task', rows: tasks.map((task) => taskRow(id, task)), replace: true },
    { table: 'task_person', rows: tasks.flatMap((task) => taskPersonRows(id, task)), replace: true },
    { table: 'event', rows: encoded.rows },
    { table: 'ticket_value', rows: encoded.values },
    { table: 'doc_gram', rows: retitled ? gramRows(after) : [] },
  ];
}

const gramRows = (ticket: Ticket): NewRow[] => bigrams(ticket.title).map((gram) => ({ gram, id: ticket.id }));
