/**
 * A calendar: when there is work. Three layers, the later wins: the weekly pattern; the official days off and make-up
 * working days; the company's own days. A year is laid out once, when it is first asked for, as spans in real time.
 */
import { DAY_MS, dayOf, instantOf, stretchesOf, weekdayOf, type Zone } from './zone.ts';

/** Half-open; minutes of the local day, 0…1440, `from` < `to`. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** What the state announced for the days of one year. Dates are `YYYY-MM-DD`. */
export interface HolidayYear {
  readonly off: readonly string[];
  /** Make-up days: worked as a Monday. */
  readonly work: readonly string[];
}

export interface CalendarDefinition {
  readonly name: string;
  /** Seven lists, Monday's first; each in order, without overlap. At least one has a span. */
  readonly week: readonly (readonly DaySpan[])[];
  /** By year, as far as published; null: official days do not matter here. */
  readonly holidays: ReadonlyMap<number, HolidayYear> | null;
  /** The company's own days, by date; an empty list is a day off. */
  readonly days: ReadonlyMap<string, readonly DaySpan[]>;
}

export interface Calendar {
  readonly name: string;
  readonly zone: Zone;
  /** False while the official days of that year are not published: what is computed from it is provisional. */
  covers(year: number): boolean;
  year(year: number): Year;
  yearAt(at: number): Year;
}

/** One local year; instants are epoch ms, lists are in order. */
export interface Year {
  readonly year: number;
  readonly from: number;
  readonly to: number;
  /** The spans in which there is work, and the working ms of the year before each. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly before: readonly number[];
  /** Working ms of the whole year. */
  readonly total: number;
  /** The days with work, as days since 1970-01-01. */
  readonly days: readonly number[];
  readonly provisional: boolean;
}

const MINUTE_MS = 60_000;
/** Enough for every deadline and report; what wanders through centuries must not keep them all. */
const MOST_YEARS = 256;

/** @throws Error when there is no work in the week: nothing would ever be due */
export function makeCalendar(definition: CalendarDefinition, zone: Zone): Calendar {
  const { name, week, holidays } = definition;
  if (week.length !== 7 || week.every((day) => day.length === 0))
    throw new Error(`The calendar ${name} has no working time in its week`);
  const years = new Map<number, Year>();
  const covers = (year: number) => holidays === null || holidays.has(year);
  const year = (wanted: number): Year => {
    let found = years.get(wanted);
    if (!found) {
      if (years.size >= MOST_YEARS) years.clear();
      years.set(wanted, (found = layOut(definition, zone, wanted, !covers(wanted))));
    }
    return found;
  };
  const yearAt = (at: number): Year => {
    const near = year(new Date(at).getUTCFullYear());
    if (at < near.from) return year(near.year - 1);
    return at < near.to ? near : year(near.year + 1);
  };
  return { name, zone, covers, year, yearAt };
}

function layOut(definition: CalendarDefinition, zone: Zone, year: number, provisional: boolean): Year {
  const [from, to] = [year, year + 1].map((one) => instantOf(zone, firstDay(one) * DAY_MS)) as [number, number];
  const spansOn = makeDays(definition, year);
  const starts: number[] = [];
  const ends: number[] = [];
  const days: number[] = [];
  for (const stretch of stretchesOf(zone, from, to)) {
    const [first, last] = [stretch.from, stretch.to - 1].map((at) => Math.floor((at + stretch.offset) / DAY_MS));
    for (let day = first ?? 0; day <= (last ?? 0); day += 1) {
      const spans = spansOn(day);
      if (spans.length > 0 && days.at(-1) !== day) days.push(day);
      for (const span of spans) {
        // Where the clocks change, what the wall skips is not worked, and what it shows twice is worked twice.
        const start = Math.max(day * DAY_MS + span.from * MINUTE_MS - stretch.offset, stretch.from);
        const end = Math.min(day * DAY_MS + span.to * MINUTE_MS - stretch.offset, stretch.to);
        if (start >= end) continue;
        // 24:00 and the next 00:00 are one instant: work goes on.
        if (ends.at(-1) === start) ends.pop();
        else starts.push(start);
        ends.push(end);
      }
    }
  }
  let total = 0;
  const before = starts.map((start, i) => {
    const sum = total;
    total += (ends[i] ?? start) - start;
    return sum;
  });
  return { year, from, to, starts, ends, before, total, days, provisional };
}

/** Days since 1970-01-01 of the 1st of January. */
const firstDay = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1) / DAY_MS;

/** The three layers, for the days of one year. */
function makeDays({ week, holidays, days }: CalendarDefinition, year: number): (day: number) => readonly DaySpan[] {
  const own = new Map<number, readonly DaySpan[]>();
  const official = holidays?.get(year);
  for (const date of official?.off ?? []) own.set(dayOf(date), []);
  for (const date of official?.work ?? []) own.set(dayOf(date), makeUp(week));
  for (const [date, spans] of days) own.set(dayOf(date), spans);
  return (day) => own.get(day) ?? week[weekdayOf(day)] ?? [];
}

/** What is worked on a make-up day: Monday's hours, or those of the week's first working day. */
export const makeUp = (week: CalendarDefinition['week']): readonly DaySpan[] =>
  week.find((day) => day.length > 0) ?? [];
