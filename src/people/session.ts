/** Sessions of signed-in people: 30 days at most, ended after 7 days without use, at sign-out, or when the person leaves. */
import type { Directory, PersonId } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Database } from '../store/database.ts';
import { makeRecent } from './recent.ts';
import { hashOf, looksLikeToken, makeSecretToken } from './secretToken.ts';

const DAY_MS = 86_400_000;
const LIFE_MS = 30 * DAY_MS;
export const IDLE_MS = 7 * DAY_MS;
/** `seen_at` is written this often at most, so that reading pages writes next to nothing. */
const SEEN_EVERY_MS = 3_600_000;

interface Session {
  readonly personId: PersonId;
  /** Where they signed in; null: by a link. */
  readonly workspaceId: string | null;
  /** Epoch ms. */
  readonly until: number;
}

export interface Sessions {
  /** @returns the token for the cookie; only its hash is kept */
  open(who: { personId: PersonId; workspaceId: string | null }): Promise<{ token: string; until: number }>;
  /** At most one query by primary key, remembered for 5 s. @returns null when the token is not good (any more) */
  check(token: string): Promise<Session | null>;
  close(token: string): Promise<void>;
  closeAllOf(personId: PersonId): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly directory: () => Directory;
  readonly clock: Clock;
  readonly log: Log;
}
interface Row {
  readonly person_id: number;
  readonly workspace_id: string | null;
  readonly seen_at: number;
  readonly until: number;
}

export function makeSessions({ db, directory, clock, log }: Parts): Sessions {
  const recent = makeRecent<Session | null>(clock);

  const look = async (hash: string): Promise<Session | null> => {
    const now = clock();
    const row = await db.read((reader) =>
      reader.one<Row>(
        'SELECT person_id, workspace_id, seen_at, until FROM session WHERE token_hash = ? AND revoked_at IS NULL',
        [hash],
      ),
    );
    if (!row || row.until <= now || row.seen_at + IDLE_MS <= now) return null;
    if (row.seen_at + SEEN_EVERY_MS <= now) void see(hash, now);
    return { personId: row.person_id, workspaceId: row.workspace_id, until: row.until };
  };
  const see = async (hash: string, now: number) => {
    try {
      await db.write((tx) => tx.run('UPDATE session SET seen_at = ? WHERE token_hash = ?', [now, hash]));
    } catch (error) {
      log.warn('a session was not marked as seen', { error });
    }
  };

  return {
    async open({ personId, workspaceId }) {
      const token = makeSecretToken();
      const now = clock();
      const row = { token_hash: hashOf(token), person_id: personId, workspace_id: workspaceId };
      const times = { made_at: now, seen_at: now, until: now + LIFE_MS, revoked_at: null };
      await db.write((tx) => tx.insert('session', [{ ...row, ...times }]));
      return { token, until: now + LIFE_MS };
    },

    async check(token) {
      if (!looksLikeToken(token)) return null;
      const hash = hashOf(token);
      const session = await recent.of(hash, () => look(hash));
      return session && directory().people.get(session.personId)?.active ? session : null;
    },

    async close(token) {
      const hash = hashOf(token);
      await db.write((tx) =>
        tx.run('UPDATE session SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL', [clock(), hash]),
      );
      recent.forget(hash);
    },

    async closeAllOf(personId) {
      await db.write((tx) =>
        tx.run('UPDATE session SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL', [clock(), personId]),
      );
      recent.forgetAll();
    },
  };
}
