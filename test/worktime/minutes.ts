/** The slow model: real time minute by minute, each asked what the wall shows and whether that is worked. */
import type { CalendarDefinition, DaySpan } from '../../src/worktime/calendar.ts';

const MINUTE = 60_000;
// Globals are slow to reach from jest's sandbox, and the loops below run a hundred million times.
const { floor, max } = Math;

/** What the wall shows, for each minute of a window. */
export interface Window {
  /** Epoch minutes. */
  readonly from: number;
  /** Local minutes since 1970-01-01T00:00, per minute. */
  readonly local: Int32Array;
  /** The first minute that shows this local time. */
  readonly firstAt: ReadonlyMap<number, number>;
}

export function aWindow(zone: string, from: string, days: number): Window {
  const start = Date.parse(`${from}T00:00:00Z`) / MINUTE;
  const local = new Int32Array(days * 1440);
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  for (let i = 0; i < local.length; i += 30) {
    const shown = clock.format((start + i) * MINUTE).replace(' ', 'T');
    const minutes = Date.parse(`${shown}Z`) / MINUTE;
    for (let j = i; j < i + 30; j += 1) local[j] = minutes + j - i;
  }
  const firstAt = new Map<number, number>();
  local.forEach((shown, i) => void (firstAt.has(shown) || firstAt.set(shown, i)));
  return { from: start, local, firstAt };
}

export interface Model {
  readonly window: Window;
  /** 1: work. */
  readonly work: Uint8Array;
  isWorkingDay(day: number): boolean;
}

export function aModel(window: Window, definition: CalendarDefinition): Model {
  const days = new Map<number, Uint8Array>();
  const patternOf = (day: number): Uint8Array => {
    let pattern = days.get(day);
    if (!pattern) {
      pattern = new Uint8Array(1440);
      for (const { from, to } of spansOn(definition, day)) pattern.fill(1, from, to);
      days.set(day, pattern);
    }
    return pattern;
  };
  const work = window.local.map((local) => patternOf(floor(local / 1440))[local % 1440] ?? 0);
  return { window, work: Uint8Array.from(work), isWorkingDay: (day) => patternOf(day).includes(1) };
}

function spansOn({ days, holidays, week }: CalendarDefinition, day: number): readonly DaySpan[] {
  const date = new Date(day * 86_400_000);
  const text = date.toISOString().slice(0, 10);
  const year = holidays?.get(date.getUTCFullYear());
  const own = days.get(text);
  if (own) return own;
  if (year?.work.includes(text)) return week.find((one) => one.length > 0) ?? [];
  if (year?.off.includes(text)) return [];
  return week[(date.getUTCDay() + 6) % 7] ?? [];
}

/** The same with these minutes of the window not worked. */
export function without(model: Model, pauses: readonly (readonly [from: number, to: number])[]): Model {
  const work = model.work.slice();
  for (const [from, to] of pauses) work.fill(0, max(0, from), max(0, to));
  return { ...model, work };
}

/** Worked ms in [from, to). */
export function countedWork({ window, work }: Model, from: number, to: number): number {
  let sum = 0;
  for (let at = from, i = floor(from / MINUTE) - window.from; at < to; i += 1) {
    const minute = (window.from + i + 1) * MINUTE;
    const next = minute < to ? minute : to;
    if (work[i] === 1) sum += next - at;
    at = next;
  }
  return sum;
}

/** The earliest instant at which so much is worked; null: not in the window. */
export function walkedTo({ window, work }: Model, from: number, ms: number): number | null {
  let left = ms;
  if (left === 0) return from;
  for (let at = from, i = floor(from / MINUTE) - window.from; i < work.length; i += 1) {
    const next = (window.from + i + 1) * MINUTE;
    if (work[i] === 1) {
      if (left <= next - at) return at + left;
      left -= next - at;
    }
    at = next;
  }
  return null;
}

/** The nth later working day at the same local time, moved to the next working minute; null: not in the window. */
export function walkedDays(model: Model, from: number, n: number): number | null {
  const { window, work } = model;
  const now = window.local[floor(from / MINUTE) - window.from] ?? NaN;
  let day = floor(now / 1440);
  const lastDay = floor((window.local.at(-1) ?? 0) / 1440);
  for (let left = n; left > 0;) {
    day += 1;
    if (day > lastDay) return null;
    if (model.isWorkingDay(day)) left -= 1;
  }
  const time = day * 1440 + (now % 1440);
  // The wall never shows it: as much later as it skips, which is an hour in these tests.
  const i = window.firstAt.get(time) ?? window.firstAt.get(time + 60);
  if (i === undefined) return null;
  if (work[i] === 1) return (window.from + i) * MINUTE + (from % MINUTE);
  const next = work.indexOf(1, i);
  return next < 0 ? null : (window.from + next) * MINUTE;
}
