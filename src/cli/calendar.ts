/** `paidan calendar import FILE`: a company's calendar, or the official days of a new year; a running service sees it soon. */
import { basename } from 'node:path';
import { readCalendar } from '../config/calendars.ts';
import { importCalendar } from '../people/calendar.ts';
import { read } from './findings.ts';
import { withGround } from './ground.ts';
import { Usage } from './usage.ts';

const HOW = '用法 usage: paidan calendar import FILE';

export async function calendarCommand(args: readonly string[]): Promise<number> {
  const [what, file, ...rest] = args;
  if (what !== 'import' || file === undefined || rest.length > 0) throw new Usage(HOW);
  const given = readCalendar(await read(file), basename(file));
  return withGround(async ({ db, cache }) => {
    await importCalendar(db, given, cache);
    const what = given.kind === 'calendar' ? given.name : [...given.years.keys()].sort().join(' ');
    console.log(
      given.kind === 'calendar'
        ? `已导入日历 ${what}。The calendar ${what} is in force.`
        : `已导入放假安排：${what}。The official days of ${what} are in force.`,
    );
    return 0;
  });
}
