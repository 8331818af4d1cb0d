/** Ticket numbers. */
import { describe, expect, it } from '@jest/globals';
import { numberPrefix, numberText, parseNumber } from '../../src/flow/number.ts';

const PATTERN = 'IT-{yyyy}{MM}-{seq:4}';
/** 23:59 on 30 November and 00:01 on 1 December in Shanghai. */
const [before, after] = [Date.UTC(2026, 10, 30, 15, 59), Date.UTC(2026, 10, 30, 16, 1)];

it('fills in the local date and the counter', () => {
  expect(numberText(PATTERN, before, 480, 42)).toBe('IT-202611-0042');
  expect(numberText(PATTERN, after, 480, 12_345)).toBe('IT-202612-12345');
  expect(numberText('{yy}{dd}/{seq}', after, 480, 7)).toBe('2601/7');
});

it('counts anew when another part changes', () => {
  expect(numberPrefix(PATTERN, before, 480)).toBe('IT-202611-*');
  expect(numberPrefix(PATTERN, after, 480)).toBe('IT-202612-*');
  expect(numberPrefix('A{seq:3}B', before, 480)).toBe(numberPrefix('A{seq:3}B', after, 480));
});

describe('refuses', () => {
  it.each([
    ['IT-{yyyy}', 0],
    ['{seq}{seq}', 0],
    ['IT {seq}', 0],
    ['A-{year}{seq}', 2],
    ['A-{seq', 2],
    ['A-{seq:0}', 2],
    [`${'x'.repeat(60)}{seq}`, 0],
  ])('%s', (pattern, offset) => expect(parseNumber(pattern)).toMatchObject({ problem: { offset } }));
});
