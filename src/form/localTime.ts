/** Calendar arithmetic at a fixed offset from UTC, without the machine's own zone. */

const MINUTE = 60_000;
export const DAY_MS = 24 * 60 * MINUTE;

const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYY-MM-DD` of an instant. @param at epoch ms within the years 0000–9999, else `''` */
export function localDate(at: number, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * MINUTE);
  const year = local.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return '';
  return `${String(year).padStart(4, '0')}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`;
}

/** `YYYY-MM-DD HH:mm` of an instant; `''` outside the years 0000–9999. */
export function localDateTime(at: number, offsetMinutes: number): string {
  const date = localDate(at, offsetMinutes);
  if (!date) return '';
  const local = new Date(at + offsetMinutes * MINUTE);
  return `${date} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

/** Is this a day of the calendar, 1900–2199? */
export function isDate(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found) return false;
  const year = Number(found[1]);
  if (year < 1900 || year > 2199) return false;
  const at = Date.UTC(year, Number(found[2]) - 1, Number(found[3]));
  return localDate(at, 0) === text;
}

/** The instant of a local day and minute. @param date `YYYY-MM-DD` @param minutes since midnight */
export const instantOf = (date: string, minutes: number, offsetMinutes: number): number =>
  Date.parse(`${date}T00:00:00Z`) + (minutes - offsetMinutes) * MINUTE;
