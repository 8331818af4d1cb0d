/** Calendar files: what the service ships, how a company writes its own, and where a mistake is. */
import { expect, it } from '@jest/globals';
import { loadCalendars, readCalendar } from '../../src/config/calendars.ts';
import type { OwnCalendar } from '../../src/worktime/calendars.ts';
import { makeCalendars } from '../../src/worktime/calendars.ts';
import { nextWorking, workdaysBetween } from '../../src/worktime/working.ts';
import { shanghai, SHANGHAI } from '../support/calendar.ts';

const own = (text: string) => readCalendar(text, 'hq.yaml') as OwnCalendar;

it('the shipped data are those of the State Council, as far as they are published', () => {
  const [data] = loadCalendars();
  if (data?.kind !== 'holidays') throw new Error('no official days are shipped');
  expect([...data.years.keys()]).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i));
  const office = makeCalendars([], data.years, SHANGHAI).calendarNamed(null);
  // The holidays of 2025 and 2026: 248 working days each.
  for (const year of [2025, 2026])
    expect(workdaysBetween(office, shanghai(`${year - 1}-12-31 12:00`), shanghai(`${year}-12-31 12:00`))).toBe(248);
  expect(nextWorking(office, shanghai('2026-02-14 20:00'))).toEqual({
    at: shanghai('2026-02-24 09:00'),
    provisional: false,
  });
  // A make-up Sunday.
  expect(nextWorking(office, shanghai('2026-01-04 08:00')).at).toBe(shanghai('2026-01-04 09:00'));
});

it('a company writes its week and its own days', () => {
  const { name, official, week, days } = own(`
calendar: 总部
week:
  mon-thu: ['08:30-12:00', '13:00-17:30']
  fri: ['08:30-12:00']
days:
  2026-12-31: off
  2027-01-02: work
  2027-01-03: fri
  2027-01-04: ['22:00-24:00']
`);
  expect([name, official]).toEqual(['总部', true]);
  expect(week.map((spans) => spans.length)).toEqual([2, 2, 2, 2, 1, 0, 0]);
  expect(Object.fromEntries(days)).toEqual({
    '2026-12-31': [],
    '2027-01-02': week[0],
    '2027-01-03': week[4],
    '2027-01-04': [{ from: 1320, to: 1440 }],
  });
});

it('what is left out is as in the standard calendar', () => {
  expect(own('calendar: cn-workdays')).toMatchObject({ official: true, days: new Map() });
  expect(own('calendar: a\nholidays: none').official).toBe(false);
  expect(own('calendar: a').week.map((spans) => spans.length)).toEqual([2, 2, 2, 2, 2, 0, 0]);
});

it.each([
  ['calendar: 24x7', /hq\.yaml:1: calendar .*不能是 24x7/],
  ['calendar: a\nweek:\n  mon-fry: []', /hq\.yaml:3: week\.mon-fry .*mon-fri/],
  ['calendar: a\nweek:\n  mon: []', /hq\.yaml:2: week .*至少一天/],
  ['calendar: a\nweek:\n  mon: ["18:00-09:00"]', /hq\.yaml:3: week\.mon /],
  ['calendar: a\nweek:\n  mon: ["09:00-12:00", "11:00-13:00"]', /hq\.yaml:3: week\.mon /],
  ['calendar: a\nweek:\n  mon: ["09:00-24:30"]', /hq\.yaml:3: week\.mon /],
  ['calendar: a\ndays:\n  2026-02-30: off', /hq\.yaml:3: days\.2026-02-30 .*\n.*a date such as/],
  ['calendar: a\ndays:\n  2026-02-03: free', /hq\.yaml:3: days\.2026-02-03 .*off/],
  ['calendar: a\ndays: [2026-02-03]', /hq\.yaml:2: days /],
  ['calendar: a\nholiday: cn', /hq\.yaml:2: holiday .*holidays/],
  ['holidays: cn\nyears:\n  2027:\n    off: [2026-12-31]', /hq\.yaml:4: years\.2027\.off .*2026-12-31/],
  ['holidays: cn\nyears:\n  2027:\n    off: [2027-01-01]\n    work: [2027-01-01]', /hq\.yaml:5: years\.2027\.work /],
  ['holidays: cn\nyears:\n  2027:\n    off: [2027-01-03..2027-01-01]', /hq\.yaml:4: years\.2027\.off\[0\] /],
  ['holidays: cn\nyears:\n  27: {}', /hq\.yaml:3: years\.27 /],
  ['{', /hq\.yaml:1: /],
  ['', /hq\.yaml:1: calendar .*没有写/],
])('%j: %s', (text, message) => {
  expect(() => own(text)).toThrow(message);
  expect(() => own(text)).toThrow(/没有读入/);
});
