/** Versioned settings: a change is a new version, the old ones stay. */
import type { Reader, Tx } from '../store/database.ts';

export type SettingKind = 'role' | 'rota' | 'calendar' | 'holidays' | 'admins' | 'apart' | 'webhook';

export async function currentSettings(reader: Reader, kind: SettingKind): Promise<{ name: string; body: unknown }[]> {
  const rows = await reader.rows<{ name: string; body: string }>(
    'SELECT name, body FROM setting WHERE kind = ? AND current_key IS NOT NULL ORDER BY name',
    [kind],
  );
  return rows.map(({ name, body }) => ({ name, body: JSON.parse(body) as unknown }));
}

/** @returns undefined: there is none under this name */
export async function currentSetting(reader: Reader, kind: SettingKind, name: string): Promise<unknown> {
  const row = await reader.one<{ body: string }>('SELECT body FROM setting WHERE kind = ? AND current_key = ?', [
    kind,
    name,
  ]);
  return row === null ? undefined : (JSON.parse(row.body) as unknown);
}

/** The next version, in force at once. The caller holds the directory's lock, so no two take one number. */
export async function saveSetting(tx: Tx, kind: SettingKind, name: string, body: unknown): Promise<void> {
  const last = await tx.one<{ version: number | null }>(
    'SELECT MAX(version) AS version FROM setting WHERE kind = ? AND name = ?',
    [kind, name],
  );
  await tx.run('UPDATE setting SET current_key = NULL WHERE kind = ? AND name = ? AND current_key IS NOT NULL', [
    kind,
    name,
  ]);
  const version = (last?.version ?? 0) + 1;
  await tx.insert('setting', [{ kind, name, version, body: JSON.stringify(body), secret: null, current_key: name }]);
}
