/**
 * Leases: at most one process holds a name at a time, and each taking has a higher fence than all before it. Whoever writes
 * on the strength of a lease names its fence, so that one who was paused past the end of its lease changes nothing.
 */
import type { Clock } from '../lib/clock.ts';
import type { Database } from './port.ts';

export interface Lease {
  readonly name: string;
  readonly fence: number;
}

export interface Leases {
  /** @returns null while somebody else holds it. The present owner may take it again, with a new fence. */
  take(name: string, forMs: number): Promise<Lease | null>;
  /** @returns false when it was lost: stop what you do in its name */
  renew(lease: Lease, forMs: number): Promise<boolean>;
  /** Frees it for the next, unless it was lost already. */
  release(lease: Lease): Promise<void>;
}

/** @param owner this process, unlike any other that ever ran (host, pid and start, or random) */
export function makeLeases({ database, clock, owner }: { database: Database; clock: Clock; owner: string }): Leases {
  return {
    async take(name, forMs) {
      const now = clock();
      const found = await database.read((reader) =>
        reader.one<{ owner: string | null; until: number; fence: number }>(
          'SELECT owner, until, fence FROM lease WHERE name = ?',
          [name],
        ),
      );
      if (!found) return begin(database, { name, owner, until: now + forMs });
      if (found.owner !== owner && found.until > now) return null;
      const fence = found.fence + 1;
      const won = await database.write((tx) =>
        tx.run('UPDATE lease SET owner = ?, until = ?, fence = ? WHERE name = ? AND fence = ?', [
          owner,
          now + forMs,
          fence,
          name,
          found.fence,
        ]),
      );
      return won === 1 ? { name, fence } : null;
    },

    async renew({ name, fence }, forMs) {
      const sql = 'UPDATE lease SET until = ? WHERE name = ? AND fence = ? AND owner = ?';
      return (await database.write((tx) => tx.run(sql, [clock() + forMs, name, fence, owner]))) === 1;
    },

    async release({ name, fence }) {
      const sql = 'UPDATE lease SET owner = NULL, until = 0 WHERE name = ? AND fence = ? AND owner = ?';
      await database.write((tx) => tx.run(sql, [name, fence, owner]));
    },
  };
}

/** The first taking ever. Two may try at once: the key lets one win. */
async function begin(database: Database, row: { name: string; owner: string; until: number }): Promise<Lease | null> {
  try {
    await database.write((tx) => tx.insert('lease', [{ ...row, fence: 1 }]));
    return { name: row.name, fence: 1 };
  } catch (error) {
    if (database.isDuplicate(error)) return null;
    throw error;
  }
}
