/**
 * A statement that failed. It carries the SQL with its placeholders and never a value: drivers put parameters into their
 * errors, and errors are logged.
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** The driver's: `ER_DUP_ENTRY`, `SQLITE_BUSY`, `ECONNRESET` … */
  readonly code: string;
  readonly sql: string;
  /** The connection is gone, and with it the transaction. */
  readonly isLost: boolean;

  constructor(cause: unknown, sql: string) {
    const { code = '', message = '', fatal = false } = driverError(cause);
    super(`${code || 'query failed'}: ${withoutValues(message)}`);
    this.code = code;
    this.sql = sql;
    this.isLost = fatal;
  }
}

const codes = {
  duplicate: /^(ER_DUP_ENTRY|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID))$/,
  /** The engine gave this transaction up for another one's sake. */
  again: /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT)$/,
  busy: /^SQLITE_BUSY/,
};

export const isQueryError = (error: unknown, kind: keyof typeof codes): boolean =>
  error instanceof QueryError && codes[kind].test(error.code);

function driverError(cause: unknown): { code?: string; message?: string; fatal?: boolean } {
  const inner = (cause as { driverError?: unknown } | null)?.driverError ?? cause;
  return typeof inner === 'object' && inner !== null ? inner : {};
}

/** MySQL quotes the offending value: "Duplicate entry 'a@b.c' for key …", "Incorrect string value: '…' for column …". */
const withoutValues = (message: string) => message.replace(/\b(entry|value:?) '.*' (for)\b/s, '$1 $2');
