/** What the other rooms hold of a database. Import these through `database.ts`. */
export type Param = string | number | null | Uint8Array;
export type Row = Record<string, unknown>;
export interface Statement {
  readonly sql: string;
  readonly params: readonly Param[];
}
/** One row to insert. `undefined` is stored as NULL. */
export type NewRow = Readonly<Record<string, Param | undefined>>;
export type Dialect = 'sqlite' | 'mysql';

/** Rows for one table. `replace`: a row that stands under the same key gives way to the new one. */
export interface InsertPart {
  readonly table: string;
  readonly rows: readonly NewRow[];
  readonly replace?: boolean;
}

/** A change that is sent along with inserts; how many rows it matched is not told. */
export type ChangePart = Statement;
export type Part = InsertPart | ChangePart;

/** `?` placeholders only; expand lists to `?,?,?`. Numbers, counts and sums come back as numbers, JSON as its text. */
export interface Reader {
  readonly dialect: Dialect;
  rows<T = Row>(sql: string, params?: readonly Param[]): Promise<T[]>;
  /** The first row, or null. */
  one<T = Row>(sql: string, params?: readonly Param[]): Promise<T | null>;
  /** The rows of each SELECT, in one round trip where the engine can. */
  all(selects: readonly Statement[]): Promise<unknown[][]>;
}

export interface Tx extends Reader {
  /** @returns rows that matched (UPDATE, DELETE) or were made, the same on both engines */
  run(sql: string, params?: readonly Param[]): Promise<number>;
  /** One multi-row INSERT; the columns are those of the first row. No rows: nothing happens. */
  insert(table: string, rows: readonly NewRow[]): Promise<void>;
  /** Many tables in one round trip where the engine can; in order, and the first failure ends it. */
  insertAll(parts: readonly Part[]): Promise<void>;
  /** As `insertAll`, at the very end: the commit rides along where the engine can. Nothing may follow. */
  insertLast(parts: readonly Part[]): Promise<void>;
  /** Inserts one row into a table whose `id` counts by itself. @returns the new id */
  insertId(table: string, row: NewRow): Promise<number>;
  /** Runs once when the transaction has committed, before `write` answers. Its errors are logged, never thrown. */
  afterCommit(work: () => void): void;
}

export interface Database {
  readonly dialect: Dialect;
  /**
   * Sees only what is committed and takes no lock. Two statements may see two moments. Runs again as a whole when the
   * connection was lost.
   */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * One transaction: what `work` did is durable when this resolves, and gone when it rejects.
   * SQLite: one at a time, in order of the calls. MySQL: READ COMMITTED, and run again as a whole after a deadlock, a lock
   * timeout or a connection lost before the commit, so `work` must be repeatable. Never call `write` inside `write`.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Was a unique key violated? The statement did nothing then, and the transaction may go on. */
  isDuplicate(error: unknown): boolean;
  /** Takes no new work, waits for what is running, closes. */
  close(): Promise<void>;
}
