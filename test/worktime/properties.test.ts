/** Interval arithmetic against the model that counts minutes: 20,000 random cases on random calendars in two zones. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CalendarDefinition, type DaySpan, makeCalendar } from '../../src/worktime/calendar.ts';
import { dueAfter, elapsed } from '../../src/worktime/pauses.ts';
import { after, nextWorking, working } from '../../src/worktime/working.ts';
import { zoneNamed } from '../../src/worktime/zone.ts';
import { aModel, aWindow, countedWork, type Model, walkedDays, walkedTo, without } from './minutes.ts';

const MINUTE = 60_000;
const DAYS = 28;
const CALENDARS = 200;
const CASES = 100;

/** Over New Year, and over both changes of the clocks in Europe. */
const PLACES = [
  ['Asia/Shanghai', '2026-12-10'],
  ['Europe/Berlin', '2026-03-08'],
  ['Europe/Berlin', '2026-10-04'],
] as const;
const places = PLACES.map(([name, from]) => ({ zone: zoneNamed(name), window: aWindow(name, from, DAYS), from }));

const spans: fc.Arbitrary<DaySpan[]> = fc
  .uniqueArray(
    fc.oneof(
      fc.integer({ min: 0, max: 48 }).map((half) => half * 30),
      fc.integer({ min: 0, max: 1440 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((edges) => edges.sort((a, b) => a - b))
  .map((edges) =>
    Array.from({ length: edges.length >> 1 }, (_, i) => ({ from: edges[2 * i]!, to: edges[2 * i + 1]! })),
  );

const dates = (from: string) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: DAYS - 1 }), { maxLength: 8 })
    .map((days) => days.map((day) => new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10)));

function definitions(from: string): fc.Arbitrary<CalendarDefinition> {
  return fc
    .record({
      week: fc.array(spans, { minLength: 7, maxLength: 7 }).filter((week) => week.some((day) => day.length > 0)),
      off: dates(from),
      work: dates(from),
      days: dates(from).chain((all) => fc.tuple(...all.map((date) => fc.tuple(fc.constant(date), spans)))),
    })
    .map(({ week, off, work, days }) => {
      const ofYear = (year: string) => ({
        off: off.filter((date) => date.startsWith(year)),
        work: work.filter((date) => date.startsWith(year)),
      });
      const holidays = new Map(['2026', '2027'].map((year) => [Number(year), ofYear(year)]));
      return { name: 'random', week, holidays, days: new Map(days) };
    });
}

const aCase = fc.record({
  /** Minutes into the window; the last week is for what follows. */
  start: fc.oneof(
    fc.integer({ min: 48, max: (DAYS - 7) * 48 }).map((half) => half * 30),
    fc.integer({ min: 1440, max: (DAYS - 7) * 1440 }),
  ),
  seconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 59 })),
  length: fc.integer({ min: 0, max: 6 * 86_400 }),
  goal: fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((half) => half * 1800),
    fc.integer({ min: 1, max: 30 * 3600 }),
  ),
  workdays: fc.integer({ min: 1, max: 8 }),
  pauses: fc.array(fc.tuple(fc.integer({ min: -300, max: 4000 }), fc.integer({ min: 0, max: 900 })), { maxLength: 4 }),
});
const scenario = fc.nat(places.length - 1).chain((place) =>
  fc.record({
    place: fc.constant(place),
    definition: definitions(places[place]!.from),
    cases: fc.array(aCase, { minLength: CASES, maxLength: CASES }),
  }),
);

type Case = typeof aCase extends fc.Arbitrary<infer T> ? T : never;

function judge(calendar: ReturnType<typeof makeCalendar>, model: Model, one: Case): void {
  const from = (model.window.from + one.start) * MINUTE + one.seconds * 1000;
  const to = from + one.length * 1000;
  const pauses = one.pauses.map(([begin, minutes]) => [one.start + begin, one.start + begin + minutes] as const);
  const stretches = pauses.map(([begin, end]) => ({
    from: (model.window.from + begin) * MINUTE,
    to: (model.window.from + end) * MINUTE,
  }));
  const paused = without(model, pauses);
  const ms = one.goal * 1000;
  const end = (model.window.from + model.work.length) * MINUTE;
  const same = (what: string, found: number, walked: number | null) => {
    if (walked === null ? found < end : found !== walked) throw new Error(`${what}: ${found}, counted ${walked}`);
  };
  same('working', working(calendar, from, to), countedWork(model, from, to));
  same('elapsed', elapsed(calendar, { from, to }, stretches), countedWork(paused, from, to));
  same('after', after(calendar, from, { kind: 'working', ms }).at, walkedTo(model, from, ms));
  same('dueAfter', dueAfter(calendar, from, ms, stretches).at, walkedTo(paused, from, ms));
  const days = walkedDays(model, from, one.workdays);
  if (days !== null) same('workdays', after(calendar, from, { kind: 'workdays', n: one.workdays }).at, days);
  const next = walkedTo(model, from, 1000);
  if (next !== null) same('nextWorking', nextWorking(calendar, from).at, next - 1000);
}

describe(`${CALENDARS * CASES} random cases`, () => {
  it('agree with the model that counts minutes', () => {
    let judged = 0;
    fc.assert(
      fc.property(scenario, ({ place, definition, cases }) => {
        const { zone, window } = places[place]!;
        const calendar = makeCalendar(definition, zone);
        const model = aModel(window, definition);
        for (const one of cases) {
          judge(calendar, model, one);
          judged += 1;
        }
      }),
      // Shrinking a hundred cases takes longer than reading the message, which names what differs.
      { numRuns: CALENDARS, endOnFailure: true },
    );
    expect(judged).toBeGreaterThanOrEqual(20_000);
  });
});
