import { expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import type { Database } from '../../src/store/database.ts';
import { migrate, pendingMigrations } from '../../src/store/migrate.ts';
import { sourceOf } from '../../src/store/source.ts';
import { eachDatabase } from '../support/database.ts';

const ALL = [
  ...['Tickets1795305600001', 'Traffic1795305600002', 'People1795305600003', 'Agenda1795305600004'],
  'Away1795996800001',
  'Lanes1795996800005',
  'Cc1795996800006',
  'Again1795996800007',
];

/** Columns and whether each may be NULL, table by table, from the engine's own catalogue. */
async function catalogue(database: Database): Promise<Record<string, Record<string, boolean>>> {
  const rows = await database.read((reader) =>
    reader.rows<{ t: string; c: string; required: number }>(
      database.dialect === 'sqlite'
        ? `SELECT m.name AS t, p.name AS c, p."notnull" AS required FROM sqlite_master m JOIN pragma_table_info(m.name) p
           WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migration'`
        : `SELECT table_name AS t, column_name AS c, CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS required
           FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> 'schema_migration'`,
    ),
  );
  const tables: Record<string, Record<string, boolean>> = {};
  for (const { t, c, required } of rows) (tables[t] ??= {})[c] = required === 0;
  return tables;
}

function entityShapes(database: Database): Record<string, Record<string, boolean>> {
  return Object.fromEntries(
    sourceOf(database).dataSource.entityMetadatas.map(({ tableName, columns }) => [
      tableName,
      Object.fromEntries(columns.map(({ databaseName, isNullable }) => [databaseName, isNullable])),
    ]),
  );
}

/**
 * Lets one statement that was never run before through, then the connection is dead.
 * @param done the statements that got through in earlier lives
 */
function dieAfterOneNew(database: Database, done: Set<string>): { restore: () => void; died: () => boolean } {
  const { dataSource } = sourceOf(database);
  const make = dataSource.createQueryRunner.bind(dataSource);
  let isNewDone = false;
  let dead = false;
  const restores: (() => void)[] = [];
  const spoil = (runner: QueryRunner) => {
    const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
    runner.query = (async (...args: unknown[]) => {
      const [sql, params] = [String(args[0]), JSON.stringify(args[1] ?? [])];
      if (/^\s*(CREATE|ALTER|DROP|INSERT)/.test(sql) && !done.has(sql + params)) {
        dead ||= isNewDone;
        isNewDone = true;
        if (!dead) done.add(sql + params);
      }
      if (dead && !/^(ROLLBACK|DO RELEASE)/.test(sql)) throw new Error('the process died here');
      return query(...args);
    }) as QueryRunner['query'];
    restores.push(() => (runner.query = query as QueryRunner['query']));
    return runner;
  };
  dataSource.createQueryRunner = (mode) => spoil(make(mode));
  if (database.dialect === 'sqlite') spoil(make());
  const restore = () => {
    dataSource.createQueryRunner = make;
    for (const back of restores) back();
  };
  return { restore, died: () => dead };
}

eachDatabase('migrations', (open) => {
  it('make what the entities say, column by column', async () => {
    const { database } = await open();
    const made = await catalogue(database);
    expect(made).toEqual(entityShapes(database));
    expect(Object.keys(made)).toHaveLength(38);
  });

  it('use no name that an engine reserves', async () => {
    const { database } = await open();
    const tables = Object.entries(await catalogue(database));
    await database.read(async (reader) => {
      for (const [table, columns] of tables) {
        const names = Object.keys(columns);
        await reader.rows(
          `SELECT ${names.join(', ')} FROM ${table} WHERE ${names.map((name) => `${name} IS NULL`).join(' OR ')}`,
        );
      }
    });
  });

  it('run once, and say what is still to run', async () => {
    const { database } = await open({ migrated: false });
    expect(await pendingMigrations(database)).toEqual(ALL);
    expect(await migrate(database)).toEqual(ALL);
    expect(await pendingMigrations(database)).toEqual([]);
    expect(await migrate(database)).toEqual([]);
    expect(await database.read((reader) => reader.rows('SELECT * FROM directory'))).toEqual([{ id: 1, revision: 0 }]);
  });

  it('run once when two processes start together', async () => {
    const { database, url } = await open({ migrated: false });
    const { database: other } = await open({ url });
    const ran = await Promise.all([migrate(database), migrate(other)]);
    expect(ran.flat()).toEqual(ALL);
  });

  it('go on after an interruption at any statement', async () => {
    const { database } = await open({ migrated: false });
    let interruptions = 0;
    const done = new Set<string>();
    for (;;) {
      const { restore, died } = dieAfterOneNew(database, done);
      const ran = await migrate(database).catch(() => null);
      restore();
      if (!died()) break;
      expect(ran).toBeNull();
      interruptions += 1;
    }
    expect(interruptions).toBeGreaterThanOrEqual(36 + 6 + 3);
    expect(await pendingMigrations(database)).toEqual([]);
    expect(await catalogue(database)).toEqual(entityShapes(database));
    expect(await database.read((reader) => reader.rows('SELECT * FROM directory'))).toEqual([{ id: 1, revision: 0 }]);
  });
});
