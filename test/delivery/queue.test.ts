/** The outbox as a queue: lanes in order, leases with fences, retries by the schedule. On both databases. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LEASE_MS, makeQueue, type Queue } from '../../src/delivery/queue.ts';
import { RETRY_MS, retryAt } from '../../src/delivery/retry.ts';
import { MOST_RETRIES } from '../../src/flow/check/call.ts';
import type { Database } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog, type KeptLog } from '../support/log.ts';

eachDatabase('the outbox', (open) => {
  let db: Database;
  let queue: Queue;
  let now: number;
  let log: KeptLog;
  beforeEach(async () => {
    db = (await open()).database;
    now = 1_000_000;
    log = aLog();
    queue = makeQueue({ db, clock: () => now, random: () => 0.5, log });
  });

  const put = (lane: string, more: Record<string, string | number | null> = {}) =>
    db.write((tx) =>
      tx.insertId('outbox', {
        ...{ kind: 'text', class: 'now', resend: 'resend', lane, card_id: null, ticket_id: null, workspace_id: null },
        ...{
          payload: '{}',
          made_at: now,
          due_at: now,
          attempts: 0,
          fence: 0,
          state: 'waiting',
          dead_at: null,
          error: null,
        },
        ...more,
      }),
    );
  const row = async (id: number) =>
    (await db.read((r) =>
      r.one<{ state: string; due_at: number | null; attempts: number; error: string | null }>(
        'SELECT * FROM outbox WHERE id = ?',
        [id],
      ),
    ))!;
  const claimedIds = async (limit = 10) => (await queue.claim(limit)).map(({ id }) => id);

  it('only the head of a lane is claimed; other lanes go on (promise 3)', async () => {
    const [a1, a2, b1] = [await put('a'), await put('a'), await put('b')];
    const rows = await queue.claim(10);
    expect(rows.map(({ id }) => id)).toEqual([a1, b1]);
    expect(await claimedIds()).toEqual([]);
    await queue.settle(rows[0]!, 'sent', []);
    expect(await claimedIds()).toEqual([a2]);
  });

  it('who is still at it keeps the row, and does not bring back what is settled', async () => {
    const id = await put('a');
    const [claimed] = await queue.claim(10);
    now += LEASE_MS - 1;
    await queue.keep(claimed!);
    now += LEASE_MS - 1;
    expect(await claimedIds()).toEqual([]);
    await queue.settle(claimed!, 'sent', []);
    await queue.keep(claimed!);
    expect((await row(id)).due_at).toBeNull();
  });

  it('what a person waits for goes before news', async () => {
    const news = await put('a', { class: 'soon' });
    const now1 = await put('b');
    expect(await claimedIds(1)).toEqual([now1]);
    expect(await claimedIds(1)).toEqual([news]);
  });

  it('news that waited long goes first, or it would hold up the cards behind it for as long as others have some', async () => {
    const news = await put('a', { class: 'soon' });
    now += 1_000;
    const card = await put('b');
    now += 1_000;
    expect(await claimedIds(1)).toEqual([news]);
    expect(await claimedIds(1)).toEqual([card]);
  });

  it('eight claimers get every row once', async () => {
    const ids = [];
    for (let i = 0; i < 40; i += 1) ids.push(await put(`lane-${i}`));
    const claimed = await Promise.all(Array.from({ length: 8 }, () => claimedIds(5)));
    const rest = await claimedIds(40);
    expect([...claimed.flat(), ...rest].sort((x, y) => x - y)).toEqual(ids);
  });

  it('a lease that ran out is claimed again, and the first claimant can no longer settle (fence)', async () => {
    const id = await put('a');
    const [first] = await queue.claim(1);
    now += LEASE_MS + 1;
    const [second] = await queue.claim(1);
    expect(second?.id).toBe(id);
    expect(await queue.settle(first!, 'sent', [])).toBe(false);
    expect((await row(id)).state).toBe('waiting');
    expect(await queue.settle(second!, 'sent', [])).toBe(true);
    expect(await row(id)).toMatchObject({ state: 'sent', due_at: null });
  });

  it('rows of the same card that stood there before are settled with it, later ones are not', async () => {
    const [one, two] = [await put('a'), await put('a')];
    const [claimed] = await queue.claim(1);
    const same = await queue.sameCard(claimed!);
    const three = await put('a');
    await queue.settle(claimed!, 'sent', [], same);
    expect([(await row(one)).state, (await row(two)).state, (await row(three)).state]).toEqual([
      'sent',
      'merged',
      'waiting',
    ]);
  });

  it('a head that must wait takes its lane along, and nobody else', async () => {
    const [a1, a2, b1] = [await put('a'), await put('a'), await put('b')];
    const [head] = await queue.claim(1);
    await queue.later(head!, 'busy', [], 60_000);
    expect((await row(a1)).due_at).toBe(now + 60_000);
    expect((await row(a2)).due_at).toBe(now + 60_000);
    expect(await claimedIds()).toEqual([b1]);
  });

  it('waiting for room uses up no try, and the lane waits along', async () => {
    const [a1, a2] = [await put('a'), await put('a')];
    const [head] = await queue.claim(1);
    await queue.postpone(head!, 15_000);
    expect(await row(a1)).toMatchObject({ due_at: now + 15_000, attempts: 0, state: 'waiting' });
    expect((await row(a2)).due_at).toBe(now + 15_000);
  });

  it('out of tries it becomes a dead letter with its reason (promise 4)', async () => {
    const id = await put('a');
    for (let i = 0; i <= RETRY_MS.length; i += 1) {
      const [claimed] = await queue.claim(1);
      await queue.later(claimed!, 'down', []);
      now += 24 * 3_600_000;
    }
    expect(await row(id)).toMatchObject({ state: 'dead', due_at: null, error: 'out of tries: down' });
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { outbox: id, error: 'out of tries: down' } }]);
  });
});

describe('the schedule of retries', () => {
  it('is at once, then 5 s to 10 h with ±20 %, never sooner than asked, about 18 h in all', () => {
    expect(retryAt(1, 0, 0)).toBe(0);
    expect(retryAt(2, 0, 0)).toBe(4_000);
    expect(retryAt(2, 0, 1)).toBe(6_000);
    expect(retryAt(2, 0, 0, 60_000)).toBe(60_000);
    expect(retryAt(RETRY_MS.length + 1, 0, 0)).toBeNull();
    const hours = RETRY_MS.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect(Math.round(hours)).toBe(18);
    // What the check tells template writers.
    expect(RETRY_MS).toHaveLength(MOST_RETRIES);
  });
});
