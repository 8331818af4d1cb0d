/** The functions that the template language adds to CEL's own. */
import type { Environment } from '@marcbachmann/cel-js';
import { localDay, type LocalTime, localTime } from '../zone.ts';
import { workdays } from './calendar.ts';
import { FILLED, Struct } from './layout.ts';
import { PersonView } from './view.ts';

const TIME = 'google.protobuf.Timestamp';
const sync = { async: false };
const HOUR_MS = 3_600_000;

export function registerFunctions(env: Environment): void {
  registerLocalTime(env);
  env
    .registerFunction('is_set(dyn): bool', isSet, sync)
    .registerFunction('sum(list<double>): double', (list: readonly number[]) => total(list), sync)
    .registerFunction('avg(list<double>): double', average, sync)
    .registerFunction('round(double): double', (value: number) => roundTo(value, 0), sync)
    .registerFunction('round(double, double): double', roundTo, sync)
    .registerFunction(`days_between(${TIME}, ${TIME}): double`, daysBetween, sync)
    .registerFunction(
      `hours_between(${TIME}, ${TIME}): double`,
      (a: Date, b: Date) => (b.getTime() - a.getTime()) / HOUR_MS,
      sync,
    )
    .registerFunction(`workdays_between(${TIME}, ${TIME}): double`, workdays, sync)
    .registerFunction('upper_amount(double): string', upperAmount, sync)
    .registerFunction(
      'in_department(Person, string): bool',
      (person: PersonView, name: string) => person.isIn(name),
      sync,
    )
    .registerFunction(
      'has_role(Person, string): bool',
      (person: PersonView, name: string) => person.hasRole(name),
      sync,
    );
}

/** The parts of a time, local. As in CEL, months and days of the week count from 0 (January, Sunday). */
function registerLocalTime(env: Environment): void {
  const parts: [string, (at: LocalTime, time: Date) => number][] = [
    ['getFullYear_', ({ year }) => year],
    ['getMonth_', ({ month }) => month - 1],
    ['getDate_', ({ day }) => day],
    ['getHours_', ({ hour }) => hour],
    ['getDayOfWeek_', (_, time) => (localDay(time.getTime()) + 4) % 7],
  ];
  for (const [name, read] of parts) {
    const part = (time: Date) => BigInt(read(localTime(time.getTime()), time));
    env.registerFunction(`${TIME}.${name}(): int`, part, sync);
  }
  env.registerFunction(
    'google.protobuf.Duration.getHours_(): int',
    (length: { getHours: () => bigint }) => length.getHours(),
    sync,
  );
}

export const FUNCTION_NAMES = [
  ...['is_set', 'sum', 'avg', 'round', 'days_between', 'workdays_between', 'hours_between', 'upper_amount'],
  ...['in_department', 'has_role', 'size', 'string', 'double', 'int', 'bool', 'timestamp', 'duration', 'has'],
];

/** A switch is set when it is on; a node when its form was filled in. */
function isSet(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isNaN(value);
  if (typeof value === 'string') return value !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  if (value instanceof PersonView) return !Number.isNaN(value.id);
  if (value instanceof Struct) return Array.isArray(value.rows) ? value.rows.length > 0 : value[FILLED] === true;
  return Boolean(value);
}

const isNumber = (value: number) => !Number.isNaN(value);
const total = (list: readonly number[]) => list.filter(isNumber).reduce((sum, value) => sum + value, 0);
function average(list: readonly number[]): number {
  const known = list.filter(isNumber);
  return known.length === 0 ? NaN : total(known) / known.length;
}

/** Half away from zero, on the decimal text, so that 1.005 rounds to 1.01. @param digits 0…10 */
function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const places = Math.min(10, Math.max(0, Math.trunc(digits)));
  const shifted = Number(`${Math.abs(value)}e${places}`);
  const rounded = Number.isNaN(shifted) ? Math.abs(value) : Number(`${Math.round(shifted)}e-${places}`);
  return value < 0 ? -rounded : rounded;
}

/** Local midnights passed from a to b. */
const daysBetween = (a: Date, b: Date) => localDay(b.getTime()) - localDay(a.getTime());

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const UNITS = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '兆'];

/** An amount as contracts write it: 1200.5 → 壹仟贰佰元伍角. '' when unset or beyond 兆. */
export function upperAmount(amount: number): string {
  const cents = Math.round(Math.abs(amount) * 100);
  if (!Number.isSafeInteger(cents)) return '';
  const whole = Math.floor(cents / 100);
  const [jiao, fen] = [Math.floor(cents / 10) % 10, cents % 10];
  const yuan = whole > 0 ? `${upperInteger(whole)}元` : '';
  let small = '';
  if (jiao > 0) small += `${DIGITS[jiao]}角`;
  else if (fen > 0 && whole > 0) small += '零';
  if (fen > 0) small += `${DIGITS[fen]}分`;
  const text = yuan + small === '' ? '零元整' : yuan + (fen > 0 ? small : `${small}整`);
  return (amount < 0 && cents > 0 ? '负' : '') + text;
}

function upperInteger(whole: number): string {
  let text = '';
  let zero = false;
  const groups = String(whole).padStart(16, '0').match(/\d{4}/g) ?? [];
  groups.forEach((group, g) => {
    if (Number(group) === 0) {
      zero = zero || text !== '';
      return;
    }
    [...group].forEach((digit, i) => {
      if (digit === '0') zero = zero || text !== '';
      else {
        text += `${zero ? '零' : ''}${DIGITS[Number(digit)]}${UNITS[3 - i]}`;
        zero = false;
      }
    });
    text += GROUPS[groups.length - 1 - g] ?? '';
    zero = false;
    if (group.endsWith('0')) zero = true;
  });
  return text;
}
