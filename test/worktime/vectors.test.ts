/** The test vectors of sla-and-metrics.md that are about calendars, by their numbers, and what a day can be. */
import { describe, expect, it } from '@jest/globals';
import { type CalendarDefinition, makeCalendar } from '../../src/worktime/calendar.ts';
import { durationOf } from '../../src/worktime/duration.ts';
import { dueAfter, elapsed, merged } from '../../src/worktime/pauses.ts';
import { CN_WORKDAYS } from '../../src/worktime/standard.ts';
import { after, nextWorking, working, workdaysBetween } from '../../src/worktime/working.ts';
import { HOLIDAYS, shanghai, SHANGHAI, theCalendars } from '../support/calendar.ts';

const HOUR = 3_600_000;
const office = theCalendars().calendarNamed('cn-workdays');
const always = theCalendars().calendarNamed('24x7');
const own = (days: Record<string, CalendarDefinition['week'][number]>) =>
  makeCalendar({ ...CN_WORKDAYS, holidays: HOLIDAYS, days: new Map(Object.entries(days)) }, SHANGHAI);

const local = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ');
const dueText = (calendar = office, from: string, length: string) =>
  local(after(calendar, shanghai(from), durationOf(length)!).at);

describe('the vectors of sla-and-metrics.md', () => {
  it('1: filed Friday 17:50, goal 1 working hour → Monday 09:50', () =>
    expect(dueText(office, '2026-11-27 17:50', '1h')).toBe('2026-11-30 09:50:00'));

  it('2: the same before a Saturday that is made up → Saturday 09:50', () =>
    expect(dueText(office, '2026-10-09 17:50', '1h')).toBe('2026-10-10 09:50:00'));

  it('3: filed in the evening before 国庆, goal 4 h → the first working morning after it, without lunch', () =>
    expect(dueText(office, '2026-09-30 20:00', '4h')).toBe('2026-10-08 14:30:00'));

  it('4: a pause 11:30–14:00 over lunch shifts due by 60 working minutes', () => {
    const from = shanghai('2026-11-30 09:00');
    const pause = { from: shanghai('2026-11-30 11:30'), to: shanghai('2026-11-30 14:00') };
    const [without, withPause] = [dueAfter(office, from, 4 * HOUR, []), dueAfter(office, from, 4 * HOUR, [pause])];
    expect(local(without.at)).toBe('2026-11-30 14:30:00');
    expect(local(withPause.at)).toBe('2026-11-30 15:30:00');
  });

  it('5: two pauses that overlap are merged', () => {
    const [a, b, c, d] = ['10:00', '10:40', '10:20', '11:00'].map((time) => shanghai(`2026-11-30 ${time}`)) as [
      ...[number, number, number, number],
    ];
    const pauses = [
      { from: c, to: d },
      { from: a, to: b },
    ];
    expect(merged(pauses)).toEqual([{ from: a, to: d }]);
    const day = { from: shanghai('2026-11-30 09:00'), to: shanghai('2026-11-30 12:00') };
    expect(elapsed(office, day, pauses)).toBe(2 * HOUR);
  });

  it('6: what lies between resolve 10:00 and “not solved” 15:00 does not count', () => {
    const day = { from: shanghai('2026-11-30 09:00'), to: shanghai('2026-11-30 16:00') };
    const waiting = { from: shanghai('2026-11-30 10:00'), to: shanghai('2026-11-30 15:00') };
    expect(elapsed(office, day, [waiting])).toBe(2 * HOUR);
  });
});

it.each([
  ['the end of a span is due then, not the next morning', '2026-11-30 17:00', '1h', '2026-11-30 18:00:00'],
  ['filed at 18:00:00 starts the next working span', '2026-11-30 18:00', '10m', '2026-12-01 09:10:00'],
  ['lunch lies between', '2026-11-30 11:30', '1h', '2026-11-30 14:00:00'],
  ['a Sunday that is made up', '2026-09-18 18:00', '1h', '2026-09-20 10:00:00'],
  ['what is left of a second is dropped', '2026-11-30 10:00:00.900', '1h', '2026-11-30 11:00:00'],
  ['the clock’s time does not stop at night', '2026-11-27 17:50', '4h wall', '2026-11-27 21:50:00'],
  ['seven days by the clock', '2026-11-27 17:50', '7d wall', '2026-12-04 17:50:00'],
  ['one working day from Friday', '2026-11-27 17:50', '1 workday', '2026-11-30 17:50:00'],
  ['three working days over 国庆', '2026-09-29 10:15', '3 workdays', '2026-10-09 10:15:00'],
  ['a working day from the evening moves to the next span', '2026-11-27 20:00', '1 workday', '2026-12-01 09:00:00'],
  ['… from lunch to the end of lunch', '2026-11-27 12:30', '1 workday', '2026-11-30 13:30:00'],
  ['… from a Saturday: Monday is the first', '2026-11-28 10:00', '1 workday', '2026-11-30 10:00:00'],
  ['nothing at all is due at once', '2026-11-28 10:00', '0h', '2026-11-28 10:00:00'],
])('%s', (_, from, length, due) => expect(dueText(office, from, length)).toBe(due));

it('24×7 knows no night and no holiday', () => {
  expect(dueText(always, '2026-10-01 23:50', '1h')).toBe('2026-10-02 00:50:00');
  expect(working(always, shanghai('2025-12-31 12:00'), shanghai('2027-01-02 12:00'))).toBe(367 * 24 * HOUR);
});

it('the company’s own day wins over the official one and over the week', () => {
  const calendar = own({
    '2026-10-10': [],
    '2026-10-01': [{ from: 600, to: 660 }],
    '2026-11-28': [{ from: 540, to: 720 }],
  });
  expect(dueText(calendar, '2026-10-09 17:50', '1h')).toBe('2026-10-12 09:50:00');
  expect(dueText(calendar, '2026-09-30 18:00', '30m')).toBe('2026-10-01 10:30:00');
  expect(dueText(calendar, '2026-11-27 18:00', '1h')).toBe('2026-11-28 10:00:00');
});

it('what needs a year that is not published is provisional, and is not any more once it is', () => {
  const from = shanghai('2026-12-31 17:00');
  expect(after(office, from, durationOf('1h')!).provisional).toBe(false);
  expect(after(office, from, durationOf('2h')!).provisional).toBe(true);
  expect(after(office, from, durationOf('2 workdays')!).provisional).toBe(true);
  expect(nextWorking(office, shanghai('2026-12-31 19:00')).provisional).toBe(true);
  expect(after(always, from, durationOf('2h')!).provisional).toBe(false);
  expect(after(office, from, durationOf('7d wall')!).provisional).toBe(false);
  const published = new Map([...HOLIDAYS, [2027, { off: ['2027-01-01'], work: ['2027-01-02'] }]]);
  const later = makeCalendar({ ...CN_WORKDAYS, holidays: published }, SHANGHAI);
  expect(after(later, from, durationOf('2h')!)).toEqual({ at: shanghai('2027-01-02 10:00'), provisional: false });
});

it('working days between are those that `n workdays` counts', () => {
  expect(workdaysBetween(office, shanghai('2026-09-29 10:15'), shanghai('2026-10-09 08:00'))).toBe(3);
  expect(workdaysBetween(office, shanghai('2026-10-09 08:00'), shanghai('2026-09-29 10:15'))).toBe(-3);
  expect(workdaysBetween(office, shanghai('2026-10-01 08:00'), shanghai('2026-10-05 08:00'))).toBe(0);
  expect(workdaysBetween(office, 0, 8.64e15)).toBeNaN();
});

it('a name that is not there is the default; a calendar without work is refused', () => {
  const calendars = theCalendars();
  expect(calendars.names).toEqual(['cn-workdays', '24x7']);
  expect(calendars.calendarNamed('gone')).toBe(calendars.calendarNamed(null));
  expect(() => makeCalendar({ ...CN_WORKDAYS, name: 'idle', week: Array(7).fill([]) }, SHANGHAI)).toThrow('idle');
});
