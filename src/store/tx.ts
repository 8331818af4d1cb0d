/** Reader and Tx over one connection, the same for both engines. */
import type { Log } from '../lib/log.ts';
import type { Dialect, NewRow, Param, Reader, Statement, Tx } from './port.ts';
import { insertStatements, statementsOf } from './statement.ts';

/** What a statement gave. `rows` for a SELECT; the other two for a change. */
export interface Outcome {
  readonly rows: readonly unknown[];
  readonly affected: number;
  readonly insertId: number;
}

export interface Connection {
  readonly dialect: Dialect;
  readonly query: (sql: string, params: readonly Param[]) => Promise<Outcome>;
  /** The rows of each SELECT; in one round trip if the engine can. */
  readonly selects: (statements: readonly Statement[]) => Promise<unknown[][]>;
  /** All in one round trip if the engine can; stops at the first failure. */
  readonly batch: (statements: readonly Statement[]) => Promise<void>;
  /** As `batch`, and nothing comes after it but the commit. */
  readonly lastBatch: (statements: readonly Statement[]) => Promise<void>;
}

export function makeReader({ dialect, query, selects }: Pick<Connection, 'dialect' | 'query' | 'selects'>): Reader {
  return {
    dialect,
    rows: async <T>(sql: string, params: readonly Param[] = []) => (await query(sql, params)).rows as T[],
    one: async <T>(sql: string, params: readonly Param[] = []) =>
      ((await query(sql, params)).rows[0] ?? null) as T | null,
    all: selects,
  };
}

/** @returns the Tx, and `committed` to call once after the commit */
export function makeTx(connection: Connection, log: Log): { tx: Tx; committed: () => void } {
  const { query, batch, lastBatch } = connection;
  const waiting: (() => void)[] = [];
  const tx: Tx = {
    ...makeReader(connection),
    run: async (sql, params = []) => (await query(sql, params)).affected,
    insert: async (table, rows) => {
      for (const { sql, params } of insertStatements({ table, rows })) await query(sql, params);
    },
    insertAll: (parts) => batch(parts.flatMap(statementsOf)),
    insertLast: (parts) => lastBatch(parts.flatMap(statementsOf)),
    insertId: async (table: string, row: NewRow) => {
      const [statement] = insertStatements({ table, rows: [row] });
      if (!statement) throw new Error(`Nothing to insert into ${table}`);
      return (await query(statement.sql, statement.params)).insertId;
    },
    afterCommit: (work) => void waiting.push(work),
  };
  const committed = () => {
    for (const work of waiting) {
      try {
        work();
      } catch (error) {
        log.error('work after a commit failed', { error });
      }
    }
  };
  return { tx, committed };
}
