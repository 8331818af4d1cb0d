/** The calendars of the service by name, as one immutable snapshot: part of what the engine is given. */
import { type Calendar, type CalendarDefinition, type DaySpan, type HolidayYear, makeCalendar } from './calendar.ts';
import { CN_WORKDAYS, ROUND_THE_CLOCK } from './standard.ts';
import type { Zone } from './zone.ts';

export interface Calendars {
  readonly names: readonly string[];
  /**
   * @param name null: the default. A calendar that is not there any more is the default, too, so that it strands no
   * ticket; the check says that a name is unknown.
   */
  calendarNamed(name: string | null): Calendar;
}

/** A company's calendar as it was entered, whole. */
export interface OwnCalendar {
  readonly kind: 'calendar';
  readonly name: string;
  /** Whether the official days count in it. */
  readonly official: boolean;
  readonly week: readonly (readonly DaySpan[])[];
  readonly days: ReadonlyMap<string, readonly DaySpan[]>;
}
/** Official days as they were announced, whole years. */
export interface OfficialDays {
  readonly kind: 'holidays';
  readonly years: ReadonlyMap<number, HolidayYear>;
}

export const DEFAULT_CALENDAR = CN_WORKDAYS.name;

/** @param holidays official days by year. @param own the company's; one named as a standard calendar replaces it */
export function makeCalendars(
  own: readonly CalendarDefinition[],
  holidays: NonNullable<CalendarDefinition['holidays']>,
  zone: Zone,
): Calendars {
  const standard = [{ ...CN_WORKDAYS, holidays }, ROUND_THE_CLOCK];
  const made = new Map([...standard, ...own].map((one) => [one.name, makeCalendar(one, zone)]));
  const byDefault = made.get(DEFAULT_CALENDAR) ?? makeCalendar(CN_WORKDAYS, zone);
  return {
    names: [...made.keys()],
    calendarNamed: (name) => (name === null ? byDefault : (made.get(name) ?? byDefault)),
  };
}
