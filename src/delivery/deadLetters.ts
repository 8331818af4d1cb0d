/** What could not be delivered: seen, and sent again one by one or all. */
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { Database, Tx } from '../store/database.ts';
import type { AttachmentRow } from '../store/entity/ticket.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';
import { attachmentRows } from '../ticket/attachments.ts';
import { LEASE_MS } from './queue.ts';

export interface DeadLetter {
  readonly id: number;
  readonly kind: string;
  readonly ticketId: number | null;
  readonly ticketNumber: string | null;
  /** For whom it was, or who sent the file; null: for a group, or for nobody. */
  readonly personId: number | null;
  /** The group or one-to-one chat, where the row names it. */
  readonly chat: string | null;
  /** The name of the file that could not be fetched. */
  readonly file: string | null;
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
  /** Puts all of them back, and lets what waits for its next try go now: after a setting was mended or a quota bought. */
  resendAll(): Promise<Resent>;
}

export interface Resent {
  /** Dead letters that were put back. */
  readonly count: number;
  /** Rows that waited for another try, and what stood behind them. */
  readonly hurried: number;
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
        const payloads = new Map(rows.map(({ id, payload }) => [id, Payload.parse(JSON.parse(payload ?? '{}'))]));
        const ids = [...payloads.values()].flatMap(({ attachmentId }) => attachmentId ?? []);
        const files = new Map((await attachmentRows(reader, ids)).map((file) => [file.id, file]));
        return rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          ticketId: row.ticket_id,
          ticketNumber: row.number,
          workspace: row.workspace_id,
          ...about(payloads.get(row.id), files),
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
        const hurried = await hurry(tx, clock());
        return { count: await tx.run(`${BACK} WHERE dead_at IS NOT NULL`, [clock()]), hurried };
      }),
  };
}

/** Of those that failed, whole lanes: what stands behind a row that waits was put off with it. */
async function hurry(tx: Tx, now: number): Promise<number> {
  // What is due sooner may be under way: whoever has it holds it for a lease.
  const later = "state IN ('waiting', 'sending') AND due_at > ?";
  const until = now + LEASE_MS;
  const failed = await tx.rows<{ lane: string }>(
    `SELECT DISTINCT lane FROM outbox WHERE class IN ('now', 'soon', 'bulk') AND ${later} AND error IS NOT NULL`,
    [until],
  );
  let hurried = 0;
  for (const { lane } of failed)
    hurried += await tx.run(`UPDATE outbox SET due_at = ? WHERE lane = ? AND ${later}`, [now, lane, until]);
  return hurried;
}

const BACK = "UPDATE outbox SET state = 'waiting', due_at = ?, attempts = 0, dead_at = NULL, error = NULL";

const number = z.number().nullable().catch(null);
const Payload = z.object({ personId: number, attachmentId: number, chat: z.string().nullable().catch(null) });

function about(payload: z.infer<typeof Payload> | undefined, files: ReadonlyMap<number, AttachmentRow>) {
  const file = files.get(payload?.attachmentId ?? 0);
  return {
    personId: payload?.personId ?? file?.person_id ?? null,
    chat: payload?.chat ?? null,
    file: file?.name ?? null,
  };
}
