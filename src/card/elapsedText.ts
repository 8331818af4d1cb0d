/** A length of time as people say it: the two largest units, never more precise than minutes. */
import type { Locale } from '../lib/locale.ts';

const MINUTE = 60_000;

/** @param ms elapsed; a negative one (clocks differ) counts as none */
export function elapsedText(ms: number, locale: Locale): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const english = locale === 'en';
  if (minutes === 0) return english ? 'under a minute' : '不到 1 分钟';
  const parts = [
    [days, english ? 'd' : '天'],
    [hours, english ? 'h' : '小时'],
    [days > 0 ? 0 : rest, english ? 'min' : '分钟'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
