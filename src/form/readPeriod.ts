/**
 * Reads a stretch of time as people type it: `12月1日到12月5日`, `2026-12-01 to 2026-12-05`, `明天下午两点到后天`,
 * `until Dec 5`, `明天`. A day without a time is meant as a whole.
 */
import { DAY_MS, instantOf } from './localTime.ts';
import { type ReadTime, readTime } from './readTime.ts';
import { plain } from './typed.ts';

export interface ReadPeriod {
  /** Epoch ms; what has begun already and is not over is counted from now. */
  readonly from: number;
  /** The first moment that no longer belongs to it. */
  readonly until: number;
}
interface Clock {
  /** Epoch ms. */
  readonly now: number;
  readonly offsetMinutes: number;
}

const DAY =
  '(?:(?:本|这|下)(?:周|星期|礼拜)[一二三四五六日天]|今天|今日|明天|明日|大后天|后天|today|tomorrow|现在|即日起|即日|now)';
const DATE =
  '(?:\\d{4}\\s*[-/.年]\\s*\\d|\\d{1,2}\\s*[-/.月]\\s*\\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? \\d)';
const OPEN = '(?:从|自|from |between )';
const UNTIL = '(?:到|至|直到|until |till )';
/** Where a stretch of time begins in a sentence: an account such as `ding-2-3` or `zhang3` is none. */
const BEGINS = new RegExp(`(?<![A-Za-z0-9._@-])(?:${OPEN}?(?:${DATE}|${DAY})|${UNTIL}(?=${DATE}|${DAY}))`, 'i');
/** Sentences longer than this hold no orders, and are not searched. */
const MOST = 400;

/** The sentence before its stretch of time, and from there; null: it has none. */
export function splitAtPeriod(text: string): { before: string; period: string } | null {
  const said = plain(text.slice(0, MOST));
  const found = BEGINS.exec(said);
  return found && { before: said.slice(0, found.index).trim(), period: said.slice(found.index).trim() };
}

/** @returns null when the text is no stretch of time, or is one without an end */
export function readPeriod(text: string, clock: Clock): ReadPeriod | null {
  const said = tidy(text);
  const whole = timeIn(said, clock);
  if (whole) return whole.minutes === null ? between(whole, whole, clock) : null;
  const open = /^(?:直到|到|至|until|till)\s*(.+)$/i.exec(said)?.[1];
  if (open !== undefined) {
    const end = timeIn(open, clock);
    return end && between(null, end, clock);
  }
  for (const { index, 0: mark } of said.matchAll(/\s*(?:直到|到|至|~|—+|–|-|\bto\b|\band\b|\buntil\b|\btill\b)\s*/gi)) {
    const start = timeIn(said.slice(0, index), clock);
    const end = start && endIn(said.slice(index + mark.length), start, clock);
    if (end) return between(start, end, clock);
  }
  return null;
}

interface Said extends ReadTime {
  /** The year was said as well. */
  readonly withYear: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function tidy(text: string): string {
  return (
    plain(text.slice(0, MOST))
      .replace(/^(?:从|自|from |between )\s*/i, '')
      .replace(/\s*(?:为止|止)$/, '')
      .replace(/即日起?/g, '现在')
      // `Dec 5` and `12.5` as `12-5`; `2026.12.5` is read as it is.
      .replace(
        /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?(?:, ?(\d{4}))?\b/gi,
        dayOf,
      ) // prettier-ignore
      .replace(/(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])/g, '$1-$2')
      .trim()
  );
}

function dayOf(_all: string, name: string, day: string, year: string | undefined): string {
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return `${year ? `${year}-` : ''}${month}-${day}`;
}

function timeIn(text: string, { now, offsetMinutes }: Clock): Said | null {
  const time = readTime(text.trim(), now, offsetMinutes);
  return time && { ...time, withYear: /^\d{4}/.test(text.trim()) || !/^\d/.test(text.trim()) };
}

/** `5日` is of the month in which it began, `18:00` of that day. */
function endIn(text: string, start: Said, clock: Clock): Said | null {
  const said = text.trim();
  const sameMonth = /^(\d{1,2})\s*[日号]/.exec(said);
  const full = sameMonth
    ? `${start.date.slice(0, 8)}${(sameMonth[1] ?? '').padStart(2, '0')}${said.slice(sameMonth[0].length)}`
    : said;
  const sameDay = sameMonth ? null : timeIn(`${start.date} ${said}`, clock);
  const end = sameDay ?? timeIn(full, clock);
  return end && (sameMonth || sameDay ? { ...end, withYear: start.withYear } : end);
}

/** @param start null: from now on */
function between(start: Said | null, end: Said, clock: Clock): ReadPeriod {
  const { now, offsetMinutes } = clock;
  const at = (time: Said, minutes: number) => nearest(time, instantOf(time.date, minutes, offsetMinutes), now);
  const first = start ? at(start, start.minutes ?? 0) : now;
  const last = at(end, end.minutes ?? 24 * 60);
  // `12月28日到1月3日` ends in the next year; an end that only lies in the past stays there, and is refused.
  const turns = start !== null && !end.withYear && start.date.slice(5) > end.date.slice(5) && last <= first;
  const until = turns ? yearLater(last, offsetMinutes) : last;
  return { from: until > now ? Math.max(now, first) : first, until };
}

const HALF_A_YEAR = 183 * DAY_MS;

/** A day without its year is the one that is nearest: said in December, `1月5日` is in the next year. */
function nearest({ date, withYear }: Said, at: number, now: number): number {
  if (withYear || now - at <= HALF_A_YEAR) return at;
  return at + instantOf(nextYear(date), 0, 0) - instantOf(date, 0, 0);
}

const nextYear = (date: string): string => `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;

function yearLater(at: number, offsetMinutes: number): number {
  const date = new Date(at + offsetMinutes * 60_000);
  return date.setUTCFullYear(date.getUTCFullYear() + 1) - offsetMinutes * 60_000;
}
