/** Local time of the templates: Asia/Shanghai, which has had one offset since 1991. Dates are `YYYY-MM-DD`. */
import type { Zone } from '../worktime/zone.ts';

export const ZONE_OFFSET_MINUTES = 480;
const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The same for `worktime/`. */
export const LOCAL_ZONE: Zone = { name: 'Asia/Shanghai', offsetAt: () => ZONE_OFFSET_MINUTES * MINUTE_MS };

/** @param at epoch ms */
export function localTime(at: number, offsetMinutes = ZONE_OFFSET_MINUTES): LocalTime {
  const local = new Date(at + offsetMinutes * MINUTE_MS);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

export const twoDigits = (n: number): string => String(n).padStart(2, '0');

export function localDate(at: number): string {
  const { year, month, day } = localTime(at);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

export function localDateTime(at: number): string {
  const { hour, minute } = localTime(at);
  return `${localDate(at)} ${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** The end of a stretch of time: a day's end is `24:00`, not the next day's beginning. @param at the first moment after it */
export function localEnd(at: number): string {
  const { hour, minute } = localTime(at);
  return hour === 0 && minute === 0 ? `${localDate(at - 1)} 24:00` : localDateTime(at);
}

/** Epoch ms of a local date's midnight; NaN for anything that is no date. */
export const midnight = (date: string): number =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) - ZONE_OFFSET_MINUTES * MINUTE_MS : NaN;

/** The number of the local day, for counting days. */
export const localDay = (at: number): number => Math.floor((at + ZONE_OFFSET_MINUTES * MINUTE_MS) / DAY_MS);
