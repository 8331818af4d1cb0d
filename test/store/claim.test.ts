import { expect, it } from '@jest/globals';
import { claimDue } from '../../src/store/claim.ts';
import type { Database } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';

const NOW = 1_000_000;
const aMessage = (overrides: Record<string, string | number | null> = {}) => ({
  kind: 'text',
  class: 'soon',
  resend: 'resend',
  lane: '1:1',
  made_at: NOW,
  due_at: NOW,
  ...overrides,
});
const claimAt = (database: Database, now: number, limit = 10) =>
  database.write(async (tx) => {
    const where = { sql: 'class = ?', params: ['soon'] };
    const claims = await claimDue(tx, { table: 'outbox', now, leaseMs: 30_000, limit, where });
    return claims.map(({ id, fence }) => ({ id, fence }));
  });

eachDatabase('claiming', (open) => {
  it('takes what is due, earliest first, and nothing of another class', async () => {
    const { database } = await open();
    await database.write((tx) =>
      tx.insert('outbox', [
        aMessage({ due_at: NOW }),
        aMessage({ due_at: NOW - 5 }),
        aMessage({ due_at: NOW + 1 }),
        aMessage({ due_at: null }),
        aMessage({ class: 'bulk' }),
      ]),
    );
    expect(await claimAt(database, NOW)).toMatchObject([
      { id: 2, fence: 1 },
      { id: 1, fence: 1 },
    ]);
    expect(await claimAt(database, NOW)).toEqual([]);
  });

  it('gives the rows of a dead worker to another, whose fence the first one lacks', async () => {
    const { database } = await open();
    await database.write((tx) => tx.insert('outbox', [aMessage()]));
    const settle = (claim: { id: number; fence: number } | undefined) =>
      database.write((tx) =>
        tx.run("UPDATE outbox SET due_at = NULL, state = 'sent' WHERE id = ? AND fence = ?", [
          claim?.id ?? 0,
          claim?.fence ?? 0,
        ]),
      );
    const [paused] = await claimAt(database, NOW);
    expect(await claimAt(database, NOW + 29_999)).toEqual([]);
    const [second] = await claimAt(database, NOW + 30_000);
    expect(second).toMatchObject({ id: 1, fence: 2 });
    expect(await settle(paused)).toBe(0);
    expect(await settle(second)).toBe(1);
  });

  it('gives each row to one of eight workers', async () => {
    const { database } = await open();
    await database.write((tx) =>
      tx.insert(
        'outbox',
        Array.from({ length: 200 }, () => aMessage()),
      ),
    );
    const workers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const mine: number[] = [];
        for (;;) {
          const claims = await claimAt(database, NOW, 10);
          if (claims.length === 0) return mine;
          mine.push(...claims.map(({ id }) => id));
        }
      }),
    );
    const all = workers.flat();
    expect(all).toHaveLength(200);
    expect(new Set(all).size).toBe(200);
  });
});
