/** What was picked on a card, as a value: ids of options, whatever the field's type. */
import type { Field } from './field.ts';
import { type FieldRule, type InputKind, isNothing, type Parsed } from './rule.ts';
import { inWords, type Locale } from '../lib/locale.ts';
import { FIELD_RULES } from './rules.ts';
import { YES_NO } from './type/choice.ts';
import { ratingMarks } from './type/number.ts';

/** The id of "please choose", where a platform would otherwise preselect the first option. */
export const UNPICKED = '_';

/** How a field is asked for: people from a list are choices. */
export const inputOf = (field: Field): InputKind =>
  field.type === 'people' && field.offers !== null ? 'choices' : FIELD_RULES[field.type].input;

/** The options that a card offers for a field; none where it is no choice. */
export function pickOptions(field: Field, locale: Locale): readonly { readonly id: string; readonly text: string }[] {
  if (field.type === 'rating') return ratingMarks(field).map((mark) => ({ id: String(mark), text: String(mark) }));
  if (field.type === 'switch')
    return [true, false].map((on) => ({ id: String(on), text: inWords(on ? YES_NO.yes : YES_NO.no, locale) }));
  return field.options.map((option) => ({ id: option.value, text: option.label }));
}

/** @param ids untrusted */
export function pickedValue(field: Field, ids: readonly string[]): Parsed {
  const rule: FieldRule = FIELD_RULES[field.type];
  const chosen = ids.filter((id) => id !== UNPICKED);
  if (field.type === 'people') return rule.parse(chosen.map(Number), field);
  if (rule.input === 'choices') return rule.parse(chosen, field);
  const [first] = chosen;
  if (isNothing(first)) return { value: rule.empty };
  if (field.type === 'switch')
    return rule.parse(['true', 'false'].includes(first ?? '') ? first === 'true' : first, field);
  return rule.parse(
    ['number', 'money', 'rating', 'datetime', 'person'].includes(field.type) ? Number(first) : first,
    field,
  );
}
