/** `filing.limit` of a template: so many tickets per requester and period. Advisory: no row is locked for it. */
import type { Template } from '../flow/template.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { Reader } from '../store/database.ts';

const DAY_MS = 86_400_000;

/** @throws Refused `filing_limit` with the count and the period */
export async function checkFilingLimit(
  reader: Reader,
  template: Template,
  requesterId: number,
  { now, offsetMinutes, requester }: { now: number; offsetMinutes: number; requester: string | null },
): Promise<void> {
  const { limit } = template.filing;
  if (!limit) return;
  // The n-th newest of this template decides: an index walk of n rows, however many tickets there are.
  const nth = await reader.one<{ filed_at: number }>(
    'SELECT filed_at FROM ticket WHERE requester_id = ? AND template_key = ? ORDER BY id DESC LIMIT 1 OFFSET ?',
    [requesterId, template.key, limit.count - 1],
  );
  if (nth && nth.filed_at >= periodStart(limit.per, now, offsetMinutes))
    throw new Refused(
      refuse('filing_limit', {
        count: limit.count,
        per: limit.per,
        template: template.name,
        ...(requester === null ? {} : { requester }),
      }),
    );
}

/** The local midnight at which the present day, week (from Monday) or month began, epoch ms. */
export function periodStart(per: 'day' | 'week' | 'month', now: number, offsetMinutes: number): number {
  const offset = offsetMinutes * 60_000;
  const day = Math.floor((now + offset) / DAY_MS);
  if (per === 'day') return day * DAY_MS - offset;
  if (per === 'week') return (day - ((day + 3) % 7)) * DAY_MS - offset; // 1970-01-01 was a Thursday.
  const local = new Date(now + offset);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1) - offset;
}
