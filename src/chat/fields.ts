/** Asking for a field in words, and reading the answer. */
import { askText, numbered } from '../card/askText.ts';
import type { Field } from '../form/field.ts';
import { pickedValue, pickOptions } from '../form/picked.ts';
import type { Parsed } from '../form/rule.ts';
import { emptyValue, FIELD_RULES, readValue } from '../form/rules.ts';
import type { Words } from '../lib/locale.ts';
import { readingOf, type Talk } from './talk.ts';

/** Can the answer be typed in a chat? Files are sent, tables are filled in on the page. */
export const isTypable = (field: Field): boolean => !['files', 'rows'].includes(FIELD_RULES[field.type].input);

export function askField(field: Field, talk: Talk): Words {
  const options = pickOptions(field, talk.locale);
  if (options.length > 0) return askText.askChoice(field.label, numbered(options.map(({ text }) => text)));
  const hint = [field.unit, field.help || field.placeholder].filter(Boolean).join('，');
  return askText.askField(field.label, hint);
}

/** Which field a problem is about. */
export const labelled = (label: string, { zh, en }: Words): Words => ({
  zh: `「${label}」${zh}`,
  en: `“${label}”: ${en}`,
});

/** What was chosen or typed on a card; nothing typed is no value. */
export function readGiven(given: readonly string[], field: Field, talk: Talk): Parsed {
  const { input } = FIELD_RULES[field.type];
  if (input === 'choice' || input === 'choices') return pickedValue(field, given);
  const text = given[0]?.trim() ?? '';
  return text === '' ? { value: emptyValue(field) } : readValue(text, field, readingOf(talk));
}

/** A number from the list, or whatever the field's type can read. */
export function readField(text: string, field: Field, talk: Talk): Parsed {
  const options = pickOptions(field, talk.locale);
  const place = /^(\d{1,3})\s*[.、）)]?$/.exec(text.normalize('NFKC').trim());
  const byNumber = field.type !== 'rating' && place ? options[Number(place[1]) - 1] : undefined;
  return byNumber ? pickedValue(field, [byNumber.id]) : readValue(text, field, readingOf(talk));
}
