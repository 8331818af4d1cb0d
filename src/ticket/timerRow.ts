/**
 * What is due later, as rows that a sweep claims: the ticket's timers, and errands to other tickets (due at once). The
 * ticket holds its timers itself; the rows follow them, so a row that was not taken away in time does no harm.
 */
import { z } from 'zod';
import type { Effect, Errand } from '../flow/command.ts';
import type { Ticket, Timer } from '../flow/ticket.ts';
import type { NewRow, Part } from '../store/database.ts';

/** Of a row that is no errand. `at`: as it was set; a claim moves `due_at`. */
export const TimerBody = z.object({ at: z.number(), provisional: z.boolean().optional() });
type TimerBody = z.infer<typeof TimerBody>;

/** @param before null: the ticket is new */
export function timerParts(before: Ticket | null, after: Ticket, effects: readonly Effect[], now: number): Part[] {
  const old = before?.timers ?? [];
  const set = after.timers.filter((timer) => !old.includes(timer));
  const gone = old.filter(({ key }) => after.timers.every((timer) => timer.key !== key)).map(({ key }) => key);
  const errands = effects.flatMap((effect) => (effect.type === 'errand' ? [effect.errand] : []));
  const rows = [
    ...set.map((timer) => timerRow(after.id, timer)),
    ...errands.map((one) => errandRow(after.id, one, now)),
  ];
  return [
    ...(gone.length > 0
      ? [
          {
            sql: `DELETE FROM timer WHERE ticket_id = ? AND timer_key IN (${gone.map(() => '?').join(',')})`,
            params: [after.id, ...gone],
          },
        ]
      : []),
    { table: 'timer', rows, replace: true },
  ];
}

const timerRow = (ticketId: number, { key, kind, at, provisional }: Timer): NewRow =>
  row(ticketId, key, kind, at, JSON.stringify({ at, ...(provisional ? { provisional } : {}) } satisfies TimerBody));

const errandRow = (ticketId: number, errand: Errand, now: number): NewRow =>
  row(ticketId, errand.key, errand.kind, now, JSON.stringify(errand));

const row = (ticketId: number, key: string, kind: string, dueAt: number, body: string | null): NewRow => ({
  ticket_id: ticketId,
  timer_key: key,
  kind,
  due_at: dueAt,
  fence: 0,
  body,
});
