/**
 * One pooled MySQL connection, lent for one read or one transaction.
 *
 * Statements go to mysql2's connection under TypeORM's query runner: the runner's own `query` costs 30 µs of CPU more a
 * call. They go as text and not prepared, START TRANSACTION rides with the first one, and `batch` sends many in one trip:
 * together 0.7 of the CPU that prepared statements one by one cost, in client and server (docs/decisions/0002).
 */
import type { PoolConnection } from 'mysql2';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Param, Statement } from './port.ts';
import { QueryError } from './queryError.ts';
import type { Connection, Outcome } from './tx.ts';

/** An act that waits longer for a row than this is better told so. */
const LOCK_WAIT_S = 2;
const SET_UP = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // Strict: what does not fit is an error. Without NO_BACKSLASH_ESCAPES, which mysql2's escaping relies on.
  "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'",
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_S}`,
].join(';');

const START: Statement = { sql: 'START TRANSACTION', params: [] };
const COMMIT: Statement = { sql: 'COMMIT', params: [] };

export interface Session extends Connection {
  readonly runner: QueryRunner;
  /** What follows is one transaction. Sent with the first statement. @param atCommit  called before a COMMIT goes out */
  readonly begin: (atCommit: () => void) => void;
  readonly end: (how: 'COMMIT' | 'ROLLBACK') => Promise<void>;
  /** The connection goes back to nobody. */
  readonly destroy: () => void;
}

/** Lends a session to `work`, set up as the SQL here expects. */
export function makePool(dataSource: DataSource): <T>(work: (session: Session) => Promise<T>) => Promise<T> {
  const ready = new WeakSet<object>();
  return async (work) => {
    const runner = dataSource.createQueryRunner();
    const connection = (await runner.connect()) as PoolConnection;
    try {
      if (!ready.has(connection)) {
        await send(connection, SET_UP, []);
        ready.add(connection);
      }
      return await work(sessionOf(runner, connection));
    } finally {
      await runner.release();
    }
  };
}

function sessionOf(runner: QueryRunner, connection: PoolConnection): Session {
  let state: 'none' | 'asked' | 'begun' | 'over' = 'none';
  let atCommit = () => {};
  /** The first time with START TRANSACTION in front. @returns a result for each statement */
  const sendAll = async (statements: readonly Statement[]): Promise<unknown[]> => {
    if (statements.length === 0) return [];
    // It would be no part of the transaction.
    if (state === 'over') throw new Error('A statement after the last one of a transaction');
    const begins = state === 'asked';
    const all = begins ? [START, ...statements] : statements;
    if (begins) state = 'begun';
    const params = all.length === 1 ? (all[0]?.params ?? []) : all.flatMap((one) => [...one.params]);
    const result = await send(connection, all.map(({ sql }) => sql).join(';'), params);
    return all.length === 1 ? [result] : (result as unknown[]).slice(begins ? 1 : 0);
  };
  return {
    runner,
    dialect: 'mysql',
    query: async (sql, params) => outcomeOf((await sendAll([{ sql, params }]))[0]),
    selects: async (statements) => (await sendAll(statements)) as unknown[][],
    batch: async (statements) => void (await sendAll(statements)),
    async lastBatch(statements) {
      if (statements.length === 0) return;
      atCommit();
      // A statement that fails ends the batch before its COMMIT.
      await sendAll([...statements, COMMIT]);
      state = 'over';
    },
    begin(call) {
      state = 'asked';
      atCommit = call;
    },
    async end(how) {
      if (state !== 'begun') return;
      if (how === 'COMMIT') atCommit();
      await send(connection, how, []);
    },
    destroy: () => connection.destroy(),
  };
}

function send(connection: PoolConnection, sql: string, params: readonly Param[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query(sql, params.map(toDriver), (error, result) =>
      error ? reject(new QueryError(error, sql)) : resolve(result),
    );
  });
}

const toDriver = (param: Param) =>
  param instanceof Uint8Array && !Buffer.isBuffer(param) ? Buffer.from(param) : param;

/** A SELECT gives its rows, a change a header. */
function outcomeOf(result: unknown): Outcome {
  if (Array.isArray(result)) return { rows: result, affected: 0, insertId: 0 };
  const { affectedRows = 0, insertId = 0 } = (result ?? {}) as { affectedRows?: number; insertId?: number };
  return { rows: [], affected: affectedRows, insertId };
}
