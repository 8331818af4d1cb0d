/** Reads days and times as people type them: `2026-11-05 14:00`, `11月5日`, `明天下午两点半`, `下周一`, `现在`. */
import { DAY_MS, isDate, localDate } from './localTime.ts';
import { plain } from './typed.ts';

export interface ReadTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Minutes since midnight; null when no time was given. */
  readonly minutes: number | null;
}

const NEAR_DAYS: readonly (readonly [RegExp, number])[] = [
  [/^(大前天)/, -3],
  [/^(前天)/, -2],
  [/^(昨天|昨日|昨|yesterday)/i, -1],
  [/^(今天|今日|今|today)/i, 0],
  [/^(明天|明日|明|tomorrow)/i, 1],
  [/^(后天)/, 2],
  [/^(大后天)/, 3],
];
/** Without 本 or 下 it may be this week's or the next one's. */
const OF_WEEK = /^([本这下])(?:周|星期|礼拜)([一二三四五六日天])/;
const FULL = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?/;
const SHORT = /^(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*[日号]?/;
const TIME =
  /^(凌晨|早上|上午|中午|下午|晚上|傍晚|今早|am|pm)?\s*(\d{1,2}|[一二两三四五六七八九]|十[一二]?)\s*(?:([:点时])\s*(?:(\d{1,2})分?|(半)|(一刻)|整)?)?\s*(am|pm)?$/i;
const HAN_HOUR = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

const pad = (text: string | undefined): string => (text ?? '').padStart(2, '0');

/** The day at the start of a text, and what follows it; null day: the text does not begin with one. */
function takeDay(text: string, today: string): { date: string | null; rest: string } {
  const full = FULL.exec(text);
  if (full) return { date: `${full[1]}-${pad(full[2])}-${pad(full[3])}`, rest: text.slice(full[0].length) };
  const short = SHORT.exec(text);
  if (short)
    return { date: `${today.slice(0, 4)}-${pad(short[1])}-${pad(short[2])}`, rest: text.slice(short[0].length) };
  const ofWeek = OF_WEEK.exec(text);
  if (ofWeek) return { date: dayOfWeek(today, ofWeek), rest: text.slice(ofWeek[0].length) };
  for (const [word, days] of NEAR_DAYS) {
    const found = word.exec(text);
    if (found) return { date: daysAfter(today, days), rest: text.slice(found[0].length) };
  }
  return { date: null, rest: text };
}

const daysAfter = (date: string, days: number): string => localDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS, 0);

/** Weeks begin on Monday. */
function dayOfWeek(today: string, [, week, day = '']: RegExpExecArray): string {
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return daysAfter(today, (week === '下' ? 7 : 0) - sinceMonday + '一二三四五六日'.indexOf(day === '天' ? '日' : day));
}

/** Minutes since midnight; null when the text is no time of day. */
function readMinutes(text: string): number | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, before = '', hourText = '', mark, minuteText, half, quarter, after = ''] = found;
  const part = (before || after).toLowerCase();
  // A bare number is no time of day.
  if (!mark && !/^[ap]m$/.test(part)) return null;
  const hour = hourOfDay(
    /^\d/.test(hourText) ? Number(hourText) : HAN_HOUR.indexOf(hourText.replace('两', '二')),
    part,
  );
  const minute = minuteText ? Number(minuteText) : half ? 30 : quarter ? 15 : 0;
  return hour <= 23 && minute <= 59 ? hour * 60 + minute : null;
}

function hourOfDay(hour: number, part: string): number {
  if (['下午', '晚上', '傍晚', 'pm'].includes(part) && hour < 12) return hour + 12;
  if (part === '中午' && hour < 11) return hour + 12;
  return ['am', '凌晨'].includes(part) && hour === 12 ? 0 : hour;
}

/**
 * @param now epoch ms: what 今天 means, and the year of `11月5日`
 * @returns null when the text is neither a day, nor a time, nor both
 */
export function readTime(text: string, now: number, offsetMinutes: number): ReadTime | null {
  const today = localDate(now, offsetMinutes);
  const wanted = plain(text);
  if (/^(现在|刚才|刚刚|当前|此刻|now)$/i.test(wanted))
    return { date: today, minutes: Math.floor((now / 60_000 + offsetMinutes) % 1440) };
  const { date, rest } = takeDay(wanted, today);
  const clock = rest.trim().replace(/^T/, '').trim();
  if (date === null) {
    const minutes = readMinutes(clock);
    return minutes === null ? null : { date: today, minutes };
  }
  if (!isDate(date)) return null;
  if (!clock) return { date, minutes: null };
  const minutes = readMinutes(clock.replace(/^(\d{1,2}:\d{2}):\d{2}$/, '$1'));
  return minutes === null ? null : { date, minutes };
}
