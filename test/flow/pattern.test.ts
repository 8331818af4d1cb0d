/** Our regular expressions agree with JavaScript's where both know the pattern, and end in time where those do not. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makePattern } from '../../src/flow/cel/pattern.ts';

describe('agrees', () => {
  it.each<[string, string[]]>([
    ['^1[3-9]\\d{9}$', ['13812345678', '1381234567', 'x13812345678']],
    ['^\\S+@\\S+\\.\\w{2,}$', ['a@b.cn', 'a@b.c', 'a b@c.de']],
    ['a|bc|', ['', 'x', 'bc']],
    ['(?:ab)*c', ['c', 'ababc', 'aba']],
    ['^(a|b){2,3}$', ['a', 'ab', 'aba', 'abab']],
    ['[^\\d-]', ['1-2', '1x2']],
    ['[]a]', [']', 'b']],
    ['卡纸|打印.?机', ['打印机', '打印 机', '打印的的机']],
    ['^$', ['', 'a']],
    ['x{0}y', ['y', 'xy', 'z']],
    ['a+?b', ['aab', 'b']],
  ])('%s', (source, texts) => {
    // JavaScript reads []a] as an empty class.
    const own = new RegExp(source.replace('[]', '[\\]'));
    expect(texts.map((text) => makePattern(source)?.(text))).toEqual(texts.map((text) => own.test(text)));
  });

  it('on patterns at random', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '(a|b)', '(?:ab)', '^', '$');
    const piece = fc
      .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{0,}'))
      .map(([one, times]) => (/[$^]/.test(one) && one.length === 1 ? one : one + times));
    const source = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 8 });
    fc.assert(
      fc.property(source, text, (pattern, given) => makePattern(pattern)?.(given) === new RegExp(pattern).test(given)),
      { numRuns: 3000 },
    );
  });
});

it.each(['(?=a)', '(a)\\1', '\\bword', 'a**', '(a', 'a)', '[a', '{2}', 'a{1000}', '(a{99}){99}', '[z-a]'])(
  'does not run %s',
  (source) => expect(makePattern(source)).toBeNull(),
);

it('never takes for ever', () => {
  const start = performance.now();
  expect(makePattern('^(a+)+$')?.(`${'a'.repeat(5000)}b`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});
