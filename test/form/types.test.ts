import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkValues } from '../../src/form/check.ts';
import { FIELD_TYPES, type Field, type FieldType, type Value, type Values } from '../../src/form/field.ts';
import { pickedValue, pickOptions, UNPICKED } from '../../src/form/picked.ts';
import { emptyValue, FIELD_RULES, isPersonal, readValue, valueText } from '../../src/form/rules.ts';
import { aField, chinese, CHINA, english, MONDAY, options, reading } from '../support/form.ts';

const urgency = aField('urgency', 'radio', { options: options('一般', '紧急', '非常紧急') });
const systems = aField('systems', 'checkbox', { options: options('邮箱', 'OA', 'ERP') });
const cost = aField('cost', 'money', { min: 0 });
const effort = aField('effort', 'number', { unit: '小时', min: 0 });
const items = aField('items', 'table', {
  columns: [aField('name', 'text'), aField('qty', 'number'), aField('secret', 'text', { encrypt: true })],
});
const at = (minutes: number, day = '2026-03-02'): number => Date.parse(`${day}T00:00:00Z`) + (minutes - CHINA) * 60_000;

/** One field of each type, as a template would have it. */
const ONE_OF_EACH: Readonly<Record<FieldType, Field>> = {
  text: aField('a', 'text', { max: 60 }),
  textarea: aField('a', 'textarea', { max: 2000 }),
  number: effort,
  money: cost,
  radio: urgency,
  select: { ...urgency, type: 'select' },
  checkbox: systems,
  multiselect: { ...systems, type: 'multiselect' },
  switch: aField('a', 'switch'),
  rating: aField('a', 'rating'),
  date: aField('a', 'date'),
  datetime: aField('a', 'datetime'),
  person: aField('a', 'person'),
  people: aField('a', 'people', { min: 1, max: 3 }),
  department: aField('a', 'department'),
  attachment: aField('a', 'attachment'),
  table: items,
};

describe('a value', () => {
  const kept: { field: Field; given: unknown; value: Value; text: string; because: string }[] = [
    {
      field: ONE_OF_EACH.text,
      given: ' 打印机\n卡纸 ',
      value: '打印机 卡纸',
      text: '打印机 卡纸',
      because: 'one line',
    },
    {
      field: ONE_OF_EACH.textarea,
      given: 'a \r\n\tb\u0000\n',
      value: 'a\n\tb',
      text: 'a\n\tb',
      because: 'lines stay lines',
    },
    {
      field: aField('a', 'text', { max: 2 }),
      given: '😀𠮷',
      value: '😀𠮷',
      text: '😀𠮷',
      because: 'two characters to a person',
    },
    { field: effort, given: 1.5, value: 1.5, text: '1.5 小时', because: 'with its unit' },
    { field: effort, given: -0, value: 0, text: '0 小时', because: 'no minus before nothing' },
    { field: cost, given: 1234567.5, value: 1234567.5, text: '¥1,234,567.50', because: 'with thousands separators' },
    {
      field: { ...cost, currency: 'JPY' },
      given: 12000,
      value: 12000,
      text: 'JPY 12,000',
      because: 'yen have no cents',
    },
    { field: urgency, given: '紧急', value: '紧急', text: '紧急', because: 'one of the options' },
    {
      field: systems,
      given: ['ERP', '邮箱', 'ERP'],
      value: ['邮箱', 'ERP'],
      text: '邮箱、ERP',
      because: 'in the order of the options',
    },
    { field: ONE_OF_EACH.switch, given: true, value: true, text: '是', because: 'a switch' },
    {
      field: ONE_OF_EACH.switch,
      given: null,
      value: false,
      text: '否',
      because: 'a switch that was not touched is off',
    },
    { field: ONE_OF_EACH.rating, given: 4, value: 4, text: '4 / 5', because: 'of five unless said' },
    { field: ONE_OF_EACH.date, given: '2028-02-29', value: '2028-02-29', text: '2028-02-29', because: 'a leap day' },
    {
      field: ONE_OF_EACH.datetime,
      given: MONDAY,
      value: MONDAY,
      text: '2026-03-02 10:00',
      because: 'on the clock of Shanghai',
    },
    { field: ONE_OF_EACH.person, given: 7, value: 7, text: '李四', because: 'by name' },
    { field: ONE_OF_EACH.department, given: 'it', value: 'it', text: 'IT部', because: 'by name' },
    { field: ONE_OF_EACH.attachment, given: [3, 3, 4], value: [3, 4], text: '2 个文件', because: 'each file once' },
    {
      field: items,
      given: [{ name: '纸', qty: 2, secret: 'x' }],
      value: [{ name: '纸', qty: 2, secret: 'x' }],
      text: '1 行：纸 2',
      because: 'and what is secret is not told',
    },
  ];
  it.each(kept)('of $field.type is kept and told: $because', ({ field, given, value, text }) => {
    expect(FIELD_RULES[field.type].parse(given, field)).toEqual({ value });
    expect(valueText(value, field, chinese)).toBe(text);
  });

  const refused: { field: Field; given: unknown; zh: string }[] = [
    { field: ONE_OF_EACH.text, given: '很'.repeat(61), zh: '最多 60 个字，现在有 61 个，请缩短' },
    { field: aField('a', 'text', { min: 5 }), given: '坏了', zh: '至少 5 个字，请写得更具体' },
    { field: ONE_OF_EACH.text, given: 5, zh: '请填写文字' },
    { field: effort, given: '1.5', zh: '请填写数字' },
    { field: effort, given: Number.NaN, zh: '请填写数字' },
    { field: effort, given: Number.POSITIVE_INFINITY, zh: '请填写数字' },
    { field: effort, given: 1e300, zh: '数字太大，请检查' },
    { field: effort, given: -1, zh: '不能小于 0 小时，请修改' },
    { field: cost, given: 1.005, zh: '金额最多 2 位小数，请修改' },
    { field: { ...cost, currency: 'JPY' }, given: 0.5, zh: '金额不能有小数，请填写整数' },
    { field: { ...cost, max: 100 }, given: 100.01, zh: '不能大于 100，请修改' },
    { field: urgency, given: '不急', zh: '请从这些选项里选：一般、紧急、非常紧急' },
    { field: systems, given: ['邮箱', 'CRM'], zh: '请从这些选项里选：邮箱、OA、ERP' },
    { field: systems, given: '邮箱', zh: '请从这些选项里选：邮箱、OA、ERP' },
    { field: ONE_OF_EACH.switch, given: 'true', zh: '请回复「是」或「否」' },
    { field: ONE_OF_EACH.rating, given: 6, zh: '请选 1 到 5 分' },
    { field: ONE_OF_EACH.rating, given: 2.5, zh: '请选 1 到 5 分' },
    { field: ONE_OF_EACH.date, given: '2026-02-29', zh: '请填写日期，例如 2026-11-05' },
    { field: ONE_OF_EACH.date, given: '2026-2-3', zh: '请填写日期，例如 2026-11-05' },
    { field: ONE_OF_EACH.datetime, given: '2026-11-05 14:00', zh: '请填写日期和时间，例如 2026-11-05 14:00' },
    { field: ONE_OF_EACH.datetime, given: 1e18, zh: '请填写日期和时间，例如 2026-11-05 14:00' },
    { field: ONE_OF_EACH.person, given: '李四', zh: '请选择一位同事' },
    { field: ONE_OF_EACH.person, given: 0, zh: '请选择一位同事' },
    { field: ONE_OF_EACH.department, given: 'x'.repeat(65), zh: '请选择一个部门' },
    { field: { ...ONE_OF_EACH.attachment, max: 1 }, given: [1, 2], zh: '最多 1 个文件，现在有 2 个，请删去一些' },
    { field: ONE_OF_EACH.attachment, given: ['a.png'], zh: '请重新上传文件' },
    { field: items, given: [{ name: '纸' }, { nope: 1 }], zh: '第 2 行：没有「nope」这一列' },
    { field: items, given: [{ qty: 'x' }], zh: '第 1 行「qty」：请填写数字' },
    { field: items, given: [5], zh: '第 1 行：请逐列填写' },
    { field: items, given: Array.from({ length: 201 }, () => ({})), zh: '最多 200 行，现在有 201 行，请删去一些' },
  ];
  it.each(refused)('of $field.type is refused: $zh', ({ field, given, zh }) => {
    expect(FIELD_RULES[field.type].parse(given, field)).toEqual({
      problem: { zh, en: expect.stringMatching(/^[A-Z]/) },
    });
  });

  it.each(FIELD_TYPES)('of %s may be cleared by null, nothing or an empty text', (type) => {
    const field = ONE_OF_EACH[type];
    for (const given of [null, undefined, ''])
      expect(FIELD_RULES[type].parse(given, field)).toEqual({ value: emptyValue(field) });
  });

  it('is personal when people typed it or it names them, and whenever it is encrypted', () => {
    const personal = FIELD_TYPES.filter((type) => isPersonal(ONE_OF_EACH[type]));
    expect(personal).toEqual(['text', 'textarea', 'person', 'people', 'attachment', 'table']);
    expect(isPersonal({ ...urgency, encrypt: true })).toBe(true);
  });
});

describe('what people type in a chat', () => {
  const understood: { field: Field; typed: string; value: Value }[] = [
    { field: effort, typed: '1.5小时', value: 1.5 },
    { field: effort, typed: '１．５', value: 1.5 },
    { field: effort, typed: '大概 2 个小时', value: 2 },
    { field: effort, typed: '半小时', value: 0.5 },
    { field: effort, typed: '两个半小时', value: 2.5 },
    { field: effort, typed: '30分钟', value: 0.5 },
    { field: effort, typed: '1小时20分', value: 1.33 },
    { field: effort, typed: '2h', value: 2 },
    { field: aField('n', 'number'), typed: '12 个', value: 12 },
    { field: aField('n', 'number'), typed: '-3', value: -3 },
    { field: aField('n', 'number', { unit: '份' }), typed: '三份', value: 3 },
    { field: cost, typed: '¥1,234.50', value: 1234.5 },
    { field: cost, typed: '1200元', value: 1200 },
    { field: cost, typed: '3.5万', value: 35000 },
    { field: urgency, typed: '紧急', value: '紧急' },
    { field: urgency, typed: '非常', value: '非常紧急' },
    { field: urgency, typed: '3', value: '非常紧急' },
    { field: urgency, typed: ' 2. ', value: '紧急' },
    { field: systems, typed: '邮箱，erp', value: ['邮箱', 'ERP'] },
    { field: systems, typed: '1 3', value: ['邮箱', 'ERP'] },
    { field: ONE_OF_EACH.switch, typed: '是的', value: true },
    { field: ONE_OF_EACH.switch, typed: 'No', value: false },
    { field: ONE_OF_EACH.switch, typed: '没有', value: false },
    { field: ONE_OF_EACH.rating, typed: '5分', value: 5 },
    { field: ONE_OF_EACH.rating, typed: '４ / 5', value: 4 },
    { field: ONE_OF_EACH.date, typed: '2026年11月5日', value: '2026-11-05' },
    { field: ONE_OF_EACH.date, typed: '11/5', value: '2026-11-05' },
    { field: ONE_OF_EACH.date, typed: '后天', value: '2026-03-04' },
    { field: ONE_OF_EACH.date, typed: '昨天', value: '2026-03-01' },
    { field: ONE_OF_EACH.datetime, typed: '2026-11-05 14:00', value: at(14 * 60, '2026-11-05') },
    { field: ONE_OF_EACH.datetime, typed: '明天 14:00', value: at(14 * 60, '2026-03-03') },
    { field: ONE_OF_EACH.datetime, typed: '今天下午两点半', value: at(14 * 60 + 30) },
    { field: ONE_OF_EACH.datetime, typed: '上午9点', value: at(9 * 60) },
    { field: ONE_OF_EACH.datetime, typed: '14：05', value: at(14 * 60 + 5) },
    { field: ONE_OF_EACH.datetime, typed: '晚上8点一刻', value: at(20 * 60 + 15) },
    { field: ONE_OF_EACH.datetime, typed: 'tomorrow 3pm', value: at(15 * 60, '2026-03-03') },
    { field: ONE_OF_EACH.datetime, typed: '现在', value: MONDAY },
    { field: ONE_OF_EACH.datetime, typed: '2026-11-05', value: at(0, '2026-11-05') },
    { field: ONE_OF_EACH.person, typed: '@李四', value: 7 },
    { field: ONE_OF_EACH.department, typed: 'IT部', value: 'it' },
  ];
  it.each(understood)('"$typed" is a $field.type', ({ field, typed, value }) => {
    expect(readValue(typed, field, reading)).toEqual({ value });
  });

  const unclear: { field: Field; typed: string; zh: string }[] = [
    { field: effort, typed: '一天', zh: '请只回复数字，单位是小时，例如 1.5' },
    { field: effort, typed: '不知道', zh: '请只回复数字，单位是小时，例如 1.5' },
    { field: effort, typed: '1.5元', zh: '请只回复数字，单位是小时，例如 1.5' },
    { field: effort, typed: '1-2', zh: '请只回复数字，单位是小时，例如 1.5' },
    { field: effort, typed: '-2小时', zh: '不能小于 0 小时，请修改' },
    { field: urgency, typed: '急', zh: '请从这些选项里选：一般、紧急、非常紧急' },
    { field: urgency, typed: '4', zh: '请从这些选项里选：一般、紧急、非常紧急' },
    { field: ONE_OF_EACH.date, typed: '2月30日', zh: '请填写日期，例如 2026-11-05' },
    { field: ONE_OF_EACH.date, typed: '14:00', zh: '请填写日期，例如 2026-11-05' },
    { field: ONE_OF_EACH.datetime, typed: '25:00', zh: '请填写日期和时间，例如 2026-11-05 14:00' },
    { field: ONE_OF_EACH.datetime, typed: '过几天', zh: '请填写日期和时间，例如 2026-11-05 14:00' },
    { field: ONE_OF_EACH.person, typed: '老王', zh: '没有找到唯一的「老王」，请回复全名或账号' },
    { field: ONE_OF_EACH.attachment, typed: '见图', zh: '请直接发送图片或文件' },
    { field: items, typed: '两包纸', zh: '明细请在手机页面里填写' },
  ];
  it.each(unclear)('"$typed" is asked again as a $field.type', ({ field, typed, zh }) => {
    expect(readValue(typed, field, reading)).toMatchObject({ problem: { zh } });
  });
});

describe('what people pick on a card', () => {
  it('is offered in the reader’s words, and comes back as a value', () => {
    expect(pickOptions(ONE_OF_EACH.switch, 'en')).toEqual([
      { id: 'true', text: 'Yes' },
      { id: 'false', text: 'No' },
    ]);
    expect(pickedValue(ONE_OF_EACH.switch, ['true'])).toEqual({ value: true });
    expect(pickedValue(ONE_OF_EACH.rating, ['4'])).toEqual({ value: 4 });
    expect(pickedValue(urgency, ['紧急'])).toEqual({ value: '紧急' });
    expect(pickedValue(systems, ['OA', '邮箱'])).toEqual({ value: ['邮箱', 'OA'] });
  });
  it('is nothing when nothing was picked, and refused when it was never offered', () => {
    expect(pickedValue(urgency, [UNPICKED])).toEqual({ value: '' });
    expect(pickedValue(ONE_OF_EACH.rating, [])).toEqual({ value: null });
    expect(pickedValue(urgency, ['不急'])).toHaveProperty('problem');
    expect(pickedValue(ONE_OF_EACH.switch, ['perhaps'])).toHaveProperty('problem');
  });
});

describe('any value at all', () => {
  const anyField = fc.constantFrom(...FIELD_TYPES.map((type) => ONE_OF_EACH[type]));
  const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, withBigInt: true, withDate: true });

  it('is kept or refused, never thrown at; and what is kept stays as it is', () => {
    fc.assert(
      fc.property(anyField, anything, (field, given) => {
        const parsed = FIELD_RULES[field.type].parse(given, field);
        if ('problem' in parsed) return expect(parsed.problem.zh).not.toBe(parsed.problem.en);
        expect(FIELD_RULES[field.type].parse(parsed.value, field)).toEqual(parsed);
        expect(JSON.parse(JSON.stringify(parsed.value))).toEqual(parsed.value);
      }),
      { numRuns: 3000 },
    );
  });

  it('can be told in both languages', () => {
    fc.assert(
      fc.property(anyField, anything, (field, given) => {
        for (const look of [chinese, english]) expect(typeof valueText(given as Value, field, look)).toBe('string');
      }),
      { numRuns: 2000 },
    );
  });

  it('may be typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[0-9.:年月日点半一二两¥,元万今明昨天下午 -]{0,12}$/),
    );
    fc.assert(
      fc.property(anyField, typed, (field, text) => {
        const read = readValue(text, field, reading);
        if ('value' in read) expect(FIELD_RULES[field.type].parse(read.value, field)).toEqual(read);
      }),
      { numRuns: 3000 },
    );
  });

  it('may be sent as a form', () => {
    const fields = FIELD_TYPES.map((type) => ({ ...ONE_OF_EACH[type], id: type }));
    const form = fc.dictionary(fc.oneof(fc.constantFrom(...FIELD_TYPES, '__proto__'), fc.string()), anything);
    fc.assert(
      fc.property(fc.oneof(form, anything), fc.boolean(), (values, partial) => {
        const checked = checkValues({ fields, access: {}, values: values as Values, scope: (of) => ({ of }), partial });
        if ('values' in checked) expect(Object.keys(checked.values)).toEqual([...FIELD_TYPES]);
        else expect(checked.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('types back what it tells, where a person could read it off', () => {
    const told: [Field, fc.Arbitrary<number>][] = [
      [effort, fc.integer({ min: 0, max: 1e6 }).map((n) => n / 100)],
      [cost, fc.integer({ min: 0, max: 1e9 }).map((n) => n / 100)],
      [ONE_OF_EACH.datetime, fc.integer({ min: 0, max: 1e8 }).map((n) => n * 60_000)],
    ];
    for (const [field, values] of told)
      fc.assert(
        fc.property(values, (value) =>
          expect(readValue(valueText(value, field, chinese), field, reading)).toEqual({ value }),
        ),
      );
  });
});
