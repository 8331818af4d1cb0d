/**
 * Working time between two instants, and the instant after a length of it. Instants are epoch ms and count by whole
 * seconds: what is left of a second is dropped. Nothing walks through days; a year is looked up, never counted.
 */
import { unreachable } from '../lib/unreachable.ts';
import type { Calendar, Year } from './calendar.ts';
import type { Duration } from './duration.ts';
import { DAY_MS, instantOf, localDayAt } from './zone.ts';

/** An instant that was computed. */
export interface Due {
  readonly at: number;
  /** A year that it was computed from is not published yet: compute again when it is. */
  readonly provisional: boolean;
}

/** So far ahead one looks for working time; a deadline beyond it stands there. */
const FARTHEST_YEARS = 200;

const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;

/** Working ms in [from, to), a whole number of seconds; 0 when `to` is not later. */
export function working(calendar: Calendar, from: number, to: number): number {
  const [begin, end] = [wholeSecond(from), wholeSecond(to)];
  if (!(begin < end)) return 0;
  let year = calendar.yearAt(begin);
  let sum = -workedUntil(year, begin);
  for (; end >= year.to; year = calendar.year(year.year + 1)) sum += year.total;
  return sum + workedUntil(year, end);
}

/**
 * The earliest instant at which so much time will have passed: the end of a working span rather than the start of the
 * next. Workdays move to the next working span.
 */
export function after(calendar: Calendar, at: number, duration: Duration): Due {
  switch (duration.kind) {
    case 'wall':
      return { at: at + duration.ms, provisional: false };
    case 'working':
      return afterWorking(calendar, wholeSecond(at), duration.ms);
    case 'workdays':
      return afterWorkdays(calendar, wholeSecond(at), duration.n);
    default:
      return unreachable(duration);
  }
}

/** `at` itself when there is work at that instant, else the start of the next working span. */
export function nextWorking(calendar: Calendar, at: number): Due {
  let year = calendar.yearAt(at);
  const first = year;
  for (; year.year - first.year < FARTHEST_YEARS; year = calendar.year(year.year + 1)) {
    const i = lastAtMost(year.starts, at);
    if (at < (year.ends[i] ?? -Infinity)) return due(calendar, first, at);
    const next = year.starts[i + 1];
    if (next !== undefined) return due(calendar, first, next);
  }
  return due(calendar, first, year.from);
}

/**
 * Working days passed from a to b: days with work after a's day, up to b's. So `after(a, n workdays)` lies n of them
 * later. Negative when b is earlier; NaN for what is no instant, or for centuries.
 */
export function workdaysBetween(calendar: Calendar, a: number, b: number): number {
  if (b < a) return -workdaysBetween(calendar, b, a);
  if (!(b - a <= FARTHEST_YEARS * 366 * DAY_MS)) return NaN;
  let year = calendar.yearAt(a);
  let sum = -daysUntil(year, localDayAt(calendar.zone, a));
  for (; b >= year.to; year = calendar.year(year.year + 1)) sum += year.days.length;
  return sum + daysUntil(year, localDayAt(calendar.zone, b));
}

function afterWorking(calendar: Calendar, at: number, ms: number): Due {
  const first = calendar.yearAt(at);
  if (ms <= 0) return due(calendar, first, at);
  let year = first;
  let left = workedUntil(year, at) + ms;
  while (left > year.total) {
    if (year.year - first.year >= FARTHEST_YEARS) return due(calendar, first, year.to);
    left -= year.total;
    year = calendar.year(year.year + 1);
  }
  // The last span before which less than that was worked.
  const i = lastBelow(year.before, left);
  return due(calendar, first, (year.starts[i] ?? at) + left - (year.before[i] ?? 0));
}

function afterWorkdays(calendar: Calendar, at: number, n: number): Due {
  const { zone } = calendar;
  const local = at + zone.offsetAt(at);
  const today = Math.floor(local / DAY_MS);
  const first = calendar.yearAt(at);
  if (n <= 0) return nextWorking(calendar, at);
  let year = first;
  let left = daysUntil(year, today) + n;
  while (left > year.days.length) {
    if (year.year - first.year >= FARTHEST_YEARS) return due(calendar, first, year.to);
    left -= year.days.length;
    year = calendar.year(year.year + 1);
  }
  const day = year.days[left - 1] ?? today;
  const next = nextWorking(calendar, instantOf(zone, local + (day - today) * DAY_MS));
  return due(calendar, first, next.at);
}

/** Of every year from the first to that of the instant. */
function due(calendar: Calendar, first: Year, at: number): Due {
  let { year, provisional } = first;
  for (const last = calendar.yearAt(at).year; year < last && !provisional; year += 1)
    provisional = !calendar.covers(year + 1);
  return { at, provisional };
}

/** Working ms from the start of the year to `at`. */
function workedUntil({ starts, ends, before }: Year, at: number): number {
  const i = lastAtMost(starts, at);
  return i < 0 ? 0 : (before[i] ?? 0) + Math.min(at, ends[i] ?? at) - (starts[i] ?? at);
}

/** Working days of the year up to and with `day`. */
const daysUntil = ({ days }: Year, day: number): number => lastAtMost(days, day) + 1;

/** The index of the last that is at most `value`, in a list in order; -1: none. */
function lastAtMost(list: readonly number[], value: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
/** The same for whole numbers, strictly below. */
const lastBelow = (list: readonly number[], value: number): number => lastAtMost(list, value - 1);
