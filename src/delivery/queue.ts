/**
 * The outbox as a queue: claimed with a lease and a fence, settled only by who holds the fence. A lane (a ticket and a
 * receiver) goes out in order: only its head is ever claimed, and rows behind a head that must wait, wait with it.
 */
import type { Clock } from '../lib/clock.ts';
import { claimDue } from '../store/claim.ts';
import type { Database, Param, Reader } from '../store/database.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';
import { retryAt } from './retry.ts';

export const LEASE_MS = 30_000;

export type Claimed = OutboxRow;

export type End = 'sent' | 'merged' | 'dropped';

/** One call to a platform, for the ledger. */
export interface Try {
  readonly at: number;
  readonly ms: number;
  readonly call: string;
  readonly code: string;
  readonly result: string;
  readonly platformId: string | null;
}

export interface Queue {
  /** Heads of lanes that are due, oldest first, at most `limit`; each is ours for `LEASE_MS`. */
  claim(limit: number): Promise<Claimed[]>;
  /** Rows of the same card that stand in the lane now: whatever is rendered after this settles them, too. */
  sameCard(row: Claimed): Promise<number[]>;
  /** @returns false when the lease was lost meanwhile: somebody else settles it */
  settle(row: Claimed, end: End, tries: readonly Try[], merged?: readonly number[]): Promise<boolean>;
  /** Puts it off by the schedule, or after `waitMs`; out of tries it becomes a dead letter. */
  later(row: Claimed, because: string, tries: readonly Try[], waitMs?: number): Promise<void>;
  bury(row: Claimed, because: string, tries: readonly Try[]): Promise<void>;
  /** When the next waiting row is due, epoch ms; null: none. */
  nextDue(): Promise<number | null>;
}

const CLASSES = ['now', 'soon', 'bulk'] as const;

/** Nothing that is not settled stands before it in its lane. */
const IS_HEAD =
  'NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.id < outbox.id AND p.due_at IS NOT NULL)';

export function makeQueue({ db, clock, random }: { db: Database; clock: Clock; random: () => number }): Queue {
  const claimClass = (cls: string, limit: number) => {
    const where = { sql: `class = ? AND ${IS_HEAD}`, params: [cls] };
    return db.write((tx) =>
      claimDue<OutboxRow>(tx, { table: 'outbox', now: clock(), leaseMs: LEASE_MS, limit, where }),
    );
  };

  /** Settles by id and fence, and writes the ledger. */
  const end = (
    row: Claimed,
    columns: Readonly<Record<string, Param>>,
    tries: readonly Try[],
    merged: readonly number[] = [],
  ) =>
    db.write(async (tx) => {
      const names = Object.keys(columns);
      const mine = await tx.run(
        `UPDATE outbox SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND fence = ?`,
        [...names.map((name) => columns[name] ?? null), row.id, row.fence],
      );
      const others = merged.filter((id) => id !== row.id);
      if (mine === 1 && others.length > 0)
        await tx.run(
          `UPDATE outbox SET state = 'merged', due_at = NULL WHERE id IN (${marks(others)}) AND due_at IS NOT NULL`,
          others,
        );
      await tx.insert(
        'delivery_try',
        tries.map((t) => tryRow(row.id, t)),
      );
      return mine === 1;
    });

  return {
    async claim(limit) {
      const claimed: Claimed[] = [];
      for (const cls of CLASSES) {
        if (claimed.length < limit) claimed.push(...(await claimClass(cls, limit - claimed.length)));
      }
      return claimed;
    },
    async sameCard(row) {
      const rows = await db.read((reader) =>
        reader.rows<{ id: number }>(
          'SELECT id FROM outbox WHERE lane = ? AND due_at IS NOT NULL AND kind = ? AND payload = ?',
          [row.lane, row.kind, row.payload],
        ),
      );
      return rows.map(({ id }) => id);
    },
    settle: (row, state, tries, merged) =>
      end(row, { state, due_at: null, attempts: row.attempts + 1, error: null }, tries, merged),
    async later(row, because, tries, waitMs) {
      const due = retryAt(row.attempts + 1, clock(), random(), waitMs);
      if (due === null) return void (await end(row, buried(`out of tries: ${because}`), tries));
      await end(row, { due_at: due, attempts: row.attempts + 1, error: because }, tries);
      await db.write((tx) =>
        tx.run('UPDATE outbox SET due_at = ? WHERE lane = ? AND id > ? AND due_at < ?', [due, row.lane, row.id, due]),
      );
    },
    bury: async (row, because, tries) => void (await end(row, buried(because), tries)),
    nextDue: () => db.read(nextDue),
  };

  function buried(because: string): Record<string, Param> {
    return { state: 'dead', due_at: null, dead_at: clock(), error: because };
  }
}

async function nextDue(reader: Reader): Promise<number | null> {
  const row = await reader.one<{ due_at: number | null }>('SELECT MIN(due_at) AS due_at FROM outbox');
  return row?.due_at ?? null;
}

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(',');

const tryRow = (outboxId: number, t: Try) => ({
  outbox_id: outboxId,
  at: t.at,
  ms: t.ms,
  api_call: t.call,
  platform_code: t.code,
  result: t.result,
  platform_id: t.platformId,
});
