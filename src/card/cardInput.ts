/** A form field as a question on a card; null where no card can ask it (files, people, rows) and for what is secret. */
import type { Field, Value } from '../form/field.ts';
import { isEmpty } from '../form/value.ts';
import { inputOf, pickOptions } from '../form/picked.ts';
import type { Look } from '../form/rule.ts';
import { valueText } from '../form/rules.ts';
import type { ShownField } from '../form/shown.ts';
import { inWords } from '../lib/locale.ts';
import type { CardInput } from './card.ts';

const CHOOSE = { zh: '请选择', en: 'Choose…' };
const KINDS: readonly string[] = ['choice', 'choices', 'text', 'longtext', 'number', 'date', 'datetime'];
const isKind = (input: string): input is CardInput['kind'] => KINDS.includes(input);

export function cardInput({ field, value, writable, required }: ShownField, look: Look): CardInput | null {
  const kind = inputOf(field);
  if (!writable || field.encrypt || !isKind(kind)) return null;
  const isChoice = kind === 'choice' || kind === 'choices';
  return {
    key: field.id,
    label: field.label,
    kind,
    required,
    options: isChoice ? pickOptions(field, look.locale) : [],
    value: isEmpty(value) ? [] : itemsOf(value, field, look).map(String),
    // A bare number says nothing of its unit, which stands beside the value everywhere else.
    ...placeholderOf(isChoice ? inWords(CHOOSE, look.locale) : field.placeholder || field.unit),
  };
}

const placeholderOf = (placeholder: string): Pick<CardInput, 'placeholder'> => (placeholder ? { placeholder } : {});

/** A moment stands there as people write it; other values are what they are. */
function itemsOf(value: Value, field: Field, look: Look): readonly unknown[] {
  if (inputOf(field) === 'datetime') return [valueText(value, field, look)];
  return Array.isArray(value) ? value : [value];
}
