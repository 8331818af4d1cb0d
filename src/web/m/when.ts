/** Moments as people read them, in the service's zone. */
import { localDate, localDateTime } from '../../form/localTime.ts';

/** `14:05` today, `11-05 14:05` this year, else the whole. @param at @param now epoch ms */
export function shortTime(at: number, now: number, offsetMinutes: number): string {
  const whole = localDateTime(at, offsetMinutes);
  const today = localDate(now, offsetMinutes);
  if (whole.startsWith(today)) return whole.slice(11);
  return whole.startsWith(today.slice(0, 4)) ? whole.slice(5) : whole;
}
