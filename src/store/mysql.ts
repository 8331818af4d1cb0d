/** MySQL 8 and MariaDB ≥ 10.6: transactions from a pool, READ COMMITTED, run again when the engine asks for it. */
import mysql2, { type PoolConnection } from 'mysql2';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Log } from '../lib/log.ts';
import { ormLog } from './ormLog.ts';
import type { Database, Param } from './port.ts';
import { makeRunning } from './running.ts';
import type { Schema } from './schema.ts';
import { remember } from './source.ts';
import { type Connection, makeReader, makeTx, type Structured } from './tx.ts';

/** Deadlock, lock wait timeout. */
const AGAIN = new Set([1213, 1205]);
const MOST_ATTEMPTS = 6;
/** No new attempt after this, so that a caller hears of trouble within about 3 s. */
const PATIENCE_MS = 2_000;
const LOCK_WAIT_S = 2;

interface Options {
  readonly url: string;
  readonly schema: Schema;
  readonly log: Log;
  readonly poolSize: number;
}

export async function openMysql(options: Options): Promise<Database> {
  const { log } = options;
  const dataSource = await connect(options);
  const running = makeRunning('The database');
  const pool = makePool(dataSource);

  const database: Database = {
    dialect: 'mysql',
    read: (work) => running.track(() => pool((runner) => work(makeReader(connectionOf(runner))))),
    write: (work) =>
      running.track(() =>
        persistently(log, async (atCommit) => {
          let after = () => {};
          const result = await pool((runner) => {
            const { tx, committed } = makeTx(connectionOf(runner), log);
            after = committed;
            return transaction(runner, () => work(tx), atCommit);
          });
          after();
          return result;
        }),
      ),
    isDuplicate: (error) => driverError(error).errno === 1062,
    async close() {
      await running.drain();
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
  return remember(database, { dataSource, alone: (work) => running.track(() => pool(work)) });
}

async function connect({ url, schema, log, poolSize }: Options): Promise<DataSource> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const source = new DataSource({
    type: 'mysql',
    driver: mysql2,
    host: hostname,
    port: Number(port || 3306),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    charset: 'UTF8MB4_BIN',
    supportBigNumbers: true,
    bigNumberStrings: false,
    multipleStatements: true,
    connectTimeout: 3_000,
    poolSize,
    extra: { decimalNumbers: true, enableKeepAlive: true },
    ...schema,
    logger: ormLog(log),
  });
  return source.initialize();
}

/** Lends a query runner on a pooled connection whose session is set up as the SQL here expects. */
function makePool(dataSource: DataSource): <T>(work: (runner: QueryRunner) => Promise<T>) => Promise<T> {
  const ready = new WeakSet<object>();
  return async (work) => {
    const runner = dataSource.createQueryRunner();
    const connection = (await runner.connect()) as PoolConnection;
    try {
      if (!ready.has(connection)) {
        await runner.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
        // Strict: a value that does not fit is an error on SQLite's side of the contract too. No NO_BACKSLASH_ESCAPES: mysql2 escapes so.
        await runner.query(
          `SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = ${LOCK_WAIT_S}`,
        );
        ready.add(connection);
      }
      return await work(runner);
    } finally {
      await runner.release();
    }
  };
}

async function transaction<T>(runner: QueryRunner, work: () => Promise<T>, atCommit: () => void): Promise<T> {
  await runner.query('START TRANSACTION');
  try {
    const result = await work();
    atCommit();
    await runner.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot roll back must not be lent again with the transaction still open.
    await runner.query('ROLLBACK').catch(async () => ((await runner.connect()) as PoolConnection).destroy());
    throw error;
  }
}

/** Again after a deadlock or lock timeout, and after a lost connection unless the commit was already under way. */
async function persistently<T>(log: Log, attempt: (atCommit: () => void) => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (let n = 1; ; n += 1) {
    let committing = false;
    try {
      return await attempt(() => (committing = true));
    } catch (error) {
      const { errno = 0, code = '', fatal = false } = driverError(error);
      const isLost = fatal && code !== 'ECONNREFUSED';
      const again = AGAIN.has(errno) || (isLost && !committing);
      if (!again || n >= MOST_ATTEMPTS || Date.now() > until) throw error;
      log.info('transaction runs again', { code, attempt: n });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** n));
    }
  }
}

function connectionOf(runner: QueryRunner): Connection {
  const query: Connection['query'] = async (sql, params) => {
    const { records, affected = 0, raw } = (await runner.query(sql, toDriver(params), true)) as Structured;
    return { rows: records ?? [], affected, insertId: (raw as { insertId?: number }).insertId ?? 0 };
  };
  return {
    dialect: 'mysql',
    query,
    async batch(statements) {
      if (statements.length === 0) return;
      await query(
        statements.map(({ sql }) => sql).join(';'),
        statements.flatMap(({ params }) => params),
      );
    },
  };
}

const toDriver = (params: readonly Param[]) =>
  params.map((param) => (param instanceof Uint8Array && !Buffer.isBuffer(param) ? Buffer.from(param) : param));

function driverError(error: unknown): { errno?: number; code?: string; fatal?: boolean } {
  const inner = (error as { driverError?: unknown } | null)?.driverError ?? error;
  return typeof inner === 'object' && inner !== null ? inner : {};
}
