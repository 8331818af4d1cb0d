/** Lists of tickets, each by keyset over an index: no offset, no count of everything. */
import type { Status } from '../flow/ticket.ts';
import { bigrams } from '../lib/bigram.ts';
import type { Param, Reader } from '../store/database.ts';

export interface Listed {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly status: Status;
  readonly urgency: string;
  readonly templateKey: string;
  readonly requesterId: number;
  readonly assigneeId: number | null;
  readonly filedAt: number;
  readonly version: number;
}

export interface Page {
  /** Ids below this one; absent: from the newest. */
  readonly before?: number;
  /** 1–100. */
  readonly limit: number;
}

const COLUMNS =
  't.id, t.number, t.title, t.status, t.urgency, t.template_key, t.requester_id, t.assignee_id, t.filed_at, t.version';

interface ListedRow {
  id: number;
  number: string;
  title: string;
  status: string;
  urgency: string | null;
  template_key: string;
  requester_id: number;
  assignee_id: number | null;
  filed_at: number;
  version: number;
}

const NEWEST = Number.MAX_SAFE_INTEGER;

/** What the person asked for, newest first. */
export async function requestedBy(reader: Reader, personId: number, page: Page): Promise<Listed[]> {
  const rows = await reader.rows<ListedRow>(
    `SELECT ${COLUMNS} FROM ticket t WHERE t.requester_id = ? AND t.id < ? ORDER BY t.id DESC LIMIT ?`,
    [personId, page.before ?? NEWEST, page.limit],
  );
  return rows.map(listedFrom);
}

/** The newest that the person asked for in vain and that was not filed again. */
export async function newestInVain(reader: Reader, personId: number): Promise<number | null> {
  const row = await reader.one<{ id: number }>(
    `SELECT t.id FROM ticket t LEFT JOIN ticket_again a ON a.ticket_id = t.id
     WHERE t.requester_id = ? AND t.status IN ('withdrawn', 'refused') AND a.ticket_id IS NULL
     ORDER BY t.id DESC LIMIT 1`,
    [personId],
  );
  return row?.id ?? null;
}

/** What was copied to the person, newest first. */
export async function copiedTo(reader: Reader, personId: number, page: Page): Promise<Listed[]> {
  const rows = await reader.rows<ListedRow>(
    `SELECT ${COLUMNS} FROM ticket_cc c JOIN ticket t ON t.id = c.ticket_id
     WHERE c.person_id = ? AND c.ticket_id < ? ORDER BY c.ticket_id DESC LIMIT ?`,
    [personId, page.before ?? NEWEST, page.limit],
  );
  return rows.map(listedFrom);
}

export interface TodoItem extends Listed {
  readonly task: number;
  readonly kind: string;
  readonly openedAt: number;
}

/** The person's open tasks and the pools they may claim from, newest ticket first. */
export async function todoOf(reader: Reader, personId: number, page: Page): Promise<TodoItem[]> {
  const rows = await reader.rows<ListedRow & { n: number; kind: string; opened_at: number | null }>(
    `SELECT ${COLUMNS}, k.n, k.kind, k.opened_at FROM task_person p
     JOIN task k ON k.ticket_id = p.ticket_id AND k.n = p.task_n
     JOIN ticket t ON t.id = p.ticket_id
     WHERE p.person_id = ? AND p.open = 1 AND p.ticket_id < ? ORDER BY p.ticket_id DESC, k.n LIMIT ?`,
    [personId, page.before ?? NEWEST, page.limit],
  );
  return rows.map((row) => ({
    ...listedFrom(row),
    task: row.n,
    kind: row.kind,
    openedAt: row.opened_at ?? row.filed_at,
  }));
}

export interface Filter {
  /** Only what this person asked for. */
  readonly requesterId?: number;
  readonly status?: Status;
  readonly templateKey?: string;
  /** Words of the title. */
  readonly title?: string;
}

/** Tickets, newest first: a person's own, or all for those who may see all. */
export async function listTickets(reader: Reader, filter: Filter, page: Page): Promise<Listed[]> {
  const where: string[] = ['t.id < ?'];
  const params: Param[] = [page.before ?? NEWEST];
  if (filter.requesterId !== undefined) {
    where.push('t.requester_id = ?');
    params.push(filter.requesterId);
  }
  if (filter.status) {
    where.push('t.status = ?');
    params.push(filter.status);
  }
  if (filter.templateKey) {
    where.push('t.template_key = ?');
    params.push(filter.templateKey);
  }
  const title = filter.title?.trim();
  const grams = title ? bigrams(title).slice(0, 8) : [];
  for (const gram of grams) {
    where.push('EXISTS (SELECT 1 FROM doc_gram g WHERE g.gram = ? AND g.id = t.id)');
    params.push(gram);
  }
  if (title) {
    // The grams only narrow it down; the words themselves decide. `!` escapes on every engine.
    where.push("t.title LIKE ? ESCAPE '!'");
    params.push(`%${title.replace(/[!%_]/g, '!$&')}%`);
  }
  const rows = await reader.rows<ListedRow>(
    `SELECT ${COLUMNS} FROM ticket t WHERE ${where.join(' AND ')} ORDER BY t.id DESC LIMIT ?`,
    [...params, page.limit],
  );
  return rows.map(listedFrom);
}

export async function idOfNumber(reader: Reader, number: string): Promise<number | null> {
  const row = await reader.one<{ id: number }>('SELECT id FROM ticket WHERE number = ?', [number]);
  return row?.id ?? null;
}

const listedFrom = (row: ListedRow): Listed => ({
  id: row.id,
  number: row.number,
  title: row.title,
  status: row.status as Status,
  urgency: row.urgency ?? '',
  templateKey: row.template_key,
  requesterId: row.requester_id,
  assigneeId: row.assignee_id,
  filedAt: row.filed_at,
  version: row.version,
});
