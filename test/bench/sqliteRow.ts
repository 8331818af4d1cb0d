/** P11: filing on SQLite through the whole service, beside better-sqlite3 doing the same inserts in process. */
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { makeLog } from '../../src/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Load } from './load.ts';
import { inTurn, median } from './rounds.ts';
import { atLeast, type Row } from './row.ts';
import { type Service, startService } from './service.ts';
import type { Size } from './size.ts';
import { filingsOf } from './world.ts';

interface Options {
  readonly size: Size;
  readonly load: Load;
  readonly folder: string;
  readonly nodeArgs: readonly string[];
}

/** Each with the column that names the ticket. */
const TABLES = { ticket: 'id', task: 'ticket_id', task_person: 'ticket_id', event: 'ticket_id' } as const;
const MORE = { ticket_value: 'ticket_id', doc_gram: 'id', outbox: 'ticket_id' } as const;

export async function sqliteRate({ size, load, folder, nodeArgs }: Options): Promise<Row> {
  const databaseUrl = `sqlite:${join(folder, 'service.db')}`;
  const service = await startService({ folder: join(folder, 'sqlite'), databaseUrl, redisUrl: null, nodeArgs });
  try {
    const requests = await filingsOf(service);
    service.platform.pause();
    const file = (times: number) =>
      load.run({ port: service.port, connections: 8, requests, times, expect: 201, keepBodies: true });
    const { bodies } = await file(size.warmUp);
    const { id } = JSON.parse(bodies[0] ?? '{}') as { id: number };
    const insert = await byHand(join(folder, 'limit.db'), await insertsOf(service, id));
    insert(size.warmUp);
    const { ours, limit } = await inTurn(size.rounds, {
      ours: async () => (await file(size.requests)).perSecond,
      limit: async () => insert(size.requests),
    });
    const rate = median(ours);
    const limitRate = median(limit);
    return {
      id: 'P11',
      what: 'file on SQLite, 8 connections',
      goal: atLeast(0.25, 0.4),
      ratio: rate / limitRate,
      ours: `${rate.toFixed(0)}/s`,
      limit: `${limitRate.toFixed(0)}/s`,
    };
  } finally {
    await service.end();
  }
}

interface Insert {
  readonly table: string;
  readonly key: string;
  readonly row: Record<string, unknown>;
}

/** The rows that one filing wrote. */
async function insertsOf({ db }: Service, id: number): Promise<Insert[]> {
  const inserts: Insert[] = [];
  for (const [table, key] of Object.entries({ ...TABLES, ...MORE })) {
    const rows = await db.read((reader) => reader.rows(`SELECT * FROM ${table} WHERE ${key} = ?`, [id]));
    for (const row of rows) {
      // These count their ids by themselves.
      if (table === 'event' || table === 'outbox') delete row['id'];
      inserts.push({ table, key, row });
    }
  }
  if (inserts.length < 6) throw new Error('A filing wrote less than it must');
  return inserts;
}

/** @returns stores so many tickets, one transaction each, and tells the rate */
async function byHand(file: string, inserts: readonly Insert[]): Promise<(times: number) => number> {
  const empty = await openDatabase({ url: `sqlite:${file}`, log: makeLog('warn') });
  await migrate(empty);
  await empty.close();
  const db = new BetterSqlite3(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const prepared = inserts.map(({ table, key, row }) => {
    const columns = Object.keys(row);
    const sql = `INSERT INTO ${table} (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`;
    const values = Object.values(row);
    return { statement: db.prepare(sql), values, id: columns.indexOf(key), number: columns.indexOf('number') };
  });
  let next = 0;
  const one = db.transaction(() => {
    next += 1;
    for (const { statement, values, id, number } of prepared) {
      const own = [...values];
      own[id] = next;
      if (number >= 0) own[number] = `B-${next}`;
      statement.run(own);
    }
  });
  return (times) => {
    const began = performance.now();
    for (let i = 0; i < times; i += 1) one.immediate();
    return (times * 1000) / (performance.now() - began);
  };
}
