/** What a ticket is sorted by: the field that means it, and the values that it knows. */
import type { Field, Meaning } from '../form/field.ts';
import { cleanLines, isBlank } from '../form/typed.ts';
import { type FieldProblem, type Refusal, refuse } from '../lib/refusal.ts';
import type { Template } from './template.ts';

/** A field with one value in words; null: tickets of this template are not told apart by it. */
export function choiceOf(template: Template, meaning: Meaning): Field | null {
  const field = template.form.find(({ means }) => means === meaning);
  return field && ONE_TEXT.includes(field.type) ? field : null;
}
const ONE_TEXT: readonly Field['type'][] = ['text', 'radio', 'select'];

/** @returns the value as the field keeps it */
export function chosen(field: Field, part: 'category' | 'urgency', given: string): { value: string } | Refusal {
  const value = cleanLines(given).trim();
  if (field.options.length === 0 && !isBlank(value) && value.length <= LONGEST[part]) return { value };
  if (field.options.some((option) => option.value === value)) return { value };
  const options = field.options.map((option) => option.value).join('、');
  const problem: FieldProblem = {
    field: part,
    label: field.label,
    zh: options ? `请从这些选项里选：${options}` : `请填写「${field.label}」，最多 ${LONGEST[part]} 个字`,
    en: options ? `Choose one of: ${options}` : `Fill in “${field.label}”, ${LONGEST[part]} characters at most`,
  };
  return refuse('bad_input', {}, [problem]);
}
/** As much as lists hold. */
const LONGEST = { category: 255, urgency: 32 } as const;
