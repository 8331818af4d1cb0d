/** Every field type and its rule: the one place to add a type, after `FIELD_TYPES`. */
import type { Field, FieldType, Value } from './field.ts';
import type { FieldRule, Look, Parsed, Reading } from './rule.ts';
import { attachmentRule } from './type/attachment.ts';
import { manyRule, oneRule, switchRule } from './type/choice.ts';
import { moneyRule, numberRule, ratingRule } from './type/number.ts';
import { departmentRule, peopleRule, personRule } from './type/people.ts';
import { makeTableRule } from './type/table.ts';
import { textareaRule, textRule } from './type/text.ts';
import { dateRule, datetimeRule } from './type/time.ts';

export const FIELD_RULES: Readonly<Record<FieldType, FieldRule>> = {
  text: textRule,
  textarea: textareaRule,
  number: numberRule,
  money: moneyRule,
  radio: oneRule,
  select: oneRule,
  checkbox: manyRule,
  multiselect: manyRule,
  switch: switchRule,
  rating: ratingRule,
  date: dateRule,
  datetime: datetimeRule,
  person: personRule,
  people: peopleRule,
  department: departmentRule,
  attachment: attachmentRule,
  table: makeTableRule((type) => FIELD_RULES[type]),
};

/** Stored apart from the event's chained body and erasable: free text, people, files, rows, and what is encrypted. */
export const isPersonal = (field: Field): boolean => field.encrypt || FIELD_RULES[field.type].personal;

export const emptyValue = (field: Field): Value => FIELD_RULES[field.type].empty;

/** Plain text of a field's value for people; `''` when unset. */
export const valueText = (value: Value | undefined, field: Field, look: Look): string =>
  value === undefined || value === null ? '' : FIELD_RULES[field.type].text(value, field, look);

/** What a person typed in the chat as this field's value. */
export const readValue = (text: string, field: Field, reading: Reading): Parsed =>
  FIELD_RULES[field.type].fromText(text, field, reading);
