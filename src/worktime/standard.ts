/** The calendars that every installation has. */
import type { CalendarDefinition, DaySpan } from './calendar.ts';

const at = (hour: number, minute = 0): number => hour * 60 + minute;
const OFFICE: readonly DaySpan[] = [
  { from: at(9), to: at(12) },
  { from: at(13, 30), to: at(18) },
];
const ALL_DAY: readonly DaySpan[] = [{ from: 0, to: at(24) }];

/** Monday to Friday, official days off and make-up days; its years are filled in from the data. */
export const CN_WORKDAYS: CalendarDefinition = {
  name: 'cn-workdays',
  week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []],
  holidays: new Map(),
  days: new Map(),
};

/** Always: neither weekends nor holidays. */
export const ROUND_THE_CLOCK: CalendarDefinition = {
  name: '24x7',
  week: Array.from({ length: 7 }, () => ALL_DAY),
  holidays: null,
  days: new Map(),
};
