import { describe, expect, it } from '@jest/globals';
import type { Database } from '../../src/store/database.ts';
import { makeNumbers, type Numbers } from '../../src/ticket/numbers.ts';
import { Again } from '../../src/ticket/ticketStore.ts';
import { eachDatabase } from '../support/database.ts';

/** As a command does: what must be fetched first is fetched, then it runs again. */
async function take(numbers: Numbers, scope = 'ticket', waits = { count: 0 }): Promise<number> {
  for (;;) {
    try {
      return numbers.next(scope);
    } catch (error) {
      if (!(error instanceof Again)) throw error;
      waits.count += 1;
      await error.first();
    }
  }
}

eachDatabase('numbers', (open) => {
  it('gives each number once and rising, from 1', async () => {
    const { database } = await open();
    const numbers = makeNumbers(database);
    const taken: number[] = [];
    for (let i = 0; i < 70; i += 1) taken.push(await take(numbers));
    expect(taken).toEqual(Array.from({ length: 70 }, (_, i) => i + 1));
  });

  it('gives two processes different numbers, also when both run out at once', async () => {
    const { database } = await open();
    const both = [makeNumbers(database), makeNumbers(database)];
    const taken = await Promise.all(Array.from({ length: 200 }, (_, i) => take(both[i % 2] ?? makeNumbers(database))));
    expect(new Set(taken).size).toBe(200);
  });

  it('counts each scope by itself', async () => {
    const { database } = await open();
    const numbers = makeNumbers(database);
    expect([await take(numbers, 'IT-202611-'), await take(numbers, 'SEAL-202611-')]).toEqual([1, 1]);
  });

  it('leaves no gap wider than two blocks when the process starts again', async () => {
    const { database } = await open();
    const last = await take(makeNumbers(database));
    expect((await take(makeNumbers(database))) - last).toBeLessThanOrEqual(40);
  });
});

describe('numbers and a database that comes and goes', () => {
  it('fetches the next block before the last number is gone, so that only the first filing waits', async () => {
    const numbers = makeNumbers(blocksWhile(() => true));
    const waits = { count: 0 };
    for (let i = 1; i <= 100; i += 1) expect(await take(numbers, 'ticket', waits)).toBe(i);
    expect(waits.count).toBe(1);
  });

  it('tells whoever finds nothing left, not those who still had one', async () => {
    let works = true;
    const numbers = makeNumbers(blocksWhile(() => works));
    await take(numbers);
    works = false;
    for (let i = 2; i <= 20; i += 1) expect(await take(numbers)).toBe(i);
    await expect(take(numbers)).rejects.toThrow('away');
    works = true;
    expect(await take(numbers)).toBe(21);
  });
});

/** Blocks from memory, at once: the real ones come when they come. */
function blocksWhile(works: () => boolean): Database {
  let next = 1;
  return {
    isDuplicate: () => false,
    write: async () => {
      if (!works()) throw new Error('the database is away');
      return (next += 20);
    },
  } as unknown as Database;
}
