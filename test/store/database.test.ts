import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type Database, openDatabase, type Tx } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';

const blockRow = (scope: string, next = 1) => ({ scope, next });
const addBlock = (tx: Tx, scope: string, next = 1) => tx.insert('block', [blockRow(scope, next)]);
const scopes = (database: Database) =>
  database.read(async (reader) =>
    (await reader.rows<{ scope: string }>('SELECT scope FROM block ORDER BY scope')).map(({ scope }) => scope),
  );
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

eachDatabase('a transaction', (open, dialect) => {
  it('keeps the row of B, acknowledged while A was open, when A rolls back', async () => {
    const { database } = await open();
    let failA = (_error: Error) => {};
    const aStands = new Promise<never>((_resolve, reject) => (failA = reject));
    const a = database.write(async (tx) => {
      await addBlock(tx, 'a');
      return aStands;
    });
    const b = database.write((tx) => addBlock(tx, 'b'));
    // On MySQL B commits while A is open; on SQLite it waits for A and must still be there after A's rollback.
    if (dialect === 'mysql') await b;
    failA(new Error('A changes its mind'));
    await expect(a).rejects.toThrow('A changes its mind');
    await b;
    expect(await scopes(database)).toEqual(['b']);
  });

  it('shows a reader only what is committed', async () => {
    const { database } = await open();
    const seen: string[][] = [];
    await database.write(async (tx) => {
      await addBlock(tx, 'a');
      seen.push(await scopes(database));
    });
    seen.push(await scopes(database));
    expect(seen).toEqual([[], ['a']]);
  });

  it('loses nothing of 50 parallel writes, each of which reads and then changes one row', async () => {
    const { database } = await open();
    await database.write((tx) => addBlock(tx, 'count', 0));
    const raise = () =>
      database.write(async (tx) => {
        const row = await tx.one<{ next: number }>("SELECT next FROM block WHERE scope = 'count'");
        const next = row?.next ?? -1;
        const changed = await tx.run("UPDATE block SET next = ? WHERE scope = 'count' AND next = ?", [next + 1, next]);
        if (changed === 0) throw new Error('lost the race');
        await addBlock(tx, `row ${next}`);
      });
    const again = async (): Promise<void> => raise().catch(async () => pause(5).then(again));
    await Promise.all(Array.from({ length: 50 }, again));
    const row = await database.read((reader) =>
      reader.one<{ next: number; n: number }>(
        "SELECT MAX(next) AS next, COUNT(*) AS n FROM block WHERE scope = 'count' OR scope LIKE 'row %'",
      ),
    );
    expect(row).toEqual({ next: 50, n: 51 });
  });

  it('recognises a duplicate, does nothing of that statement, and may go on', async () => {
    const { database } = await open();
    const outcome = await database.write(async (tx) => {
      await addBlock(tx, 'a');
      const error: unknown = await tx.insert('block', [blockRow('b'), blockRow('a')]).catch((e: unknown) => e);
      await addBlock(tx, 'c');
      return database.isDuplicate(error);
    });
    expect(outcome).toBe(true);
    expect(await scopes(database)).toEqual(['a', 'c']);
    const other: unknown = await database
      .write((tx) => tx.run('INSERT INTO block (nothing) VALUES (1)'))
      .catch((e: unknown) => e);
    expect(database.isDuplicate(other)).toBe(false);
  });

  it('puts no value into an error, because errors are logged', async () => {
    const { database } = await open();
    const canary = 'zhang@example.com';
    const twice = (tx: Tx) => tx.insert('block', [blockRow(canary), blockRow(canary)]);
    const unknownColumn = async (tx: Tx) => void (await tx.run('UPDATE block SET none = ?', [canary]));
    for (const fails of [twice, unknownColumn]) {
      const error = await database.write(fails).catch((e: unknown) => e as Error);
      if (!(error instanceof Error)) throw new Error('it did not fail');
      expect(`${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`).not.toContain(canary);
      expect(error.message).toMatch(/^(ER|SQLITE)_[A-Z_]+: ./);
    }
  });

  it('gives numbers as numbers, JSON as its text, bytes and Chinese as they were', async () => {
    const { database } = await open();
    const at = Date.UTC(2026, 10, 22);
    const id = await database.write(async (tx) => {
      const first = await tx.insertId('timer', {
        ticket_id: 9_007_199_254_740_991,
        timer_key: '打印机 🖨',
        kind: 'x',
        due_at: at,
      });
      const second = await tx.insertId('timer', {
        ticket_id: 1,
        timer_key: "it's; -- \\ ?",
        kind: 'x',
        body: '{"b":1,"a":2}',
      });
      expect(second).toBe(first + 1);
      return first;
    });
    const rows = await database.read((reader) =>
      reader.rows('SELECT * FROM timer WHERE id >= ? ORDER BY id LIMIT ?', [id, 2]),
    );
    expect(rows).toEqual([
      { id, ticket_id: 9_007_199_254_740_991, timer_key: '打印机 🖨', kind: 'x', due_at: at, fence: 0, body: null },
      {
        id: id + 1,
        ticket_id: 1,
        timer_key: "it's; -- \\ ?",
        kind: 'x',
        due_at: null,
        fence: 0,
        body: '{"b":1,"a":2}',
      },
    ]);
    const sum = await database.read((reader) => reader.one('SELECT COUNT(*) AS n, SUM(fence + 2) AS total FROM timer'));
    expect(sum).toEqual({ n: 2, total: 4 });
  });

  it('counts the rows that matched, also where the new value equals the old', async () => {
    const { database } = await open();
    const counts = await database.write(async (tx) => {
      await tx.insert('block', [blockRow('a'), blockRow('b')]);
      const same = await tx.run('UPDATE block SET next = 1');
      const none = await tx.run("UPDATE block SET next = 2 WHERE scope = 'z'");
      return [same, none, await tx.run('DELETE FROM block')];
    });
    expect(counts).toEqual([2, 0, 2]);
  });

  it('inserts into many tables at once, or nothing', async () => {
    const { database } = await open();
    const parts = (scope: string) => [
      { table: 'block', rows: [blockRow(scope), blockRow(`${scope}; DROP TABLE block`)] },
      { table: 'doc_gram', rows: [] },
      { table: 'doc_gram', rows: [{ gram: 'b1', id: 1 }] },
    ];
    await database.write((tx) => tx.insertAll(parts('a')));
    const second: unknown = await database.write((tx) => tx.insertAll(parts('b'))).catch((error: unknown) => error);
    expect(database.isDuplicate(second)).toBe(true);
    expect(await scopes(database)).toEqual(['a', 'a; DROP TABLE block']);
    await database.write((tx) => tx.insertAll([]));
  });

  it('commits with the last insert, or does nothing at all', async () => {
    const { database, url } = await open();
    // Another process sees what is committed and nothing else.
    const { database: other } = await open({ url });
    const rows = () => other.read((reader) => reader.rows('SELECT scope, next FROM block ORDER BY scope'));
    const parts = (...scopes: string[]) => scopes.map((scope) => ({ table: 'block', rows: [blockRow(scope, 1)] }));
    const raise = { sql: 'UPDATE block SET next = ?', params: [9] };
    await database.write((tx) => tx.insertLast(parts('a', 'b')));
    expect(await rows()).toEqual([blockRow('a', 1), blockRow('b', 1)]);
    const second: unknown = await database
      .write((tx) => tx.insertLast([raise, ...parts('c', 'a', 'd')]))
      .catch((error: unknown) => error);
    expect(database.isDuplicate(second)).toBe(true);
    expect(await rows()).toEqual([blockRow('a', 1), blockRow('b', 1)]);
    await database.write(async (tx) => {
      await tx.one('SELECT 1 AS one');
      await tx.insertLast([raise, ...parts('c')]);
    });
    expect(await rows()).toEqual([blockRow('a', 9), blockRow('b', 9), blockRow('c', 1)]);
    await database.write(async (tx) => {
      await tx.run('UPDATE block SET next = 5');
      await tx.insertLast([]); // Nothing to insert is also an end.
    });
    expect(await rows()).toEqual([blockRow('a', 5), blockRow('b', 5), blockRow('c', 5)]);
  });

  it('reads several tables at once, also as the beginning of a transaction', async () => {
    const { database } = await open();
    await database.write((tx) => tx.insert('block', [blockRow('a', 1), blockRow('b', 2)]));
    const selects = [
      { sql: 'SELECT next FROM block WHERE scope = ?', params: ['a'] },
      { sql: 'SELECT scope FROM block WHERE next > ? ORDER BY scope', params: [5] },
      { sql: 'SELECT scope FROM block ORDER BY scope', params: [] },
    ];
    const all = [[{ next: 1 }], [], [{ scope: 'a' }, { scope: 'b' }]];
    expect(await database.read((reader) => reader.all(selects))).toEqual(all);
    expect(await database.write((tx) => tx.all(selects))).toEqual(all);
    expect(await database.write((tx) => tx.all(selects.slice(0, 1)))).toEqual(all.slice(0, 1));
    expect(await database.read((reader) => reader.all([]))).toEqual([]);
  });

  it('lets a row give way to the one that replaces it', async () => {
    const { database } = await open();
    await database.write((tx) => tx.insert('block', [blockRow('a', 1), blockRow('b', 1)]));
    await database.write((tx) =>
      tx.insertAll([{ table: 'block', rows: [blockRow('a', 2), blockRow('c', 2)], replace: true }]),
    );
    expect(await database.read((reader) => reader.rows('SELECT scope, next FROM block ORDER BY scope'))).toEqual([
      blockRow('a', 2),
      blockRow('b', 1),
      blockRow('c', 2),
    ]);
  });

  it('inserts more rows than one statement may have parameters', async () => {
    const { database } = await open();
    await database.write((tx) =>
      tx.insert(
        'doc_gram',
        Array.from({ length: 20_000 }, (_row, id) => ({ gram: 'b1', id })),
      ),
    );
    expect(await database.read((reader) => reader.one('SELECT COUNT(*) AS n FROM doc_gram'))).toEqual({ n: 20_000 });
  });

  it('runs what waits for the commit after it, once, and logs its errors', async () => {
    const log = aLog();
    const { database } = await open({ log });
    const happened: string[] = [];
    await database.write(async (tx) => {
      tx.afterCommit(() => {
        throw new Error('not your business');
      });
      tx.afterCommit(() => void happened.push('after'));
      await addBlock(tx, 'a');
      happened.push('work');
    });
    await database
      .write(async (tx) => {
        tx.afterCommit(() => void happened.push('never'));
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(happened).toEqual(['work', 'after']);
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([['error', 'work after a commit failed']]);
  });

  it('waits for running work when it closes, and takes no more', async () => {
    const { database, url } = await open();
    const slow = database.write(async (tx) => {
      await pause(50);
      await addBlock(tx, 'slow');
    });
    await database.close();
    await slow;
    await expect(database.write((tx) => addBlock(tx, 'late'))).rejects.toThrow('closed');
    const { database: reopened } = await open({ url });
    expect(await scopes(reopened)).toEqual(['slow']);
  });

  it('refuses a name that is not a column', async () => {
    const { database } = await open();
    await expect(database.write((tx) => tx.insert('block', [{ 'scope) --': 'a' }]))).rejects.toThrow(
      'Not a table or column',
    );
  });

  if (dialect === 'mysql') {
    it('runs a deadlocked transaction again, and both succeed', async () => {
      const log = aLog();
      const { database } = await open({ log });
      await database.write((tx) => tx.insert('block', [blockRow('a', 0), blockRow('b', 0)]));
      let arrived = 0;
      let bothIn = () => {};
      const bothHoldOne = new Promise<void>((resolve) => (bothIn = resolve));
      const cross = (first: string, second: string) =>
        database.write(async (tx) => {
          await tx.run('UPDATE block SET next = next + 1 WHERE scope = ?', [first]);
          arrived += 1;
          if (arrived === 2) bothIn();
          await bothHoldOne;
          await tx.run('UPDATE block SET next = next + 1 WHERE scope = ?', [second]);
        });
      await Promise.all([cross('a', 'b'), cross('b', 'a')]);
      const rows = await database.read((reader) => reader.rows('SELECT scope, next FROM block ORDER BY scope'));
      expect(rows).toEqual([blockRow('a', 2), blockRow('b', 2)]);
      expect(arrived).toBe(3);
      expect(log.lines.map(({ message }) => message)).toEqual(['database work runs again']);
    });

    it('reads again after its connection was killed', async () => {
      const { database } = await open();
      await database.write((tx) => addBlock(tx, 'there'));
      let tries = 0;
      const found = await database.read(async (reader) => {
        tries += 1;
        const me = await reader.one<{ id: number }>('SELECT CONNECTION_ID() AS id');
        if (tries === 1) await database.read((other) => other.rows(`KILL ${me?.id ?? 0}`));
        return reader.one('SELECT scope FROM block');
      });
      expect([found, tries]).toEqual([{ scope: 'there' }, 2]);
    });

    it('goes on after its connections were killed', async () => {
      const { database } = await open();
      await database.write((tx) => addBlock(tx, 'before'));
      let first = true;
      await database.write(async (tx) => {
        const me = await tx.one<{ id: number }>('SELECT CONNECTION_ID() AS id');
        await addBlock(tx, 'during');
        if (first) await database.read((reader) => reader.rows(`KILL ${me?.id ?? 0}`));
        first = false;
        await addBlock(tx, 'after');
      });
      expect(await scopes(database)).toEqual(['after', 'before', 'during']);
    });
  } else {
    it('waits for another process that is writing', async () => {
      const { database, url } = await open();
      const { database: other } = await open({ url });
      const holding = other.write(async (tx) => {
        await addBlock(tx, 'other');
        await pause(200);
      });
      await pause(50);
      await database.write((tx) => addBlock(tx, 'mine'));
      await holding;
      expect(await scopes(database)).toEqual(['mine', 'other']);
    });
  }
});

describe('openDatabase', () => {
  it('keeps a memory database only until it is closed', async () => {
    const database = await openDatabase({ url: 'sqlite::memory:', log: aLog() });
    await database.write((tx) => tx.run('CREATE TABLE thing (id integer)'));
    expect(await database.read((reader) => reader.rows('SELECT * FROM thing'))).toEqual([]);
    await database.close();
    await database.close();
  });

  it('says what it expected of an unknown address', async () => {
    await expect(openDatabase({ url: 'postgres://x', log: aLog() })).rejects.toThrow(
      '"postgres:", expected "sqlite:" or "mysql:"',
    );
  });
});
