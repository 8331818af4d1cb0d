/** Many rows with few statements. */
import type { Param, Reader, Tx } from '../store/database.ts';

/** Rows a statement: well below what either engine takes, and few enough statements for 100,000 people. */
const CHUNK = 400;

export function chunksOf<T>(all: readonly T[], size = CHUNK): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < all.length; from += size) chunks.push(all.slice(from, from + size));
  return chunks;
}

export const places = (list: readonly unknown[]): string => list.map(() => '?').join(',');

/** `DELETE … WHERE <where> AND <column> IN (…)`. */
export async function deleteIn(
  tx: Tx,
  from: string,
  column: string,
  values: readonly Param[],
  where = '1 = 1',
  params: readonly Param[] = [],
) {
  for (const chunk of chunksOf(values)) {
    await tx.run(`DELETE FROM ${from} WHERE ${where} AND ${column} IN (${places(chunk)})`, [...params, ...chunk]);
  }
}

/** Sets these columns, to another value in each row. Both engines check unique keys row by row. */
export async function updateEach(
  tx: Tx,
  table: string,
  rows: readonly ({ id: number } & Record<string, Param>)[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).filter((column) => column !== 'id');
  for (const chunk of chunksOf(rows)) {
    const params: Param[] = [];
    const sets = columns.map((column) => {
      for (const row of chunk) params.push(row.id, row[column] ?? null);
      return `${column} = CASE id ${chunk.map(() => 'WHEN ? THEN ?').join(' ')} END`;
    });
    const ids = chunk.map(({ id }) => id);
    await tx.run(`UPDATE ${table} SET ${sets.join(', ')} WHERE id IN (${places(ids)})`, [...params, ...ids]);
  }
}

export async function readIn<T>(reader: Reader, sql: string, values: readonly Param[]): Promise<T[]> {
  const rows: T[] = [];
  for (const chunk of chunksOf(values)) rows.push(...(await reader.rows<T>(`${sql} IN (${places(chunk)})`, chunk)));
  return rows;
}
