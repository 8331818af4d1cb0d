/** Opens the database that the configuration names. The one way to it for every other room. */
import type { Log } from '../lib/log.ts';
import { openMysql } from './mysql.ts';
import type { Database } from './port.ts';
import { schemaFor } from './schema.ts';
import { openSqlite } from './sqlite.ts';

export type { Database, Dialect, InsertPart, NewRow, Param, Part, Reader, Tx } from './port.ts';

/**
 * @param url `sqlite:path`, `sqlite::memory:` (a temporary file, gone when closed) or `mysql://user:password@host:3306/name`
 * @param poolSize connections to MySQL; SQLite has one that writes and one that reads
 */
export async function openDatabase({
  url,
  log,
  poolSize = 10,
}: {
  url: string;
  log: Log;
  poolSize?: number;
}): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    return openSqlite({ path: url.slice('sqlite:'.length), schema: schemaFor('sqlite'), log });
  }
  if (url.startsWith('mysql:')) return openMysql({ url, schema: schemaFor('mysql'), log, poolSize });
  throw new Error(`database.url starts with "${url.split(':')[0] ?? ''}:", expected "sqlite:" or "mysql:"`);
}
