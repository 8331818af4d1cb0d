/** Whatever the text: an answer, in bounded time. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkTemplate } from '../../src/flow/check.ts';
import { makeScopeType } from '../../src/flow/cel/environment.ts';
import { compileExpression } from '../../src/flow/expression.ts';
import { compileMessage } from '../../src/flow/message.ts';
import { aTemplate, shipped } from '../support/template.ts';

const SIZE = 256 * 1024 - 100;
/** Generous: machines are shared. What is caught here is quadratic or worse, which takes minutes. */
const LIMIT_MS = 10_000;

const aliases = 'abcdefgh';
const BOMBS: Record<string, () => string> = {
  'opening brackets': () => '['.repeat(SIZE),
  'opening braces': () => '[{'.repeat(SIZE / 2),
  'nested lists': () => '- '.repeat(SIZE / 2),
  'nested keys': () => '? '.repeat(SIZE / 2),
  'nested maps': () => Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
  'a billion laughs': () =>
    `a: &a [x,x,x,x,x,x,x,x,x]\n${[...aliases]
      .slice(1)
      .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${aliases[i]}`).join(',')}]`)
      .join('\n')}`,
  'an alias of itself': () => 'a: &a [*a, *a]\nb: *a',
  'twenty thousand aliases': () => `a: &a 1\n${Array.from({ length: 19_000 }, (_, i) => `b${i}: *a`).join('\n')}`,
  'many keys in a flow map': () => `{${'a,\n'.repeat(SIZE / 3 - 1)}}`,
  'one key again and again': () => 'a: 1\n'.repeat(SIZE / 5),
  'quotes in one line': () => '"'.repeat(SIZE),
  quotes: () => '"" ""\n'.repeat(SIZE / 6),
  tags: () => '! ! !\n'.repeat(SIZE / 6),
  'mangled expressions': () => 'when: "a" == b\n'.repeat(15_000),
  'full-width marks': () => '：，'.repeat(40_000),
  'a long expression': () => aTemplate({ more: `sla:\n  by: '${'form.kind + '.repeat(15_000)}form.kind'` }),
  'a deep expression': () => aTemplate({ more: `sla: { by: ${'('.repeat(50_000)}form.kind }` }),
  'formulas that all depend on each other': () =>
    aTemplate({
      form: Array.from(
        { length: 200 },
        (_, i) =>
          `  - { id: f${i}, type: number, label: A, formula: ${Array.from({ length: 30 }, (__, j) => `form.f${(i + j + 1) % 200}`).join('+')} }`,
      ).join('\n'),
    }),
};

describe('bombs end in time', () => {
  it.each(Object.keys(BOMBS))('%s', (name) => {
    const text = BOMBS[name]?.() ?? '';
    const start = performance.now();
    const { findings, template } = checkTemplate(text);
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
    expect(template).toBeNull();
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length).toBeLessThanOrEqual(101);
  });
});

const REPAIR = shipped('it-repair');
const runs = { numRuns: Number(process.env.FLOW_TEXT_RUNS ?? 300) };

/** Judged, and each finding stands inside the text. */
function judged(text: string): void {
  const { findings, template } = checkTemplate(text);
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const { line, column } of findings) {
    if (line < 1 || line > lines.length || column < 1) throw new Error(`${line}:${column} is outside`);
    if (column > (lines[line - 1]?.length ?? 0) + 1) throw new Error(`${line}:${column} is beyond its line`);
  }
  if ((template === null) !== findings.some(({ severity }) => severity === 'error'))
    throw new Error('an error leaves no template');
}

describe('never throws', () => {
  it('for any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), judged), runs);
  });
  it('for text made of the language’s own marks', () => {
    const mark = fc.constantFrom(
      ...'{}[]:,#&*!|>\'"%@`-? \n\t，：“”'.split(''),
      'form',
      'when',
      'id',
      ': ',
      '- ',
      '\n  ',
    );
    fc.assert(
      fc.property(
        fc.array(mark, { maxLength: 80 }).map((marks) => marks.join('')),
        judged,
      ),
      runs,
    );
  });
  it('for the reference template with a part cut out, doubled or replaced', () => {
    const cut = fc.record({
      from: fc.nat(REPAIR.length),
      length: fc.nat(40),
      by: fc.oneof(
        fc.constant(''),
        fc.string({ maxLength: 5 }),
        fc.nat(REPAIR.length).map((at) => REPAIR.slice(at, at + 30)),
      ),
    });
    const mutate = (text: string, { from, length, by }: { from: number; length: number; by: string }) =>
      text.slice(0, from) + by + text.slice(from + length);
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => judged(cuts.reduce(mutate, REPAIR))),
      runs,
    );
  });
  it('for the reference template with two words exchanged', () => {
    const words = [...REPAIR.matchAll(/[\w.]+|\p{Script=Han}+/gu)];
    const word = fc.constantFrom(...words);
    fc.assert(
      fc.property(word, word, (a, b) => judged(REPAIR.slice(0, a.index) + b[0] + REPAIR.slice(a.index + a[0].length))),
      runs,
    );
  });
  it('for any expression and any message', () => {
    const scope = makeScopeType([{ name: 'form', fields: [{ id: 'a', type: 'number', label: 'A' }] }]);
    const part = fc.constantFrom(
      'form',
      '.a',
      ' + ',
      '(',
      ')',
      '"x"',
      '[',
      ']',
      ' == ',
      'not ',
      '1',
      '.map(',
      'x, ',
      '{',
      '}',
      '?',
      ':',
      '!',
      ' in ',
      'is_set',
      '“',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        compileExpression(source, scope, 'any');
        compileMessage(source, scope);
      }),
      { numRuns: 3000 },
    );
  });
});
