/**
 * SQLite: one connection writes, behind a gate, and another reads.
 *
 * TypeORM has one query runner per SQLite data source. Without the gate a second transaction would become a savepoint of
 * the first and vanish with it, and a read would join the open transaction. Source: shared/design/stack-notes.md, 2.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Log } from '../lib/log.ts';
import { ormLog } from './ormLog.ts';
import type { Database, Param } from './port.ts';
import { isQueryError, QueryError } from './queryError.ts';
import { makeRunning } from './running.ts';
import type { Schema } from './schema.ts';
import { remember } from './source.ts';
import { type Connection, makeReader, makeTx, type Outcome } from './tx.ts';

/** How long a write waits for another process (`paidan template publish` beside the service). */
const PATIENCE_MS = 5_000;
const ASK_AGAIN_MS = 20;
/** Nothing here takes so long, but `write` inside `write` would wait for ever. */
const ALARM_MS = 10_000;

interface Options {
  /** A file, or `:memory:` for a file that goes away when closed: a memory database could not have two connections. */
  readonly path: string;
  readonly schema: Schema;
  readonly log: Log;
}

export async function openSqlite({ path, schema, log }: Options): Promise<Database> {
  const temporary = path === ':memory:' ? await mkdtemp(join(tmpdir(), 'paidan-sqlite-')) : null;
  const file = temporary ? join(temporary, 'paidan.db') : path;
  const writer = await connect(file, schema, log);
  const reader = await connect(file, {}, log);
  await reader.query('PRAGMA query_only = ON');
  // better-sqlite3 waits with the whole process standing still, so after opening we wait ourselves: see `begin`.
  await writer.query('PRAGMA busy_timeout = 5');

  const runner = writer.createQueryRunner();
  const connection = connectionOf(runner);
  const committedOnly = makeReader(connectionOf(reader.createQueryRunner()));
  const running = makeRunning('The database');
  const gate = makeGate(log);

  const database: Database = {
    dialect: 'sqlite',
    read: (work) => running.track(() => work(committedOnly)),
    write: (work) =>
      running.track(() =>
        gate(async () => {
          const { tx, committed } = makeTx(connection, log);
          const result = await transaction(runner, () => work(tx));
          committed();
          return result;
        }),
      ),
    isDuplicate: (error) => isQueryError(error, 'duplicate'),
    async close() {
      await running.drain();
      if (!writer.isInitialized) return;
      await reader.destroy();
      await writer.destroy();
      if (temporary) await rm(temporary, { recursive: true, force: true });
    },
  };
  return remember(database, {
    dataSource: writer,
    alone: (work) => running.track(() => gate(() => transaction(runner, () => work(runner)))),
  });
}

async function connect(file: string, schema: Schema, log: Log): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: file,
    driver: BetterSqlite3,
    ...schema,
    enableWAL: true,
    timeout: PATIENCE_MS,
    prepareDatabase: (raw: BetterSqlite3.Database) => void raw.pragma('synchronous = FULL'),
    statementCacheSize: 500,
    logger: ormLog(log),
  });
  return source.initialize();
}

/** Lets one piece of work in at a time, in order of arrival. Not re-entrant. */
function makeGate(log: Log): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(async () => {
      const alarm = setTimeout(() => log.error('a transaction stays open: does it wait for another one?'), ALARM_MS);
      return work().finally(() => clearTimeout(alarm));
    });
    tail = turn.catch(() => undefined);
    return turn;
  };
}

async function transaction<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  await begin(runner);
  try {
    const result = await work();
    await send(runner, 'COMMIT');
    return result;
  } catch (error) {
    await send(runner, 'ROLLBACK').catch(() => undefined); // A full disk may have rolled back already.
    throw error;
  }
}

/** IMMEDIATE: a transaction that reads first and then finds another process writing could not go on. */
async function begin(runner: QueryRunner): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await send(runner, 'BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isQueryError(error, 'busy') || Date.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }
}

function connectionOf(runner: QueryRunner): Connection {
  const query: Connection['query'] = (sql, params) => send(runner, sql, params);
  const batch: Connection['batch'] = async (statements) => {
    for (const { sql, params } of statements) await query(sql, params);
  };
  const selects: Connection['selects'] = async (statements) => {
    const found: unknown[][] = [];
    for (const { sql, params } of statements) found.push([...(await query(sql, params)).rows]);
    return found;
  };
  return { dialect: 'sqlite', query, selects, batch, lastBatch: batch };
}

async function send(runner: QueryRunner, sql: string, params: readonly Param[] = []): Promise<Outcome> {
  try {
    const { records, affected = 0, raw } = (await runner.query(sql, [...params], true)) as Structured;
    return { rows: records ?? [], affected, insertId: Number(raw) };
  } catch (error) {
    throw new QueryError(error, sql);
  }
}

/** TypeORM's structured result. `raw` is the last row id of a change. */
interface Structured {
  readonly records?: readonly unknown[];
  readonly affected?: number;
  readonly raw: unknown;
}
