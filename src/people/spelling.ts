/** How a platform spells an account that we keep in small letters. */
import type { Database } from '../store/database.ts';

/** @returns null for an account that no sync has told of */
export async function spellingOf(db: Database, workspaceId: string, account: string): Promise<string | null> {
  const sql = 'SELECT account_verbatim FROM identity WHERE workspace_id = ? AND account = ?';
  const found = await db.read((reader) => reader.one<{ account_verbatim: string }>(sql, [workspaceId, account]));
  return found?.account_verbatim ?? null;
}
