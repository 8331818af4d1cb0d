/** Lengths as written, and which of two is surely over sooner. */
import { expect, it } from '@jest/globals';
import { durationOf, surelyShorter } from '../../src/worktime/duration.ts';

it.each([
  ['4h', { kind: 'working', ms: 14_400_000 }],
  ['90m', { kind: 'working', ms: 5_400_000 }],
  ['1h30m', { kind: 'working', ms: 5_400_000 }],
  ['1h 30m', { kind: 'working', ms: 5_400_000 }],
  ['4h wall', { kind: 'wall', ms: 14_400_000 }],
  ['7d wall', { kind: 'wall', ms: 604_800_000 }],
  ['1 workday', { kind: 'workdays', n: 1 }],
  ['3 workdays', { kind: 'workdays', n: 3 }],
])('“%s” is read', (text, duration) => expect(durationOf(text)).toEqual(duration));

it.each(['', '5', 'h', '1d', '4h  walls', '-1h', '1.5h', '99999999h', '3 workday s', 'wall', '4h\n'])(
  '“%s” is no length',
  (text) => expect(durationOf(text)).toBeNull(),
);

it.each([
  ['2h', '4h', true],
  ['4h', '4h', false],
  ['2 workdays', '3 workdays', true],
  ['23h wall', '1 workday', true],
  ['25h wall', '1 workday', false],
  ['3h wall', '4h', true],
  // By the clock, one working hour may be over before or after three.
  ['1h', '3h wall', false],
  ['8h', '1 workday', false],
  ['1 workday', '30h', false],
])('%s is surely over before %s: %s', (one, other, sooner) =>
  expect(surelyShorter(durationOf(one)!, durationOf(other)!)).toBe(sooner),
);
