/**
 * The calendars of the service as settings: official days by year, and the company's own calendars. A change raises the
 * directory's revision, so that every process reads them anew.
 */
import type { Database, Reader, Tx } from '../store/database.ts';
import type { CalendarDefinition, DaySpan, HolidayYear } from '../worktime/calendar.ts';
import type { OfficialDays, OwnCalendar } from '../worktime/calendars.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';
import { currentSettings, saveSetting } from './setting.ts';

export interface CalendarRows {
  readonly own: readonly CalendarDefinition[];
  readonly holidays: ReadonlyMap<number, HolidayYear>;
}

/** The state whose days are official; the only one so far. */
const STATE = 'cn';

export async function calendarsIn(reader: Reader): Promise<CalendarRows> {
  const holidays = await yearsIn(reader);
  const settings = await currentSettings(reader, 'calendar');
  const own = settings.map(({ name, body }): CalendarDefinition => {
    const { official, week, days } = body as CalendarBody;
    return { name, week, holidays: official ? holidays : null, days: new Map(Object.entries(days)) };
  });
  return { own, holidays };
}

/** A calendar replaces the one of its name; official days replace the years that they are about and leave the others. */
export async function importCalendar(
  db: Database,
  given: OwnCalendar | OfficialDays,
  announcer: Pick<Announcer, 'publish'>,
): Promise<void> {
  await db.write(async (tx) => {
    await lockDirectory(tx);
    if (given.kind === 'calendar') await saveCalendar(tx, given);
    else await saveYears(tx, new Map([...(await yearsIn(tx)), ...given.years]));
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, given.kind));
  });
}

/**
 * What the service ships: years and calendars that the database does not have. A newer version of the service brings its
 * years along; what was imported stays.
 */
export async function seedCalendars(db: Database, seeds: readonly (OwnCalendar | OfficialDays)[]): Promise<void> {
  await db.write(async (tx) => {
    await lockDirectory(tx);
    const { own, holidays } = await calendarsIn(tx);
    const missing = new Map(holidays);
    const calendars = seeds.filter((seed) => seed.kind === 'calendar');
    for (const seed of seeds) {
      if (seed.kind === 'calendar') continue;
      for (const [year, days] of seed.years) if (!missing.has(year)) missing.set(year, days);
    }
    const unknown = calendars.filter(({ name }) => !own.some((one) => one.name === name));
    for (const one of unknown) await saveCalendar(tx, one);
    if (missing.size > holidays.size) await saveYears(tx, missing);
    if (unknown.length > 0 || missing.size > holidays.size) await raiseRevision(tx);
  });
}

interface CalendarBody {
  readonly official: boolean;
  readonly week: CalendarDefinition['week'];
  readonly days: Readonly<Record<string, readonly DaySpan[]>>;
}

async function yearsIn(reader: Reader): Promise<Map<number, HolidayYear>> {
  const [state] = await currentSettings(reader, 'holidays');
  const { years } = (state?.body ?? { years: {} }) as { years: Readonly<Record<string, HolidayYear>> };
  return new Map(Object.entries(years).map(([year, days]) => [Number(year), days]));
}

function saveCalendar(tx: Tx, { name, official, week, days }: OwnCalendar): Promise<void> {
  const body: CalendarBody = { official, week, days: Object.fromEntries(days) };
  return saveSetting(tx, 'calendar', name, body);
}

const saveYears = (tx: Tx, years: ReadonlyMap<number, HolidayYear>): Promise<void> =>
  saveSetting(tx, 'holidays', STATE, { years: Object.fromEntries(years) });
