/**
 * Files that say when there is work: the official days of some years, or a company's calendar. YAML or JSON, read at the
 * start from `config/calendars/` and later by `paidan calendar import`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { makeUp } from '../worktime/calendar.ts';
import type { OfficialDays, OwnCalendar } from '../worktime/calendars.ts';
import { CN_WORKDAYS } from '../worktime/standard.ts';
import { CALENDAR, type DayHours, HOLIDAYS } from './calendarShape.ts';
import { inWords } from './judge.ts';
import { isGroup, type Layer, placeOf, readYaml } from './layer.ts';
import { packageRoot } from './packageRoot.ts';
import { ConfigError } from './problem.ts';

/** What the service ships, or finds there. @throws ConfigError */
export function loadCalendars(folder = join(packageRoot(), 'config/calendars')): (OfficialDays | OwnCalendar)[] {
  const names = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.sort().map((name) => readCalendar(readFileSync(join(folder, name), 'utf8'), `config/calendars/${name}`));
}

/** @param file as shown to people @throws ConfigError */
export function readCalendar(source: string, file: string): OfficialDays | OwnCalendar {
  const { layer, problems } = readYaml(source, file);
  if (problems.length > 0) throw new ConfigError(problems, headOf(problems));
  const isOfficial = isGroup(layer.value) && 'years' in layer.value && !('calendar' in layer.value);
  return isOfficial ? holidays(layer) : calendar(layer);
}

function holidays(layer: Layer): OfficialDays {
  const { years } = parsed(HOLIDAYS, layer);
  return { kind: 'holidays', years: new Map(Object.entries(years).map(([year, days]) => [Number(year), days])) };
}

function calendar(layer: Layer): OwnCalendar {
  const { calendar: name, holidays: official, week: written, days } = parsed(CALENDAR, layer);
  const week = written ?? CN_WORKDAYS.week;
  const hours = (day: DayHours) => (day === 'work' ? makeUp(week) : typeof day === 'number' ? (week[day] ?? []) : day);
  return {
    kind: 'calendar',
    name,
    official: official === 'cn',
    week,
    days: new Map(Object.entries(days).map(([date, day]) => [date, hours(day)])),
  };
}

function parsed<T>(schema: z.ZodType<T>, layer: Layer): T {
  const result = schema.safeParse(layer.value);
  if (result.success) return result.data;
  const found = result.error.issues.flatMap((issue) => inWords(issue, layer.value));
  const problems = found.map((problem) => ({ ...problem, where: placeOf([layer], problem.path) }));
  throw new ConfigError(problems, headOf(problems));
}

const headOf = ({ length }: { readonly length: number }): string =>
  `日历文件有 ${length} 处要改，没有读入。 / ${length} ${length === 1 ? 'thing' : 'things'} to change in the calendar file; nothing was read.`;
