/** 100,000 characters of nearly nothing: what a pattern that tries again at each of them would take half a minute for. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import { matchTemplate, understand } from '../../src/flow/keywords.ts';
import { FIELD_TYPES } from '../../src/form/field.ts';
import { readValue } from '../../src/form/rules.ts';
import { cleanLines } from '../../src/form/typed.ts';
import { aField, options, reading } from '../support/form.ts';
import { shipped } from '../support/template.ts';

const LENGTH = 100_000;
const MOST_MS = 2_000;
const ROWS = [' ', '，', '1', 'a-', '/', '分', '半', '\n ', '/\n'].flatMap((part) =>
  ['', '1', 'x'].flatMap((before) => ['1', 'x'].map((after) => before + part.repeat(LENGTH / part.length) + after)),
);
const repair = checkTemplate(shipped('it-repair')).template!;

function slowest(work: (text: string) => unknown): number {
  const times = ROWS.map((text) => {
    const began = performance.now();
    work(text);
    return performance.now() - began;
  });
  return Math.max(...times);
}

describe('a very long text', () => {
  it.each([...FIELD_TYPES])('as %s', (type) => {
    const field = aField('a', type, { unit: '小时', options: options('一般', '紧急') });
    expect(slowest((text) => readValue(text, field, reading))).toBeLessThan(MOST_MS);
  });
  it('as a filing', () => {
    expect(slowest((text) => matchTemplate(`报修 ${text}`, [repair]))).toBeLessThan(MOST_MS);
    expect(slowest((text) => understand(repair, text))).toBeLessThan(MOST_MS);
  });
});

it('is nothing when nobody can see it', () => {
  for (const text of ['\u200d\u2060', ' \u202e\n\u200f', '\u00ad', '\u3164', '\u0301'])
    expect(cleanLines(text)).toBe('');
  for (const text of ['👩\u200d👩', 'e\u0301', '。', '1', '\u05d0']) expect(cleanLines(text)).toBe(text);
});

it('loses the spaces at the ends of its lines, and keeps those inside', () => {
  expect(cleanLines('  一  二 \t\n\n 三\u3000\r\n')).toBe('一  二\n\n 三');
});
