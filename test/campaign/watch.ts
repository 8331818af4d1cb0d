/** Looks at the outbox while it comes to rest: is anything left lying that a dead process held? */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/store/database.ts';

export interface Rest {
  /** Nothing waits any more. */
  readonly rested: boolean;
  /** How long at most a row lay there when its lease had run out, or its wait was over, ms. */
  readonly latestMs: number;
  /** The longest wait of a new row for its turn, ms: what a backlog costs. */
  readonly backlogMs: number;
}

/** Heads of lanes only: what stands behind one that waits, waits with it. */
const OPEN_HEADS = `SELECT id, due_at, fence FROM outbox WHERE due_at IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.id < outbox.id AND p.due_at IS NOT NULL)`;
const LOOK_MS = 100;

export function watchOutbox(db: Database): { end(limitMs: number): Promise<Rest> } {
  const longest = { again: 0, first: 0 };
  let waiting = true;
  let ending = false;
  /** When each row was first seen to be due, as head of its lane. */
  let due = new Map<number, number>();
  const look = async () => {
    const rows = await db.read((reader) => reader.rows<{ id: number; due_at: number; fence: number }>(OPEN_HEADS));
    const now = Date.now();
    waiting = rows.length > 0;
    const late = rows.filter((row) => row.due_at <= now);
    due = new Map(late.map(({ id }) => [id, due.get(id) ?? now]));
    for (const { id, fence } of late) {
      const turn = fence > 0 ? 'again' : 'first';
      longest[turn] = Math.max(longest[turn], now - (due.get(id) ?? now));
    }
  };
  const watching = (async () => {
    while (!ending) {
      await look();
      await sleep(LOOK_MS);
    }
  })();
  return {
    async end(limitMs) {
      const until = Date.now() + limitMs;
      do await sleep(2 * LOOK_MS);
      while (waiting && Date.now() < until);
      ending = true;
      await watching;
      return { rested: !waiting, latestMs: longest.again, backlogMs: longest.first };
    },
  };
}
