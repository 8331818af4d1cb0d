/**
 * What is due: timers of tickets, and errands from one ticket to another. Each is a command like any other, so it has its
 * effect once, however often it is claimed; a row goes when it has been heard, and one that fails comes back later.
 */
import type { Errand } from '../flow/command.ts';
import { TIMER_KINDS } from '../flow/ticket.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { Refused } from '../lib/refusal.ts';
import { claimDue } from '../store/claim.ts';
import type { Database } from '../store/database.ts';
import type { TimerRow } from '../store/entity/ticket.ts';
import type { Errands } from '../ticket/errands.ts';
import type { Tickets } from '../ticket/tickets.ts';
import { TimerBody } from '../ticket/timerRow.ts';

export const LEASE_MS = 30_000;
const PORTION = 100;
/** Commands under way at once; different tickets don't wait for each other. */
const WIDTH = 8;
/** A run ends after this, for others to have their turn; what is left is due at the next tick. */
const RUN_MS = 20_000;
const LATEST_RETRY_MS = 3_600_000;

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly tickets: Tickets;
  readonly errands: Errands;
}

/** @returns a job's `run`; gives how many rows were heard */
export function makeTimers(parts: Parts) {
  const { db, clock, log } = parts;
  return async (): Promise<number> => {
    const until = clock() + RUN_MS;
    let heard = 0;
    while (clock() < until) {
      const now = clock();
      const due = { table: 'timer' as const, now, leaseMs: LEASE_MS, limit: PORTION };
      const rows = await db.write((tx) => claimDue<TimerRow>(tx, due));
      heard += await hearAll(parts, rows);
      if (rows.length < PORTION) break;
    }
    if (heard > 0) log.info('timers and errands', { heard });
    return heard;
  };
}

/** Rows of one ticket one after the other, tickets beside each other. */
async function hearAll(parts: Parts, rows: readonly TimerRow[]): Promise<number> {
  const byTicket = new Map<number, TimerRow[]>();
  for (const row of rows) byTicket.set(row.ticket_id, [...(byTicket.get(row.ticket_id) ?? []), row]);
  const tickets = [...byTicket.values()];
  let heard = 0;
  const work = async () => {
    for (let mine = tickets.pop(); mine; mine = tickets.pop())
      for (const row of mine) if (await hearOne(parts, row)) heard += 1;
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return heard;
}

async function hearOne(parts: Parts, row: TimerRow): Promise<boolean> {
  const { db, clock, log } = parts;
  try {
    await hear(parts, row);
  } catch (error) {
    if (!(error instanceof Refused)) {
      const again = clock() + Math.min(5_000 * 2 ** Math.min(row.fence, 10), LATEST_RETRY_MS);
      log.error('a timer failed and is tried again', { timer: row.id, ticket: row.ticket_id, kind: row.kind, error });
      await db.write((tx) =>
        tx.run('UPDATE timer SET due_at = ? WHERE id = ? AND fence = ?', [again, row.id, row.fence]),
      );
      return false;
    }
    // Too late, or heard before: that is how a row which was left over looks.
  }
  await db.write((tx) => tx.run('DELETE FROM timer WHERE id = ? AND fence = ?', [row.id, row.fence]));
  return true;
}

const isTimer = (kind: string): boolean => (TIMER_KINDS as readonly string[]).includes(kind);

/** @throws Refused when there is nothing to do any more */
async function hear({ tickets, errands }: Parts, row: TimerRow): Promise<void> {
  const origin = { source: 'timer', key: String(row.id) };
  const body = JSON.parse(row.body ?? '{}') as unknown;
  if (!isTimer(row.kind)) return errands(origin, row.ticket_id, body as Errand);
  const { at } = TimerBody.parse(body);
  await tickets.act(origin, row.ticket_id, { type: 'fire', by: null, key: row.timer_key, at });
}
