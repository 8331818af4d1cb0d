/** Taking work that is due, so that of many workers each gets other rows, and a dead worker's rows come back. */
import type { Param, Reader, Tx } from './port.ts';

/** Ends a SELECT inside `write`: its rows stay as they are until the commit. SQLite has one writer, so it needs nothing. */
export const forUpdate = ({ dialect }: Reader): string => (dialect === 'mysql' ? ' FOR UPDATE' : '');
/** As `forUpdate`, and rows that another transaction holds are left out. */
export const skipLocked = ({ dialect }: Reader): string => (dialect === 'mysql' ? ' FOR UPDATE SKIP LOCKED' : '');

export interface Claim {
  readonly id: number;
  /** Settling names it: `UPDATE … WHERE id = ? AND fence = ?` changes nothing once somebody else has claimed the row. */
  readonly fence: number;
}

export interface Due {
  readonly table: 'outbox' | 'timer';
  readonly now: number;
  /** How long the claim holds. A worker that dies leaves the row due again after it. */
  readonly leaseMs: number;
  readonly limit: number;
  /** More conditions, as `class = ?`; they come first, to fit the index. */
  readonly where?: { readonly sql: string; readonly params: readonly Param[] };
}

/** Claims rows with `due_at` ≤ now, earliest first. @returns them whole, with the fence that settles them */
export async function claimDue<T extends Claim>(tx: Tx, { table, now, leaseMs, limit, where }: Due): Promise<T[]> {
  const found = await tx.rows<T>(
    `SELECT * FROM ${table} WHERE ${where ? `${where.sql} AND ` : ''}due_at <= ? ORDER BY due_at, id LIMIT ?${skipLocked(tx)}`,
    [...(where?.params ?? []), now, limit],
  );
  if (found.length === 0) return [];
  await tx.run(`UPDATE ${table} SET due_at = ?, fence = fence + 1 WHERE id IN (${found.map(() => '?').join(',')})`, [
    now + leaseMs,
    ...found.map(({ id }) => id),
  ]);
  return found.map((row) => ({ ...row, fence: row.fence + 1 }));
}
