/** The TypeORM data source behind a Database, for the parts of this room that need it (migrations, agenda). */
import type { DataSource, QueryRunner } from 'typeorm';
import type { Database } from './port.ts';

export interface Source {
  readonly dataSource: DataSource;
  /** Runs `work` on a connection that nobody else uses meanwhile; on SQLite inside the gate. */
  readonly alone: <T>(work: (runner: QueryRunner) => Promise<T>) => Promise<T>;
}

const sources = new WeakMap<Database, Source>();

export function remember(database: Database, source: Source): Database {
  sources.set(database, source);
  return database;
}

export function sourceOf(database: Database): Source {
  const source = sources.get(database);
  if (!source) throw new Error('This Database was not opened by openDatabase');
  return source;
}
