/** A form field as a question on a card; null where no card can ask it (files, people, rows) and for what is secret. */
import type { Value } from '../form/field.ts';
import { isEmpty } from '../form/value.ts';
import { pickOptions } from '../form/picked.ts';
import { FIELD_RULES } from '../form/rules.ts';
import type { ShownField } from '../form/shown.ts';
import { inWords, type Locale } from '../lib/locale.ts';
import type { CardInput } from './card.ts';

const CHOOSE = { zh: '请选择', en: 'Choose…' };
const KINDS: readonly string[] = ['choice', 'choices', 'text', 'longtext', 'number', 'date', 'datetime'];
const isKind = (input: string): input is CardInput['kind'] => KINDS.includes(input);

export function cardInput({ field, value, writable, required }: ShownField, locale: Locale): CardInput | null {
  const kind = FIELD_RULES[field.type].input;
  if (!writable || field.encrypt || !isKind(kind)) return null;
  const isChoice = kind === 'choice' || kind === 'choices';
  return {
    key: field.id,
    label: field.label,
    kind,
    required,
    options: isChoice ? pickOptions(field, locale) : [],
    value: isEmpty(value) ? [] : itemsOf(value).map(String),
    ...(isChoice ? { placeholder: inWords(CHOOSE, locale) } : {}),
  };
}

const itemsOf = (value: Value): readonly unknown[] => (Array.isArray(value) ? value : [value]);
