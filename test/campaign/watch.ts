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
const OLDEST_DUE = `SELECT MIN(due_at) AS due FROM outbox WHERE due_at IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.id < outbox.id AND p.due_at IS NOT NULL)`;
const LOOK_MS = 100;

export function watchOutbox(db: Database): { end(limitMs: number): Promise<Rest> } {
  let latestMs = 0;
  let waiting = true;
  let ending = false;
  const look = async () => {
    const row = await db.read((reader) => reader.one<{ due: number | null }>(OLDEST_DUE));
    const due = row?.due ?? null;
    waiting = due !== null;
    if (due !== null) latestMs = Math.max(latestMs, Date.now() - due);
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
