/** Tokens for programs that call the API in a person's name, within scopes. */
import type { Directory, PersonId } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import type { Database } from '../store/database.ts';
import { makeRecent } from './recent.ts';
import { hashOf, looksLikeToken, makeSecretToken } from './secretToken.ts';

const PREFIX = 'pd_';

/** `read`: whatever the person may see. `write`: also file, act and comment. `admin`: also what only admins may do. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

interface ApiToken {
  readonly id: number;
  readonly personId: PersonId;
  readonly scopes: readonly Scope[];
}

export interface ApiTokens {
  /** @param until epoch ms; null: until revoked. @returns the token, shown this once */
  make(of: {
    personId: PersonId;
    scopes: readonly Scope[];
    until: number | null;
  }): Promise<{ id: number; token: string }>;
  /** At most one query by unique key, remembered for 5 s. @returns null when the token is not good (any more) */
  check(token: string): Promise<ApiToken | null>;
  /** @returns false when there is no such token, or it was revoked before */
  revoke(id: number): Promise<boolean>;
}

interface Parts {
  readonly db: Database;
  readonly directory: () => Directory;
  readonly clock: Clock;
}
interface Row {
  readonly id: number;
  readonly person_id: number;
  readonly scopes: string;
  readonly until: number | null;
}

export function makeApiTokens({ db, directory, clock }: Parts): ApiTokens {
  const recent = makeRecent<(ApiToken & { until: number | null }) | null>(clock);

  const look = async (hash: string) => {
    const sql = 'SELECT id, person_id, scopes, until FROM api_token WHERE hash = ? AND revoked_at IS NULL';
    const row = await db.read((reader) => reader.one<Row>(sql, [hash]));
    if (!row) return null;
    const { id, person_id: personId, until } = row;
    return { id, personId, scopes: JSON.parse(row.scopes) as Scope[], until };
  };

  return {
    async make({ personId, scopes, until }) {
      const token = makeSecretToken(PREFIX);
      const row = { hash: hashOf(token), person_id: personId, scopes: JSON.stringify(scopes), until, revoked_at: null };
      return { id: await db.write((tx) => tx.insertId('api_token', row)), token };
    },

    async check(token) {
      if (!looksLikeToken(token, PREFIX)) return null;
      const hash = hashOf(token);
      const found = await recent.of(hash, () => look(hash));
      const late = found?.until != null && found.until <= clock();
      if (!found || late || !directory().people.get(found.personId)?.active) return null;
      return { id: found.id, personId: found.personId, scopes: found.scopes };
    },

    async revoke(id) {
      const sql = 'UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL';
      const count = await db.write((tx) => tx.run(sql, [clock(), id]));
      recent.forgetAll();
      return count === 1;
    },
  };
}
