/** A form being filled in by words: what they say of it, what it shows now, and how that is told. */
import { cutText } from '../card/cutText.ts';
import { detailOf } from '../card/formFacts.ts';
import { filingScope } from '../flow/formScope.ts';
import { understand } from '../flow/keywords.ts';
import type { Template } from '../flow/template.ts';
import type { Values } from '../form/field.ts';
import { keepGood } from '../form/good.ts';
import { valueText } from '../form/rules.ts';
import { shownFields, type ShownField } from '../form/shown.ts';
import type { Locale } from '../lib/locale.ts';
import type { Draft } from '../ticket/drafts.ts';
import { lookOf, type Talk } from './talk.ts';

/** What is too long for a title is a description. */
export function understood(template: Template, text: string): Values {
  const { values, rest } = understand(template, text);
  const detail = detailOf(template.form);
  return rest && detail && !(detail.id in values) ? { ...values, [detail.id]: rest } : values;
}

export const labelsText = (fields: readonly ShownField[], locale: Locale): string =>
  locale === 'en'
    ? fields.map(({ field }) => `“${field.label}”`).join(', ')
    : fields.map(({ field }) => `「${field.label}」`).join('');

export function shown(talk: Talk, template: Template, { values, requesterId }: Draft): ShownField[] {
  return shownFields({
    fields: template.form,
    access: {},
    values,
    scope: filingScope(template, requesterId, talk, talk.person.id),
  });
}

/** Defaults and formulas filled in; a value that was misunderstood is left out. */
export function settledValues(talk: Talk, template: Template, values: Values, requesterId: number): Values {
  const scope = filingScope(template, requesterId, talk, talk.person.id);
  return keepGood({ fields: template.form, access: {}, values, scope }).values;
}

/** A message has little room, and the form shows the whole of it. */
const KNOWN = 200;

export function knownText(talk: Talk, template: Template, values: Values): string {
  const look = lookOf(talk);
  return template.form
    .map((field) => [field.label, cutText(valueText(values[field.id], field, look), KNOWN)])
    .filter(([, text]) => text)
    .map(([label, text]) => (talk.locale === 'en' ? `${label}: ${text}` : `${label}：${text}`))
    .join('\n');
}
