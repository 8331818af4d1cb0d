/** How a file of official days, and a company's calendar, are written. */
import { z } from 'zod';
import type { DaySpan } from '../worktime/calendar.ts';
import { ROUND_THE_CLOCK } from '../worktime/standard.ts';
import { dateOf, dayOf } from '../worktime/zone.ts';
import { choice, type Expected, group, matching, optional, text } from './field.ts';
import { isGroup, type Value } from './layer.ts';

/** Reads what stands under one key. @param read undefined: not acceptable */
const value = <T>(zh: string, en: string, read: (given: Value) => T | undefined) =>
  z.any().transform((given: Value, context): T => {
    const found = read(given);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', params: { expected: { zh, en } } satisfies Expected });
    return z.NEVER;
  });

/** A group whose keys are data: each is read, too; its issues stand at the key. */
const byKey = <T>(key: { zh: string; en: string; fits: (name: string) => boolean }, of: z.ZodType<T>) =>
  z.any().transform((given: Value, context): Record<string, T> => {
    const found: Record<string, T> = {};
    if (given !== null && !isGroup(given)) context.addIssue({ code: 'custom', params: { expected: key } });
    for (const [name, inner] of isGroup(given) ? Object.entries(given) : []) {
      const read = of.safeParse(inner);
      if (!key.fits(name)) context.addIssue({ code: 'custom', path: [name], params: { expected: key } });
      else if (read.success) found[name] = read.data;
      else for (const issue of read.error.issues) context.addIssue({ ...issue, path: [name, ...issue.path] });
    }
    return found;
  });

const isDate = (date: string): boolean => !Number.isNaN(dayOf(date));

/** `2027-01-01`, or `2027-01-01..2027-01-03`, both included. */
function datesOf(given: Value): string[] | undefined {
  const [first = '', last = first, ...rest] = typeof given === 'string' ? given.split('..') : [];
  if (rest.length > 0 || !isDate(first) || !isDate(last)) return undefined;
  const length = dayOf(last) - dayOf(first) + 1;
  if (length < 1 || length > 366) return undefined;
  return Array.from({ length }, (_, i) => dateOf(dayOf(first) + i));
}
const dates = z
  .array(
    value(
      '日期，如 2027-01-01，或 2027-01-01..2027-01-03',
      'a date such as 2027-01-01, or 2027-01-01..2027-01-03',
      datesOf,
    ),
  )
  .default([])
  .transform((lists) => lists.flat());

export const HOLIDAYS = group({
  holidays: choice(['cn']),
  source: optional(text('资料的来源', 'where the data are from'), ''),
  years: byKey(
    { zh: '年份，如 2027', en: 'a year such as 2027', fits: (name) => /^\d{4}$/.test(name) },
    group({ off: dates, work: dates }),
  ).superRefine((years, context) => {
    for (const [year, { off, work }] of Object.entries(years)) {
      for (const [key, list] of Object.entries({ off, work })) {
        const stray = list.find((date) => !date.startsWith(year) || (key === 'work' && off.includes(date)));
        if (stray === undefined) continue;
        const expected = {
          zh: `${year} 年的日期，off 与 work 不重复（${stray} 不对）`,
          en: `dates of ${year}, each in off or in work (${stray} is not)`,
        };
        context.addIssue({ code: 'custom', path: [year, key], params: { expected } });
      }
    }
  }),
});

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Hours; a make-up day; or the hours of a day of the week, 0 is Monday. */
export type DayHours = readonly DaySpan[] | 'work' | number;

/** `['09:00-12:00', '13:30-18:00']`; 24:00 is the end of the day. */
function spansOf(given: Value): DaySpan[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const spans = given.map((one) => {
    const [, h = '', m = '', h2 = '', m2 = ''] =
      /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/.exec(typeof one === 'string' ? one : '') ?? [];
    return { from: h === '' ? NaN : Number(h) * 60 + Number(m), to: Number(h2) * 60 + Number(m2) };
  });
  const inOrder = spans.every(
    ({ from, to }, i) => from < to && to <= 1440 && (i === 0 || (spans[i - 1]?.to ?? 0) <= from),
  );
  return inOrder ? spans : undefined;
}

const HOURS = {
  zh: "时段，按先后，如 ['09:00-12:00', '13:30-18:00']",
  en: "spans in order, such as ['09:00-12:00', '13:30-18:00']",
};
const hours = value(HOURS.zh, HOURS.en, spansOf);
const day = value(
  `off（休息）、work（上班）、mon…sun（按周几上班）或${HOURS.zh}`,
  `off, work, mon…sun (as on that day), or ${HOURS.en}`,
  (given): DayHours | undefined => {
    if (given === 'off') return [];
    if (given === 'work') return 'work';
    const weekday = typeof given === 'string' ? WEEKDAYS.indexOf(given) : -1;
    return weekday < 0 ? spansOf(given) : weekday;
  },
);

/** `mon`, or `mon-fri`. */
function weekdaysOf(name: string): number[] {
  const [first = '', last = first, ...rest] = name.split('-');
  const [from, to] = [WEEKDAYS.indexOf(first), WEEKDAYS.indexOf(last)];
  return rest.length > 0 || from < 0 || to < from ? [] : WEEKDAYS.map((_, i) => i).slice(from, to + 1);
}
const week = byKey(
  {
    zh: '周几，如 mon 或 mon-fri',
    en: 'days of the week such as mon or mon-fri',
    fits: (name) => weekdaysOf(name).length > 0,
  },
  hours,
).transform((given, context): DaySpan[][] | null => {
  if (Object.keys(given).length === 0) return null;
  const days: DaySpan[][] = WEEKDAYS.map(() => []);
  for (const [name, spans] of Object.entries(given)) for (const weekday of weekdaysOf(name)) days[weekday] = spans;
  if (days.some((spans) => spans.length > 0)) return days;
  context.addIssue({
    code: 'custom',
    params: { expected: { zh: '至少一天上班的一周', en: 'a week with work on at least one day' } },
  });
  return z.NEVER;
});

export const CALENDAR = group({
  calendar: matching(
    new RegExp(`^(?!${ROUND_THE_CLOCK.name}$)[\\p{L}\\p{N}_-]{1,64}$`, 'u'),
    `日历名称，最多 64 字，不能是 ${ROUND_THE_CLOCK.name}`,
    `the calendar's name, at most 64 letters and digits, not ${ROUND_THE_CLOCK.name}`,
  ),
  holidays: optional(choice(['cn', 'none']), 'cn'),
  week: z.preprocess((given) => given ?? null, week),
  days: z.preprocess(
    (given) => given ?? null,
    byKey({ zh: '日期，如 2027-01-01', en: 'a date such as 2027-01-01', fits: isDate }, day),
  ),
});
