/** A lane keeps all that was ever sent in it: what is open there is found by index, however long its past. On both databases. */
import { beforeEach, expect, it } from '@jest/globals';
import { makeQueue, type Queue } from '../../src/delivery/queue.ts';
import type { Database, Param, Reader, Tx } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';

type Asked = readonly [sql: string, params: readonly Param[]];

/** The same database, which remembers what it is asked. */
function listenTo(db: Database, asked: Asked[]): Database {
  const listening = <T extends Reader>(one: T): T => ({
    ...one,
    rows: (sql, params = []) => (asked.push([sql, params]), one.rows(sql, params)),
  });
  const writing = (tx: Tx): Tx => ({
    ...listening(tx),
    run: (sql, params = []) => (asked.push([sql, params]), tx.run(sql, params)),
  });
  return {
    ...db,
    read: (work) => db.read((reader) => work(listening(reader))),
    write: (work) => db.write((tx) => work(writing(tx))),
  };
}

eachDatabase('a lane with a past', (open, dialect) => {
  let db: Database;
  let queue: Queue;
  const asked: Asked[] = [];
  const NOW = 1_000_000;

  beforeEach(async () => {
    db = (await open()).database;
    asked.length = 0;
    queue = makeQueue({ db: listenTo(db, asked), clock: () => NOW, random: () => 0.5, log: aLog() });
  });

  const rowOf = (state: string) => ({
    ...{ kind: 'say', class: 'now', resend: 'resend', lane: 'say:plant:group', payload: '{}', made_at: NOW },
    ...{ due_at: ['waiting', 'sending', 'answered'].includes(state) ? NOW : null, state },
  });
  const put = (...states: string[]) => db.write((tx) => tx.insert('outbox', states.map(rowOf)));

  /** How the engine would look into the lane: by how much of the index, step by step. */
  const plans = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const [sql, params] of asked.filter(([one]) => one.includes('lane = '))) {
      const steps = await db.read((reader) =>
        reader.rows<Record<string, string | number | null>>(
          `EXPLAIN ${dialect === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`,
          params,
        ),
      );
      found.push(...steps.map(({ detail, table, key, key_len }) => String(detail ?? `${table} ${key} ${key_len}`)));
    }
    return found;
  };
  // The state is more of the key than the lane alone, which is 191 characters of up to four bytes and their length.
  const readsState = (plan: string): boolean =>
    dialect === 'sqlite'
      ? plan.includes('ix_outbox_lane_state (lane=? AND state=?')
      : plan.includes('ix_outbox_lane_state') && Number(plan.split(' ').at(-1)) > 191 * 4 + 2;

  it('is not read to claim, to merge or to put off', async () => {
    for (let i = 0; i < 20; i += 1) await put(...Array.from({ length: 100 }, () => 'sent'));
    await put('waiting', 'waiting', 'waiting');
    if (dialect === 'mysql') await db.read((reader) => reader.rows('ANALYZE TABLE outbox'));
    const [head] = await queue.claim(10);
    await queue.sameCard(head!);
    await queue.later(head!, 'busy', [], 60_000);

    const all = await plans();
    // Four claims look for three states each. For the one row behind the head its id may be shorter still.
    expect(all.filter(readsState).length).toBeGreaterThanOrEqual(4 * 3 + 1);
    const known = /SUBQUERY|ix_outbox_due|PRIMARY/;
    expect(all.filter((plan) => !readsState(plan) && !known.test(plan))).toEqual([]);
  });

  it.each(['sending', 'answered'])(
    'waits behind one that is %s as behind one that waits; not behind what is over',
    async (state) => {
      await put('sent', 'dead', 'merged', 'dropped', state, 'waiting');
      const [first, ...more] = await queue.claim(10);
      expect(first).toMatchObject({ state });
      expect(more).toEqual([]);
      expect(await queue.sameCard(first!)).toHaveLength(2);
      await queue.later(first!, 'busy', [], 60_000);
      const due = await db.read((reader) =>
        reader.rows<{ due_at: number }>('SELECT due_at FROM outbox WHERE due_at > 0'),
      );
      expect(due.map((row) => row.due_at)).toEqual([NOW + 60_000, NOW + 60_000]);
    },
  );
});
