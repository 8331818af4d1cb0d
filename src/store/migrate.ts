/**
 * Brings a database to the present schema. Safe to call from two processes at once and after an interruption anywhere:
 * on SQLite all of it is one transaction; on MySQL, where DDL commits, it stands under a named lock and every step may
 * run again.
 */
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { Database } from './port.ts';
import { sourceOf } from './source.ts';

/** Another process may be copying a large table. */
const LOCK_WAIT_S = 600;

/** @returns names of the migrations that ran, oldest first */
export async function migrate(database: Database): Promise<string[]> {
  const { dataSource, alone } = sourceOf(database);
  return alone(async (runner) => {
    const run = async () => (await executor(dataSource, runner).executePendingMigrations()).map(({ name }) => name);
    return database.dialect === 'mysql' ? locked(runner, run) : run();
  });
}

/** @returns names of the migrations still to run; the service is not ready while there are any */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const { dataSource, alone } = sourceOf(database);
  return alone(async (runner) => (await executor(dataSource, runner).getPendingMigrations()).map(({ name }) => name));
}

function executor(dataSource: DataSource, runner: QueryRunner): MigrationExecutor {
  const made = new MigrationExecutor(dataSource, runner);
  made.transaction = 'none';
  return made;
}

/** The lock goes away with its connection, so a killed process leaves none behind. */
async function locked<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  const got = (await runner.query("SELECT GET_LOCK(CONCAT('paidan migrate ', DATABASE()), ?) AS got", [
    LOCK_WAIT_S,
  ])) as {
    got: number;
  }[];
  if (got[0]?.got !== 1) throw new Error(`Another process has been migrating this database for ${LOCK_WAIT_S} s`);
  try {
    return await work();
  } finally {
    await runner.query("DO RELEASE_LOCK(CONCAT('paidan migrate ', DATABASE()))");
  }
}
