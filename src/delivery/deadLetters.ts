/** What could not be delivered: seen, and sent again one by one or all. */
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { Database } from '../store/database.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';

export interface DeadLetter {
  readonly id: number;
  readonly kind: string;
  readonly ticketId: number | null;
  readonly ticketNumber: string | null;
  /** For whom it was; null: for a group, or for nobody. */
  readonly personId: number | null;
  /** The group or one-to-one chat, where the row names it. */
  readonly chat: string | null;
  readonly workspace: string | null;
  readonly madeAt: number;
  readonly deadAt: number;
  readonly attempts: number;
  /** The platform's words: for operators, not for requesters. */
  readonly error: string;
}

export interface DeadLetters {
  /** Newest first. */
  list(limit: number, before?: number): Promise<DeadLetter[]>;
  /** Puts it back with fresh tries. @throws Refused `not_found` */
  resend(id: number): Promise<void>;
  /** Puts all of them back: after a setting was mended. @returns how many */
  resendAll(): Promise<number>;
}

export function makeDeadLetters({ db, clock, wake }: { db: Database; clock: Clock; wake: () => void }): DeadLetters {
  return {
    list: (limit, before = Number.MAX_SAFE_INTEGER) =>
      db.read(async (reader) => {
        const rows = await reader.rows<OutboxRow & { number: string | null }>(
          `SELECT o.*, t.number FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket_id
           WHERE o.dead_at IS NOT NULL AND o.id < ? ORDER BY o.id DESC LIMIT ?`,
          [before, limit],
        );
        return rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          ticketId: row.ticket_id,
          ticketNumber: row.number,
          workspace: row.workspace_id,
          ...addressee(row),
          madeAt: row.made_at,
          deadAt: row.dead_at ?? 0,
          attempts: row.attempts,
          error: row.error ?? '',
        }));
      }),
    async resend(id) {
      await db.write(async (tx) => {
        const found = await tx.run(`${BACK} WHERE id = ? AND dead_at IS NOT NULL`, [clock(), id]);
        if (found === 0) throw new Refused(refuse('not_found'));
        tx.afterCommit(wake);
      });
    },
    resendAll: () =>
      db.write(async (tx) => {
        tx.afterCommit(wake);
        return tx.run(`${BACK} WHERE dead_at IS NOT NULL`, [clock()]);
      }),
  };
}

const BACK = "UPDATE outbox SET state = 'waiting', due_at = ?, attempts = 0, dead_at = NULL, error = NULL";

const Addressee = z.object({ personId: z.number().nullable().catch(null), chat: z.string().nullable().catch(null) });
const addressee = ({ payload }: OutboxRow) => Addressee.parse(JSON.parse(payload ?? '{}'));
