/** What expressions mean: every one of template-language.md, unset values, and what is refused. */
import { describe, expect, it } from '@jest/globals';
import { makeScopeType, withRow } from '../../src/flow/cel/environment.ts';
import { checkTemplate } from '../../src/flow/check.ts';
import { formsOf } from '../../src/flow/compile.ts';
import { compileExpression, isProblem } from '../../src/flow/expression.ts';
import { compileMessage } from '../../src/flow/message.ts';
import { makeScope } from '../../src/flow/scope.ts';
import type { Ticket } from '../../src/flow/ticket.ts';
import type { Values } from '../../src/form/field.ts';
import { aDirectory, id, NOW } from '../support/flow.ts';
import { aTemplate } from '../support/template.ts';

const TEXT = aTemplate({
  form: `  - { id: title, type: text, label: 标题 }
  - { id: urgency, type: radio, label: 紧急程度, options: [一般, 紧急, 非常紧急] }
  - { id: category, type: select, label: 分类, options: [硬件故障, 软件问题] }
  - { id: tags, type: checkbox, label: 标签, options: [甲, 乙] }
  - { id: flag, type: switch, label: 开关 }
  - { id: total, type: money, label: 合计 }
  - { id: cost, type: number, label: 成本 }
  - { id: start, type: date, label: 开始 }
  - { id: met_at, type: datetime, label: 见面 }
  - { id: mentor, type: person, label: 导师 }
  - { id: dept, type: department, label: 部门 }
  - { id: files, type: attachment, label: 附件 }
  - id: items
    type: table
    label: 明细
    columns:
      - { id: qty, type: number, label: 数量, sum: true }
      - { id: price, type: money, label: 单价 }
      - { id: line, type: money, label: 金额, formula: row.qty * row.price, sum: true }`,
  flow: `  - id: repair
    handle: 办理
    assignee: { role: 财务 }
    form:
      - { id: core, type: switch, label: 涉及核心系统 }
      - { id: effort, type: number, label: 工时 }`,
});
const { template, spec } = checkTemplate(TEXT);
if (!template || !spec) throw new Error('the template of this test is faulty');
const scopeType = makeScopeType(formsOf(spec));

const directory = aDirectory({ roles: { HR: ['rita'] } });
const FILLED: Values = {
  ...{ title: '打印机', urgency: '非常紧急', category: '硬件故障', tags: ['甲'], flag: true, total: 5000, cost: 12.5 },
  ...{ start: '2026-11-05', met_at: NOW, mentor: id('ann'), dept: 'it', files: [7, 8] },
  items: [
    { qty: 2, price: 10, line: 20 },
    { qty: 3, price: 1.5, line: 4.5 },
  ],
};
const ticket = { number: 'IT-1', title: '打印机', status: 'processing', filedAt: NOW, assigneeId: id('bo') } as Ticket;

function value(text: string, form: Values = FILLED, repair?: Values): unknown {
  const made = compileExpression(text, scopeType, 'any');
  if (isProblem(made)) throw new Error(`${text}: ${made.problem} at ${made.offset} ${JSON.stringify(made.facts)}`);
  const values = repair ? { form, repair } : { form };
  const scope = makeScope({
    ticket,
    template: template!,
    values,
    requesterId: id('rita'),
    directory,
    now: NOW,
    actorId: id('cy'),
  });
  return made.run(scope);
}

describe('with everything filled in', () => {
  it.each<[string, unknown]>([
    // template-language.md
    ['form.category == "硬件故障"', true],
    ['form.urgency == "非常紧急" || repair.core', true],
    ['form.total < 5000', false],
    ['form.urgency', '非常紧急'],
    ['form.items.sum_line', 24.5],
    ['form.items.rows.exists(r, r.qty > 2)', true],
    ['ticket.status == "处理中"', true],
    ['ticket.status == "processing"', true],
    ['ticket.status in ["待受理", "处理中"]', true],
    ['"待受理" != ticket.status', true],
    ['not (form.total == 1)', true],
    ['not form.flag || form.flag', true],
    ['is_set(form.mentor)', true],
    // stack-notes.md, 10
    ['form.total == 5000', true],
    ['form.cost + 1', 13.5],
    ['1 + form.cost', 13.5],
    ['form.cost in [1000, 12.5]', true],
    ['1 / 2', 0.5],
    ['7 % 4', 3],
    ['size(form.tags) + 1', 2],
    ['size(form.tags) == 1', true],
    ['size(form.tags) in [1, 2]', true],
    ['form.items.rows[1].price', 1.5],
    ['form.title.substring(1)', '印机'],
    ['"not a" + " not b"', 'not a not b'],
    // functions
    ['sum(form.items.rows.map(r, r.qty * 2))', 10],
    ['avg(form.items.rows.map(r, r.qty))', 2.5],
    ['round(1.005, 2)', 1.01],
    ['round(-2.5)', -3],
    ['days_between(form.start, form.met_at)', -3],
    ['hours_between(form.met_at, now)', 0],
    // Thursday to Monday, and back: Friday and Monday are worked.
    ['workdays_between(form.start, timestamp("2026-11-09T08:00:00Z"))', 2],
    ['workdays_between(timestamp("2026-11-09T08:00:00Z"), form.start)', -2],
    ['workdays_between(timestamp("2026-09-30T08:00:00Z"), timestamp("2026-10-10T08:00:00Z"))', 3],
    ['upper_amount(form.total + 1020.05)', '陆仟零贰拾元零伍分'],
    ['has_role(requester, "HR")', true],
    ['has_role(form.mentor, "HR")', false],
    // 2 November 2026 is a Monday, 9 o'clock in Shanghai and 1 in Greenwich
    ['now.getHours() == 9 && now.getDayOfWeek() == 1 && now.getDate() == 2 && now.getMonth() == 10', true],
    ['now.getHours("UTC")', 1n],
    ['(now - form.met_at).getHours()', 0n],
    // people
    ['requester.name', 'rita'],
    ['assignee.name + actor.name', 'bocy'],
    ['form.mentor == requester', false],
    ['form.mentor.name', 'ann'],
    // texts and patterns
    ['form.title.matches("^打.机$")', true],
    ['form.tags.join(",")', '甲'],
    ['form.category in ["硬件故障"] ? "硬" : "软"', '硬'],
  ])('%s', (text, expected) => expect(value(text)).toEqual(expected));
});

describe('with nothing filled in', () => {
  it.each<[string, unknown]>([
    ['form.title', ''],
    ['form.tags', []],
    ['form.flag', false],
    ['form.cost == 1', false],
    ['form.cost != 1', true],
    ['form.cost < 1', false],
    ['form.cost >= 1', false],
    ['form.start < now', false],
    ['form.start != now', true],
    ['form.start == form.start', false],
    ['is_set(form.cost + 1)', false],
    [
      'is_set(form.title) || is_set(form.tags) || is_set(form.start) || is_set(form.mentor) || is_set(form.items)',
      false,
    ],
    ['form.items.sum_line', 0],
    ['form.mentor.name', ''],
    ['repair.core', false],
    ['is_set(repair)', false],
    ['repair.effort > 0', false],
    ['upper_amount(form.total)', ''],
    // What only fails at run time is unset.
    ['form.items.rows[0].qty', undefined],
    ['double(form.title)', undefined],
    ['avg(form.items.rows.map(r, r.qty)) > 0', false],
  ])('%s', (text, expected) => expect(value(text, {})).toEqual(expected));
});

it('a node’s form is there once it ran', () => {
  expect(value('is_set(repair) && repair.core && repair.effort == 2', FILLED, { core: true, effort: 2 })).toBe(true);
});

it('`row` is there in its table only', () => {
  const inTable = compileExpression('row.qty * row.price', withRow(scopeType, 'form', 'items'), 'number');
  expect(isProblem(inTable)).toBe(false);
  expect(compileExpression('row.qty', scopeType, 'number')).toMatchObject({ problem: 'unknown_name_near', offset: 0 });
  const line = template.form.find((field) => field.id === 'items')?.columns.find((column) => column.id === 'line');
  const scope = (row: Values) =>
    makeScope({ ticket: null, template, values: { form: {} }, requesterId: id('rita'), directory, now: NOW, row });
  expect(line?.formula?.(scope({ qty: 2, price: 3 }))).toBe(6);
  expect(line?.formula?.(scope({ qty: 2 }))).toBeNull();
});

describe('what CEL has and a template may not use', () => {
  it.each([
    ['cel.bind(a, form.title + form.title, a + a)', 'unknown_name', 0],
    ['string', 'unknown_name', 0],
    ['form.title == null', 'type_mismatch', 0],
    ['form.title.matches(form.title)', 'bad_pattern', 19],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, 'expression_too_costly', 40],
    [`form.title${' + form.title'.repeat(300)}`, 'expression_too_costly', 1733],
  ])('%s', (text, problem, offset) => {
    expect(compileExpression(text, scopeType, 'any')).toMatchObject({ problem, offset: expect.any(Number) });
    if (offset < 100) expect(compileExpression(text, scopeType, 'any')).toMatchObject({ offset });
  });
});

it('a loop over long lists ends as unset, not late', () => {
  const rows = Array.from({ length: 200 }, () => ({ qty: 1 }));
  const nested = (inner: string) => `size(form.items.rows.map(a, form.items.rows.map(b, ${inner})))`;
  expect(value(nested('1.0'), { items: rows })).toBe(200n);
  const twice = `${nested('1.0')} + ${nested('1.0')}`;
  expect(value(twice, { items: rows })).toBeUndefined();
  // Each evaluation has its own allowance.
  expect(value(nested('1.0'), { items: rows })).toBe(200n);
});

it('`not` keeps the places of what follows', () => {
  expect(compileExpression('not form.flag && form.nix', scopeType, 'bool')).toMatchObject({ offset: 22 });
  expect(compileExpression('form.nix || not (form.flag)', scopeType, 'bool')).toMatchObject({ offset: 5 });
});

it('a node is known to have run where is_set says so', () => {
  const guarded = (text: string): boolean[] => {
    const made = compileExpression(text, scopeType, 'bool');
    return isProblem(made) ? [] : made.reads.filter((read) => read.root === 'repair').map((read) => read.guarded);
  };
  expect(guarded('is_set(repair.core) && repair.core')).toEqual([true, true]);
  expect(guarded('!is_set(repair) || repair.core')).toEqual([true, true]);
  expect(guarded('is_set(repair) ? repair.core : false')).toEqual([true, true]);
  expect(guarded('is_set(repair) || repair.core')).toEqual([true, false]);
  expect(guarded('form.flag ? repair.core : is_set(repair)')).toEqual([false, true]);
  expect(guarded('(is_set(repair) && form.flag) || repair.core')).toEqual([true, false]);
});

describe('texts', () => {
  const told = (source: string, form: Values = FILLED): string => {
    const made = compileMessage(source, scopeType);
    if ('problems' in made) throw new Error(JSON.stringify(made.problems));
    return made.text(makeScope({ ticket, template, values: { form }, requesterId: id('rita'), directory, now: NOW }));
  };
  it.each([
    ['{ticket.number} 已等待 2 小时，仍未受理', 'IT-1 已等待 2 小时，仍未受理'],
    ['{assignee.name} 正在处理「{ticket.title}」', 'bo 正在处理「打印机」'],
    ['{ticket.status}', '处理中'],
    ['{form.start} {form.met_at}', '2026-11-05 2026-11-02 09:00'],
    ['{form.mentor}，{form.tags}，{form.flag}，{form.cost}', 'ann，甲，是，12.5'],
    ['{form.flag ? "}" : "{"} {{x}}', '} {x}'],
    ['no braces', 'no braces'],
  ])('%s', (source, expected) => expect(told(source)).toBe(expected));
  it('show nothing for what is unset', () =>
    expect(told('[{form.start}{form.cost}{form.mentor}{form.title}]', {})).toBe('[]'));
});
