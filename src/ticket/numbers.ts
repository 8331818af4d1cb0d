/**
 * Ticket ids and numbers: unique and rising per process, not gapless. Each process takes blocks in a transaction of
 * its own, because one shared counter row would serialise every filing (to 0.3 of the rate, `architecture.md`).
 */
import type { Database } from '../store/database.ts';
import { Again } from './ticketStore.ts';

const BLOCK = 20;

export interface Numbers {
  /** The next number of a scope, from 1. @throws Again when the block is used up: the command runs again after a new one */
  next(scope: string): number;
}

interface Left {
  next: number;
  end: number;
}

export function makeNumbers(db: Database): Numbers {
  const left = new Map<string, Left>();
  /** One fetch per scope at a time; those who wait share its block. */
  const fetching = new Map<string, Promise<void>>();

  const fetchBlock = async (scope: string) => {
    const end = await takeBlock(db, scope);
    left.set(scope, { next: end - BLOCK, end });
    if (left.size > 500) left.delete([...left.keys()][0] ?? scope);
  };

  return {
    next(scope) {
      const block = left.get(scope);
      if (block && block.next < block.end) {
        block.next += 1;
        return block.next - 1;
      }
      throw new Again(`No numbers left of "${scope}"`, () => {
        const running = fetching.get(scope) ?? fetchBlock(scope).finally(() => fetching.delete(scope));
        fetching.set(scope, running);
        return running;
      });
    },
  };
}

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
