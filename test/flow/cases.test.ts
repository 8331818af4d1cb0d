/** Coverage and overlap of cases: what the check says is what trying every value says, and its examples are true. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkTemplate } from '../../src/flow/check.ts';
import { compileWith, makeBuild } from '../../src/flow/compile.ts';
import { placeNodes } from '../../src/flow/order.ts';
import { parseTemplate } from '../../src/flow/parse.ts';
import { makeScope } from '../../src/flow/scope.ts';
import type { Value } from '../../src/form/field.ts';
import { aDirectory, id, NOW } from '../support/flow.ts';

const FORM = `form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: kind, type: radio, label: 类型, options: [甲, 乙, 丙], required: true }
  - { id: spare, type: select, label: 备选, options: [x, y] }
  - { id: urgent, type: switch, label: 加急 }
  - { id: total, type: number, label: 金额, min: 0, max: 10 }
  - { id: pay, type: money, label: 付款, required: true, max: 4 }
  - { id: stars, type: rating, label: 星级, required: true, max: 3 }
  - { id: tags, type: checkbox, label: 标签, options: [a, b, c] }
  - { id: who, type: person, label: 人员 }
  - { id: hidden, type: radio, label: 显隐, options: [p, q], required: true, visible: form.kind == "甲" }
  - { id: odd, type: number, label: 奇数, required: true, validate: [ { check: form.odd >= 2, message: 太小 } ] }`;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const template = (whens: readonly string[], more: { default?: boolean; every?: boolean } = {}) => `template: t
name: 样例
${FORM}
flow:
  - id: b
    branch: 分支${more.every ? '\n    every: true' : ''}
    cases:
${whens.map((when, i) => `      - { name: c${i}, when: ${quoted(when)}, flow: [] }`).join('\n')}
${more.default ? '      - { name: 其他, flow: [] }' : ''}`;
const found = (whens: readonly string[], more: { default?: boolean; every?: boolean } = {}) =>
  checkTemplate(template(whens, more)).findings;
const codes = (whens: readonly string[], more: { default?: boolean; every?: boolean } = {}) =>
  found(whens, more).map(({ code }) => code);
const gap = (...whens: string[]) => {
  const [first, ...rest] = found(whens);
  expect(rest).toEqual([]);
  expect(first?.code).toBe('branch_gap');
  return first?.en.replace('The branch leaves a gap: ', '').replace(' matches no case', '');
};

describe('a gap, with what falls through', () => {
  it.each([
    ['a number between', ['form.pay < 2', 'form.pay > 2'], 'pay = 2'],
    ['an interval', ['form.pay < 2', 'form.pay >= 3'], 'pay = 2'],
    ['the top of the range', ['form.pay < 3.5'], 'pay = 3.5'],
    ['cents between', ['form.pay <= 2', 'form.pay >= 2.02'], 'pay = 2.01'],
    ['what nobody filled in', ['form.total < 5', 'form.total >= 5'], 'total is not set'],
    ['an option', ['form.kind == "甲"', 'form.kind in ["乙"]'], 'kind = "丙"'],
    ['an option left open', ['form.spare == "x"', 'form.spare == "y"'], 'spare is not set'],
    ['only what matters', ['form.urgent && form.kind == "甲"', 'form.kind != "甲"'], 'urgent = false, kind = "甲"'],
    ['a text', ['form.title == "x"', 'form.title == "y"'], 'title is anything else'],
    ['a tag', ['"a" in form.tags', 'not is_set(form.tags)'], 'tags = ["b"]'],
    ['stars', ['form.stars <= 1', 'form.stars > 2'], 'stars = 2'],
    ['the requester', ['requester.department == "财务"'], 'requester.department is anything else'],
    ['a constant that is computed', ['form.pay < 1 + 1', '2 * 1 < form.pay'], 'pay = 2'],
    ['a question of one choice', ['form.kind.startsWith("甲")', 'form.kind.endsWith("丙")'], 'kind = "乙"'],
    ['either way', ['form.urgent ? form.pay > 1 : true'], 'urgent = true, pay = 0'],
  ])('%s', (_, whens, value) => expect(gap(...whens)).toBe(value));
});

describe('no gap', () => {
  it.each([
    ['intervals that touch', ['form.pay < 2', 'form.pay >= 2']],
    ['no cent between', ['form.pay <= 2', 'form.pay >= 2.01']],
    ['whole stars', ['form.stars <= 1', 'form.stars >= 2']],
    ['the range ends', ['form.pay <= 4']],
    ['the unset number too', ['form.total < 5', 'form.total >= 5', 'not is_set(form.total)']],
    ['a comparison with an unset number is false, != true', ['form.total == 5', 'form.total != 5']],
    ['every option', ['form.kind != "甲"', 'form.kind == "甲"']],
    [
      'a field that shows only there',
      ['form.kind != "甲"', 'form.hidden == "p"', 'form.kind == "甲" && form.hidden == "q"'],
    ],
    ['a field with a check of its own', ['form.odd >= 2 && form.odd < 5', 'form.odd >= 5']],
    ['what nobody can know, and its opposite', ['has_role(requester, "x")', '!has_role(requester, "x")']],
  ])('%s', (_, whens) => expect(codes(whens).filter((code) => /gap|default$/.test(code))).toEqual([]));
});

describe('cases and conditions that say too much or too little', () => {
  it.each<[string, string[], string[], { default?: boolean; every?: boolean }]>([
    ['an empty interval', ['form.pay > 3 && form.pay < 2'], ['never_holds'], { default: true }],
    ['beyond the range', ['form.pay > 4'], ['never_holds'], { default: true }],
    ['stars are whole', ['form.stars > 1 && form.stars < 2'], ['never_holds'], { default: true }],
    ['inside an earlier one', ['form.pay < 3', 'form.pay < 2'], ['case_never_holds'], { default: true }],
    ['taken by two together', ['form.pay < 2', 'form.pay > 1', 'form.pay == 1.5'], ['cases_overlap', 'case_never_holds'], { default: true }], // prettier-ignore
    ['always', ['form.pay >= 0 || form.pay < 0'], ['always_holds'], { default: true }],
    ['the special before the general', ['form.pay > 3', 'form.pay > 1'], [], { default: true }],
    ['a point twice', ['form.pay <= 2', 'form.pay >= 2'], ['cases_overlap'], {}],
    ['options that overlap', ['form.kind in ["甲", "乙"]', 'form.kind in ["乙", "丙"]'], ['cases_overlap'], {}],
    ['different fields may overlap', ['form.urgent', 'form.pay > 2'], [], { default: true }],
    ['with every, overlap and gap are what it is for', ['form.pay > 1', 'form.pay < 3'], [], { every: true }],
    ['with every, what never holds is still dead', ['form.pay > 4'], ['never_holds'], { every: true }],
    ['two open questions about one thing', ['form.title.startsWith("a")', 'form.title.startsWith("b")'], ['cases_not_decided'], { default: true }], // prettier-ignore
    ['one open question', ['has_role(requester, "x")', 'form.urgent'], [], { default: true }],
    ['an open question without default', ['has_role(requester, "x")'], ['branch_without_default'], {}],
    ['more than can be tried', Array.from({ length: 17 }, (_, i) => `requester.name == "${i}" && form.title == "${i}" && requester.account == "${i}" && requester.department == "${i}"`), ['cases_not_decided'], { default: true }], // prettier-ignore
  ])('%s', (_, whens, expected, more) => expect(codes(whens, more)).toEqual(expected));
});

/** Every value that can tell random conditions apart, tried through the compiled expressions themselves. */
const VALUES: Record<string, readonly Value[]> = {
  kind: ['甲', '乙', '丙'],
  spare: ['x', 'y', ''],
  urgent: [true, false],
  total: [null, ...Array.from({ length: 21 }, (_, i) => i / 2)],
  pay: Array.from({ length: 33 }, (_, i) => (i - 24) / 2),
  stars: [1, 2, 3],
  tags: [[], ['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c'], ['a', 'b', 'c']],
};
const number = fc.integer({ min: 0, max: 10 });
const op = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');
const atom = fc.oneof(
  fc
    .tuple(fc.constantFrom('total', 'pay', 'stars'), op, number)
    .map(([field, test, n]) => `form.${field} ${test} ${n}`),
  fc.tuple(op, number).map(([test, n]) => `${n} ${test} form.total`),
  fc.constantFrom(
    'form.kind == "甲"',
    'form.kind != "乙"',
    'form.kind in ["甲", "丙"]',
    'form.spare == "x"',
    'form.urgent',
  ),
  fc.constantFrom(
    'is_set(form.spare)',
    'is_set(form.total)',
    '"a" in form.tags',
    'is_set(form.tags)',
    'form.total in [1, 2]',
  ),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map(([a, join, b]) => `(${a} ${join} ${b})`),
    tie('condition').map((a) => `!(${a})`),
  ),
}));

it('agrees with trying every value', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), (whens) => {
      const { spec } = parseTemplate(template(whens));
      if (!spec) throw new Error('the sample is not valid');
      const compiled = compileWith(
        makeBuild(spec, () => undefined),
        placeNodes(spec.flow),
        1,
      );
      const branch = compiled.nodes['b'];
      if (branch?.kind !== 'branch') throw new Error('no branch');
      const fields = Object.keys(VALUES).filter((field) => whens.some((when) => when.includes(`form.${field}`)));
      const rows = fields.reduce<Record<string, Value>[]>(
        (all, field) => all.flatMap((row) => (VALUES[field] ?? []).map((value) => ({ ...row, [field]: value }))),
        [{}],
      );
      fc.pre(rows.length <= 20_000);
      const tried = rows.map((form) => {
        const scope = makeScope({ ticket: null, template: compiled, values: { form }, requesterId: id('rita'), directory: aDirectory(), now: NOW }); // prettier-ignore
        return branch.cases.map(({ when }) => when?.(scope) === true);
      });
      const said = checkTemplate(template(whens)).findings;
      expect(said.some(({ code }) => code === 'branch_gap')).toBe(tried.some((row) => !row.includes(true)));
      whens.forEach((_, i) => {
        const line = 19 + i;
        const dead = said.filter((one) => one.line === line).map(({ code }) => code);
        const own = tried.filter((row) => row[i]);
        expect(dead.includes('never_holds')).toBe(own.length === 0);
        const taken = own.length > 0 && own.every((row) => row.indexOf(true) < i);
        expect(dead.some((code) => code.startsWith('case_'))).toBe(taken);
        expect(dead.includes('always_holds')).toBe(!taken && own.length === tried.length);
      });
    }),
    { numRuns: Number(process.env.CASES_RUNS ?? 120) },
  );
});
