/** Builders for fields: a valid one in one line, and only what the test is about spelled out. */
import type { Field, FieldType, Option } from '../../src/form/field.ts';
import type { Look, Reading } from '../../src/form/rule.ts';

export const CHINA = 480;
/** Monday 2026-03-02 10:00 in Shanghai. */
export const MONDAY = Date.UTC(2026, 2, 2, 2);

export function aField(id: string, type: FieldType = 'text', rest: Partial<Field> = {}): Field {
  return {
    id,
    type,
    label: id,
    required: false,
    readonly: false,
    help: '',
    placeholder: '',
    unit: '',
    encrypt: false,
    means: null,
    options: [],
    min: null,
    max: null,
    currency: 'CNY',
    columns: [],
    sum: false,
    default: null,
    visible: null,
    formula: null,
    checks: [],
    offers: null,
    ...rest,
  };
}

export const options = (...labels: string[]): Option[] => labels.map((label) => ({ value: label, label }));

export const chinese: Look = {
  locale: 'zh-CN',
  offsetMinutes: CHINA,
  person: (id) => (id === 7 ? '李四' : '张三'),
  department: (key) => (key === 'it' ? 'IT部' : key),
};
export const english: Look = { ...chinese, locale: 'en' };

export const reading: Reading = {
  now: MONDAY,
  offsetMinutes: CHINA,
  person: (text) => (text === '李四' ? 7 : null),
  department: (text) => (text === 'IT部' ? 'it' : null),
};
