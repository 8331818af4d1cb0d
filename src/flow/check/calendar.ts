/** The calendar that a template counts by: that it is there, and knows the year in which tickets will be due. */
import { durationOf } from '../../worktime/duration.ts';
import { nearly } from '../findingTable.ts';
import { nearest } from '../nearest.ts';
import type { Path } from '../order.ts';
import type { Check, CheckContext } from './context.ts';

/** The next year's days off are announced in November; from December on somebody must have brought them in. */
const AHEAD_MS = 31 * 86_400_000;

export const checkCalendar: Check = (context) => {
  const { spec, directory, report, now } = context;
  if (!directory) return;
  const { calendars } = directory;
  const name = spec.sla?.calendar;
  if (name !== undefined && !calendars.names.includes(name)) {
    const near = nearest(name, calendars.names);
    const facts = { name, near: near ?? '', allowed: calendars.names.join('、') };
    report(nearly('unknown_calendar', near), ['sla', 'calendar'], facts, near === null ? {} : { fix: near });
    return;
  }
  const path = countedAt(context);
  if (now === null || path === null) return;
  const calendar = calendars.calendarNamed(name ?? null);
  const missing = [now, now + AHEAD_MS].map((at) => calendar.yearAt(at).year).find((year) => !calendar.covers(year));
  if (missing !== undefined) {
    const facts = { name: calendar.name, year: missing };
    report('calendar_not_covering', path, facts, { atKey: path.length === 1 });
  }
};

/** Where working time first matters; null: nowhere. */
function countedAt({ spec, placed }: CheckContext): Path | null {
  if (spec.sla?.calendar !== undefined) return ['sla', 'calendar'];
  if (spec.sla) return ['sla'];
  const isCounted = (length: string) => (durationOf(length)?.kind ?? 'wall') !== 'wall';
  for (const { spec: node, path } of placed) {
    const step = node.timeout?.findIndex(({ after }) => isCounted(after)) ?? -1;
    if (step >= 0) return [...path, 'timeout', step, 'after'];
    if ('for' in node && node.for !== undefined && isCounted(node.for)) return [...path, 'for'];
  }
  return null;
}
