/** A time zone: what the clock on the wall says at an instant. Offsets are ms east of UTC and may change in the year. */
export interface Zone {
  readonly name: string;
  /** @param at epoch ms @returns ms to add for local time */
  offsetAt(at: number): number;
}

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Asking the zone database is slow: what is known of a week serves the whole week, unless the clocks change in it. */
const WEEK_MS = 7 * DAY_MS;
const MOST_WEEKS = 20_000;

/** @throws RangeError for a name that the zone database does not know */
export function zoneNamed(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const look = (at: number) => readOffset(format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value);
  const starts = new Map<number, number>();
  const startOf = (week: number): number => {
    let offset = starts.get(week);
    if (offset === undefined) {
      if (starts.size >= MOST_WEEKS) starts.clear();
      starts.set(week, (offset = look(week * WEEK_MS)));
    }
    return offset;
  };
  return {
    name,
    offsetAt(at) {
      const week = Math.floor(at / WEEK_MS);
      const offset = startOf(week);
      return startOf(week + 1) === offset ? offset : look(at);
    },
  };
}

/** `GMT+08:00`, `GMT-03:30`, `GMT+08:05:43` (before standard time), `GMT`. */
function readOffset(text = ''): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text) ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000;
  return sign === '-' ? -ms : ms;
}

/**
 * The instant at which the wall shows this local time. Twice shown (clocks go back): the first; never shown (clocks go
 * forward): as much later as was skipped.
 * @param local as if it were UTC, ms
 */
export function instantOf(zone: Zone, local: number): number {
  const before = zone.offsetAt(local - zone.offsetAt(local) - DAY_MS);
  const early = local - before;
  if (zone.offsetAt(early) === before) return early;
  const late = local - zone.offsetAt(early);
  return zone.offsetAt(late) === before ? early : late;
}

/** A time with one offset throughout; epoch ms, half-open. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** [from, to) cut where the clocks change. Two changes within a week that undo each other are not seen. */
export function stretchesOf(zone: Zone, from: number, to: number): Stretch[] {
  const found: Stretch[] = [];
  let begin = from;
  while (begin < to) {
    const offset = zone.offsetAt(begin);
    let end = begin;
    while (end < to && zone.offsetAt(end) === offset) end += WEEK_MS;
    end = Math.min(end, to);
    if (zone.offsetAt(end) !== offset) end = changeIn(zone, Math.max(begin, end - WEEK_MS), end, offset);
    found.push({ from: begin, to: end, offset });
    begin = end;
  }
  return found;
}

/** The first instant with another offset than before, where `to` has one. */
function changeIn(zone: Zone, from: number, to: number, before: number): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** Days since 1970-01-01 of the local date. */
export const localDayAt = (zone: Zone, at: number): number => Math.floor((at + zone.offsetAt(at)) / DAY_MS);

/** @returns days since 1970-01-01; NaN for anything that is no date. @param date `YYYY-MM-DD` */
export function dayOf(date: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  // 2026-02-30 would become the 2nd of March.
  return !Number.isNaN(at) && dateOf(at / DAY_MS) === date ? at / DAY_MS : NaN;
}
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 0 is Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
