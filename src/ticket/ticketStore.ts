/** Tickets in the database: load one whole, save what a step changed. A change locks the ticket from the first read on. */
import type { TicketEvent } from '../flow/event.ts';
import type { Task, Ticket } from '../flow/ticket.ts';
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

/** @returns null when there is none. Ticket and tasks are of one moment, though they are read one after the other. */
export async function loadTicket(reader: Reader, id: number): Promise<Stored | null> {
  for (;;) {
    const loaded = await load(reader, id, '');
    if (!loaded || loaded.version === loaded.stored.ticket.version) return loaded && loaded.stored;
  }
}

/** As `loadTicket`, for a change: whoever else wants to change it waits until this transaction has ended. */
export const loadForChange = async (tx: Tx, id: number): Promise<Stored | null> =>
  (await load(tx, id, forUpdate(tx)))?.stored ?? null;

/** `version` is read last: where it differs from the ticket's, somebody changed it in between. */
async function load(reader: Reader, id: number, lock: string) {
  const [[row] = [], tasks = [], [last] = []] = (await reader.all([
    { sql: `SELECT * FROM ticket WHERE id = ?${lock}`, params: [id] },
    {
      sql: `SELECT t.*, p.person_id, p.role FROM task t
            LEFT JOIN task_person p ON p.ticket_id = t.ticket_id AND p.task_n = t.n
            WHERE t.ticket_id = ?`,
      params: [id],
    },
    // Who holds the lock need not ask.
    ...(lock === '' ? [{ sql: 'SELECT version FROM ticket WHERE id = ?', params: [id] }] : []),
  ])) as [TicketRow[], TaskJoinRow[], { version: number }[]?];
  // Sorted here: for an order over two tables the database makes a temporary one.
  return row ? { stored: ticketFrom(row, tasks.sort(byTaskAndPerson)), version: last?.version } : null;
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
    { table: 'ticket_cc', rows: copyRows(null, ticket) },
    { table: 'ticket_again', rows: againRows(ticket) },
  ];
}

/**
 * What taking the ticket from `before` (as `loadForChange` gave it) to `after` writes. Nobody can have changed it
 * meanwhile; should a lock ever have been lost, the number of the next event is taken and the transaction fails by it.
 */
export function changedTicketParts(before: Stored, after: Ticket, events: readonly TicketEvent[]): Part[] {
  const encoded = encodeEvents(after.id, before.lastHash, events);
  const { id, ...columns } = ticketRow({ ticket: after, lastHash: encoded.lastHash });
  const stands = ticketRow(before);
  const names = (Object.keys(columns) as (keyof typeof columns)[]).filter((name) => columns[name] !== stands[name]);
  const old = new Map(before.ticket.tasks.map((task) => [task.n, task]));
  const tasks = after.tasks.filter((task) => old.get(task.n) !== task);
  const left = tasks.filter((task) => hasLost(old.get(task.n), task)).map(({ n }) => n);
  const retitled = before.ticket.title !== after.title;
  return [
    {
      sql: `UPDATE ticket SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND version = ?`,
      params: [...names.map((name) => columns[name]), id, before.ticket.version],
    },
    ...(left.length > 0
      ? [
          {
            sql: `DELETE FROM task_person WHERE ticket_id = ? AND task_n IN (${left.map(() => '?').join(',')})`,
            params: [id, ...left],
          },
        ]
      : []),
    ...(retitled ? [{ sql: 'DELETE FROM doc_gram WHERE id = ?', params: [id] }] : []),
    { table: 'task', rows: tasks.map((task) => taskRow(id, task)), replace: true },
    { table: 'task_person', rows: tasks.flatMap((task) => taskPersonRows(id, task)), replace: true },
    { table: 'event', rows: encoded.rows },
    { table: 'ticket_value', rows: encoded.values },
    { table: 'doc_gram', rows: retitled ? gramRows(after) : [] },
    { table: 'ticket_cc', rows: copyRows(before.ticket, after), replace: true },
  ];
}

/** Somebody has nothing to do with the task any more: it was transferred. */
const hasLost = (before: Task | undefined, after: Task): boolean =>
  before?.people.some(({ personId }) => after.people.every((one) => one.personId !== personId)) ?? false;

const byTaskAndPerson = (a: TaskJoinRow, b: TaskJoinRow): number =>
  a.n - b.n || (a.person_id ?? 0) - (b.person_id ?? 0);

/** Who was shown the ticket just now. Whose it is finds it elsewhere. */
function copyRows(before: Ticket | null, { id, cc, requesterId, filerId }: Ticket): NewRow[] {
  if (before?.cc === cc) return [];
  const known = new Set(before?.cc.map(({ personId }) => personId));
  const people = new Set(cc.map(({ personId }) => personId));
  return [...people].flatMap((person_id) =>
    known.has(person_id) || person_id === requesterId || person_id === filerId ? [] : [{ person_id, ticket_id: id }],
  );
}

/** In whose place it stands: two that are filed in one place at once meet in this row. */
const againRows = ({ id, links }: Ticket): NewRow[] =>
  links.filter(({ kind }) => kind === 'follows').map(({ ticketId }) => ({ ticket_id: ticketId, again_id: id }));

const gramRows = (ticket: Ticket): NewRow[] => bigrams(ticket.title).map((gram) => ({ gram, id: ticket.id }));
