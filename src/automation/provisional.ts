/** Due times that stand on a year whose holidays were not known: counted again, for the data may have come. */
import type { Log } from '../lib/log.ts';
import { Refused } from '../lib/refusal.ts';
import type { Database } from '../store/database.ts';
import type { TimerRow } from '../store/entity/ticket.ts';
import type { Tickets } from '../ticket/tickets.ts';
import { TimerBody } from '../ticket/timerRow.ts';

interface Parts {
  readonly db: Database;
  readonly log: Log;
  readonly tickets: Pick<Tickets, 'act'>;
}

/** Rows looked at in one query. */
const PORTION = 2_000;

/** @returns a job's `run`; gives how many tickets have other due times now */
export function makeRecount({ db, log, tickets }: Parts) {
  return async (): Promise<number> => {
    const found = new Set<number>();
    for (let last: number | null = 0; last !== null; last = await look(db, last, found));
    let changed = 0;
    for (const ticketId of found)
      try {
        await tickets.act(null, ticketId, { type: 'recount', by: null });
        changed += 1;
      } catch (error) {
        // Still not known, or over.
        if (!(error instanceof Refused)) throw error;
      }
    if (changed > 0) log.info('due times counted again', { tickets: changed });
    return changed;
  };
}

/** @param found  grows by the tickets of this portion @returns the last row; null: that was the end */
async function look(db: Database, after: number, found: Set<number>): Promise<number | null> {
  type Row = Pick<TimerRow, 'id' | 'ticket_id' | 'body'>;
  const sql = 'SELECT id, ticket_id, body FROM timer WHERE id > ? ORDER BY id LIMIT ?';
  const rows = await db.read((reader) => reader.rows<Row>(sql, [after, PORTION]));
  for (const { ticket_id: ticketId, body } of rows) {
    const timer = TimerBody.safeParse(JSON.parse(body ?? '{}'));
    if (timer.success && timer.data.provisional) found.add(ticketId);
  }
  return rows.length < PORTION ? null : (rows.at(-1)?.id ?? null);
}
