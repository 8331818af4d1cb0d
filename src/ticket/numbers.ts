/**
 * Ticket ids and numbers: unique and rising per process, not gapless. Each process takes blocks in a transaction of
 * its own, because one shared counter row would serialise every filing (to 0.3 of the rate, `architecture.md`).
 */
import type { Database } from '../store/database.ts';
import { Again } from './ticketStore.ts';

const BLOCK = 20;
/** With so many left the next block is fetched, so that filings seldom wait for it. */
const LOW = 10;
/** Scopes kept in memory: each month begins new ones. */
const MOST_SCOPES = 500;

export interface Numbers {
  /** The next number of a scope, from 1. @throws Again when the block is used up: the command runs again after a new one */
  next(scope: string): number;
}

interface Held {
  /** Blocks that are ours, oldest first; `end` is the number after the last. */
  readonly blocks: { next: number; readonly end: number }[];
  /** One at a time; those who wait share its block. */
  fetching: Promise<void> | null;
}

export function makeNumbers(db: Database): Numbers {
  const scopes = new Map<string, Held>();

  const heldOf = (scope: string): Held => {
    const known = scopes.get(scope);
    if (known) return known;
    const held: Held = { blocks: [], fetching: null };
    scopes.set(scope, held);
    const [oldest] = scopes.keys();
    if (scopes.size > MOST_SCOPES && oldest !== undefined) scopes.delete(oldest);
    return held;
  };

  const fetch = (scope: string, held: Held): Promise<void> => {
    held.fetching ??= takeBlock(db, scope)
      .then((end) => void held.blocks.push({ next: end - BLOCK, end }))
      .finally(() => (held.fetching = null));
    return held.fetching;
  };

  return {
    next(scope) {
      const held = heldOf(scope);
      const [block] = held.blocks;
      if (!block) throw new Again(`No numbers left of "${scope}"`, () => fetch(scope, held));
      const number = block.next;
      block.next += 1;
      if (block.next === block.end) held.blocks.shift();
      // Where this fails, whoever finds nothing left tries again and hears of it.
      if (leftIn(held) <= LOW) fetch(scope, held).catch(() => undefined);
      return number;
    },
  };
}

const leftIn = ({ blocks }: Held): number => blocks.reduce((sum, { next, end }) => sum + end - next, 0);

/** @returns the first number after the block */
async function takeBlock(db: Database, scope: string): Promise<number> {
  for (;;) {
    try {
      return await db.write(async (tx) => {
        // The update takes the row's lock before the read, on both engines.
        const known = await tx.run('UPDATE block SET next = next + ? WHERE scope = ?', [BLOCK, scope]);
        if (known === 0) {
          await tx.insert('block', [{ scope, next: 1 + BLOCK }]);
          return 1 + BLOCK;
        }
        const row = await tx.one<{ next: number }>('SELECT next FROM block WHERE scope = ?', [scope]);
        return row?.next ?? 1 + BLOCK;
      });
    } catch (error) {
      if (!db.isDuplicate(error)) throw error; // Two processes began the same scope: the second one now finds the row.
    }
  }
}
