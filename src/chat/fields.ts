/** Asking for a field in words, and reading the answer. */
import type { Given } from '../card/asked.ts';
import { askText, numbered } from '../card/askText.ts';
import type { Template } from '../flow/template.ts';
import type { Field, Value, Values } from '../form/field.ts';
import { inputOf, pickedValue, pickOptions } from '../form/picked.ts';
import type { Parsed } from '../form/rule.ts';
import { emptyValue, FIELD_RULES, readValue } from '../form/rules.ts';
import { isEmpty, valueOf } from '../form/value.ts';
import type { Words } from '../lib/locale.ts';
import { readingOf, type Talk } from './talk.ts';

const MOST_LISTED = 20;

/** Can the answer be typed in a chat? Files are sent, tables are filled in on the page. */
export const isTypable = (field: Field): boolean => !['files', 'rows'].includes(FIELD_RULES[field.type].input);

export function askField(field: Field, talk: Talk): Words {
  const options = pickOptions(field, talk.locale);
  // Nobody reads a list of a whole department: names are typed then.
  if (options.length > 0 && (field.type !== 'people' || options.length <= MOST_LISTED))
    return askText.askChoice(field.label, numbered(options.map(({ text }) => text)));
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
  const input = inputOf(field);
  if (input === 'choice' || input === 'choices') return pickedValue(field, given);
  const text = given[0]?.trim() ?? '';
  return text === '' ? { value: emptyValue(field) } : readValue(text, field, readingOf(talk));
}

/**
 * What was chosen and typed on a form's card, and what of it can't be read.
 * @param kept  values that an empty answer does not take away
 */
export function readPicked(
  talk: Talk,
  { form }: Template,
  picked: Given,
  kept: Values,
): { values: Values; problems: Words[] } {
  const values: Record<string, Value> = {};
  const problems: Words[] = [];
  for (const field of form) {
    const given = picked[field.id];
    const read = given && isTypable(field) ? readGiven(given, field, talk) : null;
    if (read && 'problem' in read) problems.push(labelled(field.label, read.problem));
    if (!read || 'problem' in read) continue;
    if (!isEmpty(read.value) || isEmpty(valueOf(kept, field.id) ?? null)) values[field.id] = read.value;
  }
  return { values, problems };
}

/** A number from the list, or whatever the field's type can read. */
export function readField(text: string, field: Field, talk: Talk): Parsed {
  const options = pickOptions(field, talk.locale);
  const place = /^(\d{1,3})\s*[.、）)]?$/.exec(text.normalize('NFKC').trim());
  const byNumber = field.type !== 'rating' && place ? options[Number(place[1]) - 1] : undefined;
  return byNumber ? pickedValue(field, [byNumber.id]) : readValue(text, field, readingOf(talk));
}
