/** A filing under way: what was understood, what is still missing, and the choices that a card can ask for. */
import type { Field, Values } from '../form/field.ts';
import type { ScopeOf } from '../form/settle.ts';
import { type ShownField, shownFields } from '../form/shown.ts';
import { inputOf } from '../form/picked.ts';
import { valueText } from '../form/rules.ts';
import type { PersonId } from '../flow/directory.ts';
import type { Template } from '../flow/template.ts';
import { inWords, type Locale } from '../lib/locale.ts';
import { actionKey } from './actionKey.ts';
import type { Card, CardButton } from './card.ts';
import { cardInput } from './cardInput.ts';
import { cutText } from './cutText.ts';
import { detailOf, factOf } from './formFacts.ts';
import { personFact, REQUESTER } from './filedFor.ts';
import { followsFact } from './lifeSentence.ts';
import { draftPath, lookOf, type Surroundings } from './view.ts';

export interface DraftView extends Surroundings {
  readonly draftId: number;
  /** When it was changed last, epoch ms. */
  readonly version: number;
  readonly template: Template;
  readonly values: Values;
  readonly scope: ScopeOf;
  /** For whom somebody else fills it in; null: for themselves. */
  readonly requesterId?: PersonId | null;
  /** Number of the ticket in whose place it will be filed. */
  readonly follows?: string | null;
  /** What became of it; null: still open. */
  readonly over: { readonly filed: string } | 'cancelled' | null;
}

const BODY = 300;

export function draftCard(view: DraftView, locale: Locale): Card {
  const { template, over } = view;
  const shown = shownFields({ fields: template.form, access: {}, values: view.values, scope: view.scope });
  const textOf = (field: Field | undefined): string => {
    const one = shown.find((some) => some.field === field);
    return one && !one.field.encrypt ? valueText(one.value, one.field, lookOf(view, locale)) : '';
  };
  const title = template.form.find((field) => field.means === 'title');
  const detail = detailOf(template.form);
  // What a person can't change here (who they are, what is computed) is no news to them.
  const told = shown.filter(({ field, writable }) => writable && field !== title && field !== detail);
  return {
    kind: 'draft',
    source: template.name,
    title: textOf(title) || template.name,
    subtitle: over ? '' : missingText(shown, view.forms ?? false, locale),
    emphasis: locale === 'en' ? 'Draft' : '草稿',
    body: cutText(textOf(detail), BODY),
    facts: [
      ...(view.requesterId == null ? [] : [personFact(REQUESTER, view.requesterId, view, locale)]),
      ...followsFact(view.follows ?? null, locale),
      ...told.flatMap(({ field, value }) => factOf(field, { [field.id]: value }, view, locale) ?? []),
    ],
    quote: null,
    inputs: over ? [] : shown.sort(byUrgency).flatMap((one) => cardInput(one, lookOf(view, locale)) ?? []),
    buttons: over ? [] : buttonsOf(view, locale),
    menu: [],
    url: view.url(draftPath(view.draftId)),
    over: over ? overText(over, locale) : null,
    notice: null,
  };
}

/** What must be answered comes first: a card has little room. */
const rank = ({ missing, required }: ShownField): number => (missing ? 0 : required ? 1 : 2);
const byUrgency = (a: ShownField, b: ShownField): number => rank(a) - rank(b);

/** Where the missing values can be given: on the card as far as it can ask, all else as a message. */
function missingText(shown: readonly ShownField[], forms: boolean, locale: Locale): string {
  const missing = shown.filter((one) => one.missing);
  if (missing.length === 0) return inWords({ zh: '已填好，可以提交', en: 'Ready to submit' }, locale);
  const names = (some: readonly ShownField[]): string =>
    some.map(({ field }) => field.label).join(locale === 'en' ? ', ' : '、');
  const input = ({ field }: ShownField) => inputOf(field);
  const chosen = forms ? [] : missing.filter((one) => input(one) === 'choice');
  const filled = forms ? missing.filter((one) => input(one) !== 'files') : [];
  const typed = missing.filter((one) => !chosen.includes(one) && !filled.includes(one));
  const parts = [
    filled.length > 0 ? inWords({ zh: `请填写：${names(filled)}`, en: `Fill in: ${names(filled)}` }, locale) : '',
    chosen.length > 0 ? inWords({ zh: `请选择：${names(chosen)}`, en: `Choose: ${names(chosen)}` }, locale) : '',
    typed.length > 0 ? inWords({ zh: `请回复：${names(typed)}`, en: `Reply with: ${names(typed)}` }, locale) : '',
  ];
  return parts.filter(Boolean).join(locale === 'en' ? '; ' : '；');
}

function buttonsOf(view: DraftView, locale: Locale): CardButton[] {
  const { draftId, version } = view;
  const key = (act: 'submit' | 'cancel') => ({ key: actionKey({ on: 'draft', act, draftId, version }) });
  return [
    { text: inWords({ zh: '提交', en: 'Submit' }, locale), tone: 'primary', does: key('submit') },
    { text: inWords({ zh: '打开表单', en: 'Open form' }, locale), tone: 'secondary', does: { url: view.url(draftPath(draftId)) } }, // prettier-ignore
    { text: inWords({ zh: '取消', en: 'Cancel' }, locale), tone: 'plain', does: key('cancel') },
  ];
}

function overText(over: NonNullable<DraftView['over']>, locale: Locale): string {
  if (over === 'cancelled') return inWords({ zh: '已取消', en: 'Cancelled' }, locale);
  return inWords({ zh: `已提交 ${over.filed}`, en: `Filed as ${over.filed}` }, locale);
}
