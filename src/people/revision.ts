/** The revision of the directory: raised in every transaction that changes people, departments, roles or admins. */
import type { Cache } from '../store/cache.ts';
import type { Reader, Tx } from '../store/database.ts';

/** The channel on which a change is announced; the text is the workspace or the role, for logs only. */
export const DIRECTORY_CHANNEL = 'directory';

/** What this room needs of the store's cache. */
export type Announcer = Pick<Cache, 'publish' | 'subscribe'>;

export async function revisionOf(reader: Reader): Promise<number> {
  const row = await reader.one<{ revision: number }>('SELECT revision FROM directory WHERE id = 1');
  if (!row) throw new Error('The table "directory" has no row: run `npx paidan migrate`');
  return row.revision;
}

/** One writer of the directory at a time; the others wait here. Writing an equal value locks the row all the same. */
export async function lockDirectory(tx: Tx): Promise<void> {
  await tx.run('UPDATE directory SET revision = revision WHERE id = 1');
}

export async function raiseRevision(tx: Tx): Promise<void> {
  await tx.run('UPDATE directory SET revision = revision + 1 WHERE id = 1');
}
