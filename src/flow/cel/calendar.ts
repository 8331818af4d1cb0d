/** The calendar that `workdays_between` counts by: the scope's, for the length of one evaluation. */
import type { Calendar } from '../../worktime/calendar.ts';
import { workdaysBetween } from '../../worktime/working.ts';

/** Where a scope keeps it: no name that an expression could write. */
export const CALENDAR: unique symbol = Symbol('calendar');

/** As `refuel`: evaluation is synchronous and never nested. */
let current: Counted = {};
export const countBy = (scope: Counted): void => {
  current = scope;
};
interface Counted {
  readonly [CALENDAR]?: Calendar;
}

/** NaN, unset, for a time that is not set. */
export function workdays(a: Date, b: Date): number {
  const calendar = current[CALENDAR];
  return calendar ? workdaysBetween(calendar, a.getTime(), b.getTime()) : NaN;
}
