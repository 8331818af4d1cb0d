/** What could not be delivered: seen, and sent again one by one. */
import type { Clock } from '../lib/clock.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { Database } from '../store/database.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';

export interface DeadLetter {
  readonly id: number;
  readonly kind: string;
  readonly ticketId: number | null;
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
}

export function makeDeadLetters({ db, clock, wake }: { db: Database; clock: Clock; wake: () => void }): DeadLetters {
  return {
    list: (limit, before = Number.MAX_SAFE_INTEGER) =>
      db.read(async (reader) => {
        const rows = await reader.rows<OutboxRow>(
          'SELECT * FROM outbox WHERE dead_at IS NOT NULL AND id < ? ORDER BY id DESC LIMIT ?',
          [before, limit],
        );
        return rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          ticketId: row.ticket_id,
          madeAt: row.made_at,
          deadAt: row.dead_at ?? 0,
          attempts: row.attempts,
          error: row.error ?? '',
        }));
      }),
    async resend(id) {
      await db.write(async (tx) => {
        const found = await tx.run(
          `UPDATE outbox SET state = 'waiting', due_at = ?, attempts = 0, dead_at = NULL, error = NULL WHERE id = ? AND dead_at IS NOT NULL`,
          [clock(), id],
        );
        if (found === 0) throw new Refused(refuse('not_found'));
        tx.afterCommit(wake);
      });
    },
  };
}
