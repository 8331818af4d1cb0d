/** `paidan calendar import`: what it prints, and what it leaves alone when the file is wrong. */
import { writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { calendarCommand } from '../../src/cli/calendar.ts';
import { Usage } from '../../src/cli/usage.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import { openDatabase } from '../../src/store/database.ts';
import { aLog } from '../support/log.ts';
import { aTerminal } from './terminal.ts';

const { said } = aTerminal();

async function covered(year: number): Promise<boolean> {
  const db = await openDatabase({ url: process.env['DATABASE_URL'] ?? '', log: aLog() });
  const people = makeDirectory({ db, cache: { subscribe: () => () => {} }, clock: () => 0, log: aLog() });
  await people.refresh();
  await db.close();
  return people.current().calendars.calendarNamed(null).covers(year);
}

it('a new year’s days off, by file', async () => {
  await writeFile(
    '2027.yaml',
    'holidays: cn\nyears:\n  2027:\n    off: [2027-01-01..2027-01-03]\n    work: [2027-01-09]\n',
  );
  expect(await calendarCommand(['import', '2027.yaml'])).toBe(0);
  expect(said()).toEqual(['已导入放假安排：2027。The official days of 2027 are in force.']);
  expect(await covered(2027)).toBe(true);
});

it('a wrong file is refused as a whole, with its line', async () => {
  await writeFile('2028.yaml', 'holidays: cn\nyears:\n  2028:\n    off: [2028-01-01]\n    works: []\n');
  const wrong = calendarCommand(['import', '2028.yaml']);
  await expect(wrong).rejects.toThrow(ConfigError);
  await expect(wrong).rejects.toThrow(/2028\.yaml:5: years\.2028\.works/);
  expect(await covered(2028)).toBe(false);
});

it('wrong use says how it is called', async () => {
  await expect(calendarCommand([])).rejects.toThrow(Usage);
  await expect(calendarCommand(['import', 'nowhere.yaml'])).rejects.toThrow(/nowhere\.yaml/);
});
