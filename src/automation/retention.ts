/** Takes out what is over and done. In portions, so that no transaction is long: on SQLite everybody else waits for it. */
import type { Clock } from '../lib/clock.ts';
import { IDLE_MS } from '../people/session.ts';
import type { Database } from '../store/database.ts';

const PORTION = 500;
const DAY_MS = 86_400_000;

interface Rule {
  readonly table: string;
  /** Rows whose time in this column is longer ago than `keptMs` are taken out. */
  readonly column: string;
  readonly keptMs: number;
}

/**
 * @param callbacksMs how long a redelivered callback is still recognised (`Config.retention.callbacksMs`, ≥ 72 h)
 * @returns a job's `run`; gives how many rows it took out. Leases stay: their fences must only ever rise.
 */
export function makeRetention({ db, clock, callbacksMs }: { db: Database; clock: Clock; callbacksMs: number }) {
  const rules: readonly Rule[] = [
    { table: 'inbox', column: 'received_at', keptMs: callbacksMs },
    // A day longer than they are good for: a call under way may still name its code.
    { table: 'card_code', column: 'until', keptMs: DAY_MS },
    { table: 'login_link', column: 'until', keptMs: DAY_MS },
    { table: 'session', column: 'until', keptMs: 0 },
    { table: 'session', column: 'seen_at', keptMs: IDLE_MS },
  ];
  return async (): Promise<number> => {
    let count = 0;
    for (const rule of rules) count += await takeOut(db, rule, clock());
    return count;
  };
}

async function takeOut(db: Database, { table, column, keptMs }: Rule, now: number): Promise<number> {
  const before = now - keptMs;
  const end = `SELECT ${column} AS at FROM ${table} WHERE ${column} < ? ORDER BY ${column} LIMIT 1 OFFSET ${PORTION - 1}`;
  for (let count = 0; ;) {
    const portion = await db.read((reader) => reader.one<{ at: number }>(end, [before]));
    const last = portion?.at ?? before - 1;
    count += await db.write((tx) => tx.run(`DELETE FROM ${table} WHERE ${column} <= ?`, [last]));
    if (!portion) return count;
  }
}
