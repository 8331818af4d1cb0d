/** A form field as written. All 39 types are words of the language; `field.ts` of `form/` says which run already. */
import { z } from 'zod';
import { MEANINGS } from '../../form/field.ts';
import { expression, flag, id, strict, text } from './basic.ts';
import { selector } from './people.ts';

export const ALL_FIELD_TYPES = [
  ...['text', 'textarea', 'richtext', 'phone', 'email', 'url', 'id_card', 'serial'],
  ...['number', 'money', 'percent', 'rating', 'slider'],
  ...['radio', 'select', 'checkbox', 'multiselect', 'tags', 'cascade', 'switch'],
  ...['date', 'time', 'datetime', 'daterange', 'duration'],
  ...['person', 'people', 'department', 'role'],
  ...['attachment', 'image', 'signature'],
  ...['location', 'address', 'ticket'],
  ...['group', 'table', 'note', 'divider'],
] as const;

const option = z.union([
  text('选项'),
  strict({ value: text('保存的值'), label: text('显示的文字').optional(), color: text('颜色').optional() }),
]);
const options = z.union([
  z.array(option).min(1).max(500),
  strict({ list: text('命名列表') }),
  strict({ url: text('远程列表地址') }),
]);

const shape = {
  id: id('字段 id，小写字母开头，用于表达式'),
  type: z.enum(ALL_FIELD_TYPES).describe('字段类型'),
  label: text('显示名称'),
  required: flag('必填').optional(),
  default: z
    .union([text('默认值，以 = 开头则为表达式'), z.array(text('默认值'))])
    .describe('默认值，以 = 开头则为表达式')
    .optional(),
  readonly: flag('只读').optional(),
  visible: expression('显示条件').optional(),
  validate: z
    .array(strict({ check: expression('须成立的条件'), message: text('不成立时的提示') }))
    .describe('校验：条件和提示')
    .optional(),
  formula: expression('计算公式，字段由系统计算').optional(),
  help: text('填写说明').optional(),
  placeholder: text('占位提示').optional(),
  unit: text('单位').optional(),
  who_can_see: selector.optional(),
  encrypt: flag('加密保存，不出现在卡片中').optional(),
  means: z.enum(MEANINGS).describe('字段在系统中的含义').optional(),
  options: options.describe('选项').optional(),
  min: z.number().describe('最小值，文本为最少字数').optional(),
  max: z.number().describe('最大值，文本为最多字数，附件为最多个数').optional(),
  currency: text('币种，默认 CNY').optional(),
  sum: flag('表格列：合计').optional(),
  text: text('说明文字').optional(),
};

export const column = strict(shape);
export const field = strict({ ...shape, columns: z.array(column).min(1).max(50).describe('表格的列').optional() });
export const form = z.array(field).max(200).describe('表单字段');
export type ColumnSpec = z.infer<typeof column>;
export type FieldSpec = z.infer<typeof field>;
