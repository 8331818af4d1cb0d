/** Calendars for tests: the standard ones, with the official days of a few years as they were announced. */
import type { CalendarDefinition, HolidayYear } from '../../src/worktime/calendar.ts';
import { makeCalendars } from '../../src/worktime/calendars.ts';
import { zoneNamed } from '../../src/worktime/zone.ts';

export const SHANGHAI = zoneNamed('Asia/Shanghai');

/** 2026: 国庆 from the 1st to the 7th of October, made up on Sunday 20 September and Saturday 10 October. */
export const HOLIDAYS: ReadonlyMap<number, HolidayYear> = new Map([
  [
    2026,
    {
      off: [
        ...['2026-01-01', '2026-01-02', '2026-01-03'],
        ...['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'],
      ],
      work: ['2026-01-04', '2026-09-20', '2026-10-10'],
    },
  ],
]);

export const theCalendars = (own: readonly CalendarDefinition[] = []) => makeCalendars(own, HOLIDAYS, SHANGHAI);

/** Epoch ms of a local time in Shanghai: `2026-11-27 17:50` or with seconds. */
export const shanghai = (text: string): number =>
  Date.parse(`${text.replace(' ', 'T')}${text.length > 16 ? '' : ':00'}+08:00`);
