/** One-time links. A link proves nothing about who opens it; what it is good for is its purpose. */
import type { Clock } from '../lib/clock.ts';
import type { Database, Reader } from '../store/database.ts';
import { hashOf, looksLikeToken, makeSecretToken } from './secretToken.ts';

const LIFE_MS = 24 * 3_600_000;

/** @returns the token, which is not kept */
export async function makeLoginLink(
  db: Database,
  { purpose, clock }: { purpose: string; clock: Clock },
): Promise<string> {
  const token = makeSecretToken();
  const row = { hash: hashOf(token), purpose, until: clock() + LIFE_MS, used_at: null };
  await db.write((tx) => tx.insert('login_link', [row]));
  return token;
}

/** @returns the purpose of a link that still works; null for any other */
export async function loginLinkIn(
  reader: Reader,
  { token, now }: { token: string; now: number },
): Promise<string | null> {
  if (!looksLikeToken(token)) return null;
  const row = await reader.one<{ purpose: string }>(
    'SELECT purpose FROM login_link WHERE hash = ? AND used_at IS NULL AND until > ?',
    [hashOf(token), now],
  );
  return row?.purpose ?? null;
}
