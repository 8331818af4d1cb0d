/** Calendars in the database: seeded, imported, read by every process with the directory's next revision. */
import { expect, it } from '@jest/globals';
import { importCalendar, seedCalendars } from '../../src/people/calendar.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import type { Database } from '../../src/store/database.ts';
import type { OwnCalendar } from '../../src/worktime/calendars.ts';
import { CN_WORKDAYS } from '../../src/worktime/standard.ts';
import { after } from '../../src/worktime/working.ts';
import { HOLIDAYS, shanghai } from '../support/calendar.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';

const announcer = { publish: () => undefined };
const shipped = [{ kind: 'holidays', years: HOLIDAYS }] as const;
const next = (year: number) =>
  ({ kind: 'holidays', years: new Map([[year, { off: [`${year}-01-01`], work: [`${year}-01-02`] }]]) }) as const;
const hq: OwnCalendar = {
  ...{ kind: 'calendar', name: '总部', official: true, week: CN_WORKDAYS.week },
  days: new Map([['2026-12-31', []]]),
};

eachDatabase('calendars', (open) => {
  async function service() {
    const { database: db } = await open();
    const people = makeDirectory({ db, cache: { subscribe: () => () => {} }, clock: () => 0, log: aLog() });
    await seedCalendars(db, shipped);
    await people.refresh();
    return { db, people };
  }
  const versions = (db: Database, kind: string) =>
    db.read(async (reader) => (await reader.rows('SELECT version FROM setting WHERE kind = ?', [kind])).length);
  const oneDay = { kind: 'workdays', n: 1 } as const;
  const newYear = shanghai('2026-12-31 17:00');

  it('a year that is not published is provisional, and not any more after its import', async () => {
    const { db, people } = await service();
    expect(after(people.current().calendars.calendarNamed(null), newYear, oneDay).provisional).toBe(true);
    const { revision } = people.current();
    await importCalendar(db, next(2027), announcer);
    const { revision: later } = await people.refresh();
    expect(later).toBeGreaterThan(revision);
    const due = after(people.current().calendars.calendarNamed(null), newYear, oneDay);
    expect(due).toEqual({ at: shanghai('2027-01-02 17:00'), provisional: false });
    // 国庆 2026 is still known.
    expect(after(people.current().calendars.calendarNamed(null), shanghai('2026-09-30 17:00'), oneDay).at).toBe(
      shanghai('2026-10-08 17:00'),
    );
  });

  it('a company’s calendar is there by its name, and its next version replaces it', async () => {
    const { db, people } = await service();
    await importCalendar(db, hq, announcer);
    await people.refresh();
    expect(people.current().calendars.names).toEqual(['cn-workdays', '24x7', '总部']);
    const before = shanghai('2026-12-30 17:00');
    expect(after(people.current().calendars.calendarNamed('总部'), before, oneDay).provisional).toBe(true);
    await importCalendar(db, { ...hq, official: false, days: new Map() }, announcer);
    await people.refresh();
    expect(after(people.current().calendars.calendarNamed('总部'), before, oneDay).at).toBe(
      shanghai('2026-12-31 17:00'),
    );
    expect(await versions(db, 'calendar')).toBe(2);
  });

  it('a start brings years and calendars that are new, and takes back nothing that was imported', async () => {
    const { db, people } = await service();
    await importCalendar(db, next(2027), announcer);
    await importCalendar(db, hq, announcer);
    const { revision } = await people.refresh();
    const other = { kind: 'holidays', years: new Map([[2027, { off: [], work: [] }]]) } as const;
    await seedCalendars(db, [...shipped, other, { ...hq, days: new Map() }]);
    expect((await people.refresh()).revision).toBe(revision);
    await seedCalendars(db, [...shipped, next(2028), { ...hq, name: '工厂' }]);
    expect((await people.refresh()).revision).toBe(revision + 1);
    expect(people.current().calendars.names).toContain('工厂');
    const office = people.current().calendars.calendarNamed(null);
    expect([2026, 2027, 2028, 2029].map((year) => office.covers(year))).toEqual([true, true, true, false]);
    expect(after(office, newYear, oneDay).at).toBe(shanghai('2027-01-02 17:00'));
  });

  it('two who import at once both succeed', async () => {
    const { db, people } = await service();
    await Promise.all([2027, 2028, 2029].map((year) => importCalendar(db, next(year), announcer)));
    await people.refresh();
    const office = people.current().calendars.calendarNamed(null);
    expect([2027, 2028, 2029].every((year) => office.covers(year))).toBe(true);
  });
});
