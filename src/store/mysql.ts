/** MySQL 8 and MariaDB ≥ 10.6: transactions from a pool, READ COMMITTED, run again when the engine asks for it. */
import mysql2 from 'mysql2';
import { DataSource } from 'typeorm';
import type { Log } from '../lib/log.ts';
import { makePool, type Session } from './mysqlSession.ts';
import { ormLog } from './ormLog.ts';
import type { Database } from './port.ts';
import { isQueryError, QueryError } from './queryError.ts';
import { makeRunning } from './running.ts';
import type { Schema } from './schema.ts';
import { remember } from './source.ts';
import { makeReader, makeTx } from './tx.ts';

const MOST_ATTEMPTS = 6;
/** No new attempt after this, so that a caller hears of trouble within about 3 s. */
const PATIENCE_MS = 2_000;

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
    read: (work) => running.track(() => persistently(log, () => pool((session) => work(makeReader(session))))),
    write: (work) =>
      running.track(() =>
        persistently(log, async (atCommit) => {
          let after = () => {};
          const result = await pool((session) => {
            const { tx, committed } = makeTx(session, log);
            after = committed;
            return transaction(session, () => work(tx), atCommit);
          });
          after();
          return result;
        }),
      ),
    isDuplicate: (error) => isQueryError(error, 'duplicate'),
    async close() {
      await running.drain();
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
  return remember(database, { dataSource, alone: (work) => running.track(() => pool(({ runner }) => work(runner))) });
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

async function transaction<T>(session: Session, work: () => Promise<T>, atCommit: () => void): Promise<T> {
  session.begin(atCommit);
  try {
    const result = await work();
    await session.end('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot roll back must not be lent again with the transaction still open.
    await session.end('ROLLBACK').catch(() => session.destroy());
    throw error;
  }
}

/** Again after a deadlock or lock timeout, and after a lost connection unless a commit was already under way. */
async function persistently<T>(log: Log, attempt: (atCommit: () => void) => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (let n = 1; ; n += 1) {
    let committing = false;
    try {
      return await attempt(() => (committing = true));
    } catch (error) {
      const isLost = error instanceof QueryError && error.isLost && !committing;
      if (!(isLost || isQueryError(error, 'again')) || n >= MOST_ATTEMPTS || Date.now() > until) throw error;
      log.info('database work runs again', { code: (error as QueryError).code, attempt: n });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** n));
    }
  }
}
