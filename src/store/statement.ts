/** SQL text that both engines accept. */
import type { InsertPart, NewRow, Param, Part, Statement } from './port.ts';

/** SQLite takes at most 32,766 parameters in a statement. */
const MOST_PARAMS = 30_000;
const NAME = /^[a-z][a-z0-9_]*$/;

export const statementsOf = (part: Part): Statement[] => ('sql' in part ? [part] : insertStatements(part));

/** INSERT (or REPLACE) statements for the rows: one, unless their parameters are too many for one. */
export function insertStatements({ table, rows, replace = false }: InsertPart): Statement[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first);
  for (const name of [table, ...columns])
    if (!NAME.test(name)) throw new Error(`Not a table or column name: "${name}"`);
  const perStatement = Math.max(1, Math.floor(MOST_PARAMS / columns.length));
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += perStatement) {
    statements.push(insertOf(replace ? 'REPLACE' : 'INSERT', table, columns, rows.slice(from, from + perStatement)));
  }
  return statements;
}

function insertOf(
  verb: 'INSERT' | 'REPLACE',
  table: string,
  columns: readonly string[],
  rows: readonly NewRow[],
): Statement {
  const params: Param[] = [];
  for (const row of rows) for (const column of columns) params.push(row[column] ?? null);
  const places = `(${columns.map(() => '?').join(',')})`;
  const sql = `${verb} INTO ${table} (${columns.join(',')}) VALUES ${rows.map(() => places).join(',')}`;
  return { sql, params };
}
