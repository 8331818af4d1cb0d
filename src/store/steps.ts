/**
 * Steps of a migration: each is one statement that may be run again, because on MySQL every DDL statement commits and the
 * process may die between any two.
 */
import type { QueryRunner } from 'typeorm';

export interface TableStep {
  /**
   * One column a line, types that both engines know. Two words of our own: `autoid` (a primary key that counts by itself)
   * and `ascii(n)` (a varchar of ASCII, compared byte by byte).
   */
  readonly columns: string;
  /** Absent where a column is an `autoid`. */
  readonly primary?: string;
  readonly unique?: Readonly<Record<string, string>>;
  readonly index?: Readonly<Record<string, string>>;
}

const isSqlite = (runner: QueryRunner) => runner.dataSource.options.type === 'better-sqlite3';

export async function createTable(runner: QueryRunner, table: string, step: TableStep): Promise<void> {
  for (const sql of isSqlite(runner) ? sqliteTable(table, step) : mysqlTable(table, step)) await runner.query(sql);
}

export async function addIndex(runner: QueryRunner, table: string, name: string, on: string): Promise<void> {
  if (!(await hasIndex(runner, table, name))) await runner.query(`CREATE INDEX ${name} ON ${table} (${on})`);
}

export async function dropIndex(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (await hasIndex(runner, table, name))
    await runner.query(isSqlite(runner) ? `DROP INDEX ${name}` : `DROP INDEX ${name} ON ${table}`);
}

/** @param type  one that both engines know; the column may be NULL, so rows that stand need no value */
export async function addColumn(runner: QueryRunner, table: string, name: string, type: string): Promise<void> {
  if (!(await hasColumn(runner, table, name))) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
}

export async function dropColumn(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (await hasColumn(runner, table, name)) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
}

async function hasColumn(runner: QueryRunner, table: string, name: string): Promise<boolean> {
  const sql = isSqlite(runner)
    ? 'SELECT 1 FROM pragma_table_info(?) WHERE name = ?'
    : 'SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?';
  return ((await runner.query(sql, [table, name])) as unknown[]).length > 0;
}

async function hasIndex(runner: QueryRunner, table: string, name: string): Promise<boolean> {
  const sql = isSqlite(runner)
    ? "SELECT 1 FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND name = ?"
    : 'SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1';
  return ((await runner.query(sql, [table, name])) as unknown[]).length > 0;
}

/** MySQL 8 has no CREATE INDEX IF NOT EXISTS, so the indexes come with the table. */
function mysqlTable(table: string, { columns, primary, unique = {}, index = {} }: TableStep): string[] {
  const types = columns
    .trim()
    .replace(/\bautoid\b/g, 'bigint NOT NULL AUTO_INCREMENT PRIMARY KEY')
    .replace(/\bascii\((\d+)\)/g, 'varchar($1) CHARACTER SET ascii COLLATE ascii_bin');
  const parts = [
    types,
    ...(primary ? [`PRIMARY KEY (${primary})`] : []),
    ...Object.entries(unique).map(([name, on]) => `UNIQUE KEY ${name} (${on})`),
    ...Object.entries(index).map(([name, on]) => `KEY ${name} (${on})`),
  ];
  const options = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
  return [`CREATE TABLE IF NOT EXISTS ${table} (${parts.join(', ')}) ${options}`];
}

function sqliteTable(table: string, { columns, primary, unique = {}, index = {} }: TableStep): string[] {
  const types = columns
    .trim()
    .replace(/\bautoid\b/g, 'integer NOT NULL PRIMARY KEY AUTOINCREMENT')
    .replace(/\bascii\(/g, 'varchar(');
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (${types}${primary ? `, PRIMARY KEY (${primary})` : ''})`,
    ...Object.entries(unique).map(([name, on]) => `CREATE UNIQUE INDEX IF NOT EXISTS ${name} ON ${table} (${on})`),
    ...Object.entries(index).map(([name, on]) => `CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${on})`),
  ];
}
