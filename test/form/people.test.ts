/** The field type `people`: several of us, from a list where the form offers one. */
import { describe, expect, it } from '@jest/globals';
import { checkValues } from '../../src/form/check.ts';
import type { Field, Value } from '../../src/form/field.ts';
import { inputOf, pickedValue, pickOptions } from '../../src/form/picked.ts';
import { FIELD_RULES, readValue, valueText } from '../../src/form/rules.ts';
import { shownFields } from '../../src/form/shown.ts';
import { aField, chinese, english, reading } from '../support/form.ts';

const team = aField('team', 'people', { min: 2, max: 3 });
const anybody = aField('team', 'people');
const offered = aField('team', 'people', {
  label: '评审人',
  required: true,
  offers: (scope) =>
    'few' in scope ? [] : ['张三', '李四', '王五'].map((label, i) => ({ value: String(6 + i), label })),
});
const parse = (field: Field, given: unknown) => {
  const read = FIELD_RULES.people.parse(given, field);
  return 'value' in read ? read.value : read.problem.zh;
};

describe('a value', () => {
  it.each<[unknown, Value]>([
    [
      [7, 8],
      [7, 8],
    ],
    [
      [8, 7, 8],
      [8, 7],
    ],
    [[], []],
    [null, []],
    ['', []],
    [[7], '至少选 2 人'],
    [[1, 2, 3, 4], '最多选 3 人'],
    [7, '请选择同事'],
    [['7'], '请选择同事'],
    [[7, -1], '请选择同事'],
    [[7, 1.5], '请选择同事'],
    [Array.from({ length: 101 }, (_, i) => i + 1), '请选择同事'],
  ])('of %j is %j', (given, expected) => {
    expect(parse(team, given)).toEqual(expected);
  });

  it('reads as names', () => {
    expect(valueText([7, 9], anybody, chinese)).toBe('李四、张三');
    expect(valueText([7, 9], anybody, english)).toBe('李四, 张三');
    expect(valueText([], anybody, chinese)).toBe('');
  });

  it('is typed as names, or as places in the list that is offered', () => {
    const read = (text: string, field: Field) => {
      const given = readValue(text, field, reading);
      return 'value' in given ? given.value : given.problem.zh;
    };
    expect(read('@李四', anybody)).toEqual([7]);
    expect(read('李四、钱七', anybody)).toContain('没有找到唯一的「钱七」');
    const [shown] = shownFields({ fields: [offered], access: {}, values: {}, scope: () => ({}) });
    const field = shown?.field ?? anybody;
    expect(read('王五、张三', field)).toEqual([8, 6]);
    expect(read('1 3', field)).toEqual([6, 8]);
    expect(read('赵六', field)).toContain('没有找到唯一的「赵六」');
  });
});

describe('people from a list', () => {
  const judged = (values: Record<string, Value>, few = false, partial = false) => {
    const scope = () => (few ? { few } : {});
    const result = checkValues({ fields: [offered], access: {}, values, scope, partial });
    return 'problems' in result ? result.problems.map(({ field, zh }) => `${field} ${zh}`) : result.values;
  };
  it.each<[string, Record<string, Value>, boolean, unknown]>([
    ['one of them', { team: [7] }, false, { team: [7] }],
    ['somebody else', { team: [7, 99] }, false, ['team 「评审人」请从这些人里选：张三、李四、王五']],
    ['nobody to choose from', { team: [7] }, true, ['team 「评审人」现在没有可选的人，请联系管理员']],
    ['nobody chosen', {}, false, ['team 请选择「评审人」']],
  ])('%s', (_, values, few, expected) => {
    expect(judged(values, few)).toEqual(expected);
  });

  it('are judged in a draft, too, and left alone where they can not be changed', () => {
    expect(judged({ team: [99] }, false, true)).toHaveLength(1);
    const before = { team: [99] };
    const readonly = checkValues({
      ...{ fields: [offered], access: { team: 'readonly' as const }, values: {}, before },
      ...{ scope: () => ({}), partial: false },
    });
    expect(readonly).toEqual({ values: before });
  });

  it('are choices on a card; anybody is typed', () => {
    expect([inputOf(offered), inputOf(anybody)]).toEqual(['choices', 'people']);
    const [shown] = shownFields({ fields: [offered], access: {}, values: {}, scope: () => ({}) });
    expect(pickOptions(shown?.field ?? offered, 'zh-CN')).toEqual([
      { id: '6', text: '张三' },
      { id: '7', text: '李四' },
      { id: '8', text: '王五' },
    ]);
    expect(pickedValue(offered, ['7', '_'])).toEqual({ value: [7] });
    expect(pickedValue(offered, ['x'])).toHaveProperty('problem');
    expect(pickedValue(offered, [])).toEqual({ value: [] });
  });
});
