import { describe, expect, it } from '@jest/globals';
import { type CheckInput, checkValues } from '../../src/form/check.ts';
import type { Field, Value, Values } from '../../src/form/field.ts';
import { shownFields } from '../../src/form/shown.ts';
import { aField, MONDAY, options } from '../support/form.ts';

interface Seen {
  form: Values;
  row: Values;
}
const seen = (scope: object): Seen => scope as Seen;
const number = (value: Value | undefined): number => (typeof value === 'number' ? value : Number.NaN);

/** The form of it-repair, as far as its rules matter here. */
const repair: Field[] = [
  aField('title', 'text', { label: '工单标题', required: true, max: 60 }),
  aField('urgency', 'radio', {
    label: '紧急程度',
    options: options('一般', '紧急', '非常紧急'),
    default: () => '一般',
  }),
  aField('category', 'select', { label: '问题分类', options: options('硬件故障', '软件问题'), required: true }),
  aField('occurred_at', 'datetime', { label: '发生时间', default: () => MONDAY }),
  aField('asset', 'text', { label: '设备编号', required: true, visible: (s) => seen(s).form.category === '硬件故障' }),
  aField('reporter', 'person', { label: '提报人', default: () => 7, readonly: true }),
  aField('files', 'attachment', { label: '附件', max: 9 }),
];
const solution: Field[] = [
  aField('solution', 'textarea', { label: '处理方案', required: true }),
  aField('effort', 'number', { label: '工作耗时', unit: '小时', min: 0, required: true }),
  aField('core', 'switch', { label: '涉及核心系统' }),
];
const purchase: Field[] = [
  aField('total', 'money', {
    label: '合计',
    max: 1000,
    formula: (s) => ((seen(s).form.items ?? []) as Values[]).reduce((sum, row) => sum + number(row.line), 0),
  }),
  aField('items', 'table', {
    label: '明细',
    required: true,
    columns: [
      aField('qty', 'number', { label: '数量', required: true }),
      aField('price', 'money', { label: '单价', required: true }),
      aField('line', 'money', { label: '金额', formula: (s) => number(seen(s).row.qty) * number(seen(s).row.price) }),
    ],
  }),
];

const check = (fields: Field[], values: unknown, rest: Partial<CheckInput> = {}) =>
  checkValues({
    fields,
    access: {},
    values: values as Values,
    scope: (form, row) => ({ form, row }),
    partial: false,
    ...rest,
  });
const problems = (...args: Parameters<typeof check>): string[] => {
  const checked = check(...args);
  return 'problems' in checked ? checked.problems.map((one) => one.zh) : [];
};
const complete = { title: '打印机卡纸', category: '软件问题' };

describe('a filed form', () => {
  it('is completed with defaults, and every field has a value', () => {
    expect(check(repair, complete)).toEqual({
      values: {
        title: '打印机卡纸',
        urgency: '一般',
        category: '软件问题',
        occurred_at: MONDAY,
        asset: '',
        reporter: 7,
        files: [],
      },
    });
  });

  const refused: { values: unknown; says: string[]; because: string }[] = [
    { values: {}, says: ['请填写「工单标题」', '请选择「问题分类」'], because: 'S22 and S27 are required' },
    { values: { ...complete, title: '  ' }, says: ['请填写「工单标题」'], because: 'spaces are not a title' },
    {
      values: { ...complete, category: '硬件故障' },
      says: ['请填写「设备编号」'],
      because: 'a field that shows is required again',
    },
    {
      values: { ...complete, urgency: '不急' },
      says: ['「紧急程度」请从这些选项里选：一般、紧急、非常紧急'],
      because: 'not an option',
    },
    {
      values: { ...complete, reporter: 8 },
      says: ['「提报人」不能在这里修改，请去掉它再提交'],
      because: 'nobody files as somebody else by a field',
    },
    {
      values: { ...complete, constructor: 1 },
      says: ['这张表单没有「constructor」这个字段，请去掉它再提交'],
      because: 'not a field, though every object has one',
    },
    {
      values: { ...complete, title: '很'.repeat(61) },
      says: ['「工单标题」最多 60 个字，现在有 61 个，请缩短'],
      because: 'too long for the template',
    },
    { values: [], says: ['请按字段填写表单'], because: 'not a form at all' },
    { values: null, says: ['请按字段填写表单'], because: 'nothing at all' },
    { values: '报修', says: ['请按字段填写表单'], because: 'a text' },
  ];
  it.each(refused)('is refused: $because', ({ values, says }) => {
    expect(problems(repair, values)).toEqual(says);
  });

  it('tells all problems at once, in the order of the form, in both languages', () => {
    const checked = check(repair, { title: 5, category: '' });
    expect(checked).toEqual({
      problems: [
        { field: 'title', label: '工单标题', zh: '「工单标题」请填写文字', en: '“工单标题”: Enter text' },
        { field: 'category', label: '问题分类', zh: '请选择「问题分类」', en: 'Choose “问题分类”' },
      ],
    });
  });

  it('ignores a readonly value that is what stands anyway', () => {
    expect(problems(repair, { ...complete, reporter: 7 })).toEqual([]);
  });

  it('empties what does not show', () => {
    expect(check(repair, { ...complete, asset: 'PC-7' })).toMatchObject({ values: { asset: '' } });
    expect(check(repair, { ...complete, category: '硬件故障', asset: 'PC-7' })).toMatchObject({
      values: { asset: 'PC-7' },
    });
  });

  it('clears a default when asked to, and not when nothing is said', () => {
    expect(check(repair, { ...complete, urgency: '' })).toMatchObject({ values: { urgency: '' } });
    expect(check(repair, { ...complete, urgency: undefined })).toMatchObject({ values: { urgency: '一般' } });
  });

  it('leaves its input as it was', () => {
    const frozen = Object.freeze({ ...complete, files: Object.freeze([3]) });
    expect(check(repair, frozen)).toMatchObject({ values: { files: [3] } });
  });
});

describe('a draft', () => {
  it('may miss anything, and may hold nothing wrong', () => {
    expect(problems(repair, {}, { partial: true })).toEqual([]);
    expect(problems(repair, { urgency: '不急' }, { partial: true })).toHaveLength(1);
  });

  it('shows what still waits for an answer', () => {
    const shown = shownFields({ fields: repair, access: {}, values: { title: '卡纸' }, scope: (form) => ({ form }) });
    expect(shown.filter((one) => one.missing).map((one) => one.field.id)).toEqual(['category']);
    expect(shown.map((one) => one.field.id)).not.toContain('asset');
    expect(shown.find((one) => one.field.id === 'reporter')).toMatchObject({ value: 7, writable: false });
  });
});

describe('a form at a node', () => {
  it('needs the solution (S39) and the effort (S40) as a number', () => {
    expect(problems(solution, {})).toEqual(['请填写「处理方案」', '请填写「工作耗时」']);
    expect(problems(solution, { solution: '换纸盒', effort: '1.5' })).toEqual(['「工作耗时」请填写数字']);
    expect(problems(solution, { solution: '换纸盒', effort: -1 })).toEqual(['「工作耗时」不能小于 0 小时，请修改']);
    expect(check(solution, { solution: '换纸盒', effort: 0 })).toMatchObject({ values: { effort: 0, core: false } });
  });

  const before = { title: '卡纸', urgency: '紧急', category: '软件问题', reporter: 7, occurred_at: 1, files: [] };
  it('changes only what the node lets change', () => {
    const access = { title: 'readonly', urgency: 'hidden', category: 'readonly', occurred_at: 'readonly' } as const;
    expect(check(repair, { files: [9] }, { before, access })).toEqual({ values: { ...before, asset: '', files: [9] } });
    expect(problems(repair, { title: '别的', urgency: '一般' }, { before, access })).toHaveLength(2);
    expect(problems(repair, { title: '卡纸', urgency: '紧急' }, { before, access })).toEqual([]);
  });

  it('asks for what it requires, and never for what it hides', () => {
    expect(problems(repair, {}, { before, access: { files: 'required' } })).toEqual(['请上传「附件」']);
    expect(problems(repair, {}, { before: {}, access: { title: 'hidden', category: 'readonly' } })).toEqual([]);
  });
});

describe('formulas and rows', () => {
  const items = [
    { qty: 3, price: 0.1 },
    { qty: 1, price: 12.34 },
  ];
  it('computes rows first and then what stands before them, in whole cents', () => {
    expect(check(purchase, { items })).toEqual({
      values: {
        items: [
          { qty: 3, price: 0.1, line: 0.3 },
          { qty: 1, price: 12.34, line: 12.34 },
        ],
        total: 12.64,
      },
    });
  });

  it('computes again whatever was sent', () => {
    expect(check(purchase, { items: [{ qty: 1, price: 2, line: 99 }], total: 1 })).toMatchObject({
      values: { total: 2 },
    });
  });

  it('names the row and the column, and a total over its limit', () => {
    expect(problems(purchase, { items: [{ qty: 1, price: 1 }, { price: 2 }] })).toEqual(['请填写「明细 2 · 数量」']);
    expect(problems(purchase, { items: [{ qty: 1, price: 0.001 }] })).toEqual([
      '「明细」第 1 行「单价」：金额最多 2 位小数，请修改',
    ]);
    expect(problems(purchase, { items: [{ qty: 1000, price: 2 }] })).toEqual(['「合计」不能大于 1000，请修改']);
    expect(problems(purchase, { items: [] })).toEqual(['请填写「明细」']);
    expect(problems(purchase, { items: [{ qty: 1, price: 1 }, { price: 2 }] }, { partial: true })).toEqual([]);
  });

  it('leaves a formula of unset values unset', () => {
    expect(check(purchase, { items: [{ price: 2 }] }, { partial: true })).toMatchObject({
      values: { items: [{ qty: null, price: 2, line: null }], total: null },
    });
  });

  it('finds the order by itself, and comes to an end in a ring', () => {
    const step = (id: string, from: string) => aField(id, 'number', { formula: (s) => number(seen(s).form[from]) + 1 });
    expect(check([step('c', 'b'), step('b', 'a'), aField('a', 'number')], { a: 1 })).toEqual({
      values: { a: 1, b: 2, c: 3 },
    });
    const ring = [
      aField('a', 'number', { formula: (s) => (number(seen(s).form.b) || 0) + 1 }),
      aField('b', 'number', { formula: (s) => (number(seen(s).form.a) || 0) + 1 }),
    ];
    expect(check(ring, {})).toEqual(check(ring, {}));
  });

  it('holds the template’s own checks once the form is complete, and only for what is filled in', () => {
    const days = aField('days', 'number', {
      label: '天数',
      checks: [{ holds: (s) => number(seen(s).form.days) <= 30, message: '最多 30 天，请分次申请' }],
    });
    expect(problems([days], { days: 31 })).toEqual(['「天数」最多 30 天，请分次申请']);
    expect(problems([days], { days: 31 }, { partial: true })).toEqual([]);
    expect(problems([days], {})).toEqual([]);
  });
});
