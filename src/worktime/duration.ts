/** Lengths of time as the template language writes them. */
export type Duration =
  /** Working time of a calendar. */
  | { readonly kind: 'working'; readonly ms: number }
  /** The clock's time. */
  | { readonly kind: 'wall'; readonly ms: number }
  /** The same local time on the nth later working day, moved to the next working span. */
  | { readonly kind: 'workdays'; readonly n: number };

/** `4h`, `90m`, `1h30m` working time; `… wall` the clock's; days only with `wall`; `n workdays`. Up to some years. */
export const DURATION =
  /^(?:(\d{1,4})\s+workdays?|(\d{1,4})d\s+wall|(?:(\d{1,5})h(?:\s*(\d{1,6})m)?|(\d{1,6})m)(\s+wall)?)$/;

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** @returns null for anything that `DURATION` does not match */
export function durationOf(text: string): Duration | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  const [, workdays, days, hours = '0', beside, alone, wall] = match;
  if (workdays !== undefined) return { kind: 'workdays', n: Number(workdays) };
  if (days !== undefined) return { kind: 'wall', ms: Number(days) * 1440 * MINUTE_MS };
  const ms = (Number(hours) * 60 + Number(beside ?? alone ?? 0)) * MINUTE_MS;
  return { kind: wall === undefined ? 'working' : 'wall', ms };
}

/**
 * Whether one is over sooner than the other, whatever the calendar and the time at which both begin. Working time takes
 * at least as long by the clock; n working days take at least n days.
 */
export function surelyShorter(one: Duration, other: Duration): boolean {
  if (one.kind === 'workdays') return other.kind === 'workdays' && one.n < other.n;
  if (other.kind === 'workdays') return one.kind === 'wall' && one.ms < other.n * DAY_MS;
  if (one.kind === 'working' && other.kind === 'wall') return false;
  return one.ms < other.ms;
}
