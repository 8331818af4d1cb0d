/** Looks at the outbox while it comes to rest: is anything due left lying? */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/store/database.ts';

export interface Rest {
  /** Nothing waits any more. */
  readonly rested: boolean;
  /** How long the latest row was due before it was taken, ms. */
  readonly latestMs: number;
}

/** Heads of lanes only: what stands behind one that waits, waits with it. */
const OPEN_HEADS = `SELECT id, due_at FROM outbox WHERE due_at IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.id < outbox.id AND p.due_at IS NOT NULL)`;
const LOOK_MS = 100;

export function watchOutbox(db: Database): { end(limitMs: number): Promise<Rest> } {
  let latestMs = 0;
  let waiting = true;
  let ending = false;
  /** When each row was first seen to be due, as head of its lane. */
  let due = new Map<number, number>();
  const look = async () => {
    const rows = await db.read((reader) => reader.rows<{ id: number; due_at: number }>(OPEN_HEADS));
    const now = Date.now();
    waiting = rows.length > 0;
    due = new Map(rows.filter((row) => row.due_at <= now).map(({ id }) => [id, due.get(id) ?? now]));
    for (const since of due.values()) latestMs = Math.max(latestMs, now - since);
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
      return { rested: !waiting, latestMs };
    },
  };
}
