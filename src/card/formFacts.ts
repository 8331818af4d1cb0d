/** What was filled in, as lines on a card. Encrypted fields never appear. */
import { valueText } from '../form/rules.ts';
import type { Field, Meaning, Values } from '../form/field.ts';
import { valueOf } from '../form/value.ts';
import type { Task } from '../flow/ticket.ts';
import type { Locale } from '../lib/locale.ts';
import type { Card, CardFact } from './card.ts';
import { cutText } from './cutText.ts';
import { lookOf, type Surroundings, type TicketView } from './view.ts';

const VALUE = 100;
const BODY = 300;
const TELLING: readonly (Meaning | null)[] = ['urgency', 'category'];

export function factOf(field: Field, values: Values, around: Surroundings, locale: Locale): CardFact | null {
  const value = valueOf(values, field.id);
  const text = field.encrypt ? '' : valueText(value, field, lookOf(around, locale));
  if (!text) return null;
  const account = field.type === 'person' && typeof value === 'number' ? around.accounts?.(value) : undefined;
  const fact = { label: field.label, value: cutText(text.replace(/\s+/g, ' '), VALUE) };
  return account === undefined ? fact : { ...fact, account };
}

/** The ticket's form, the most telling fields first. @param at the reader's node: what it hides is left out */
export function formFacts(view: TicketView, at: Task['node'], locale: Locale): CardFact[] {
  const { ticket, template } = view;
  const access = template.nodes[at]?.fields ?? {};
  const values = ticket.values['form'] ?? {};
  const detail = detailOf(template.form);
  const shown = template.form.filter(
    (field) =>
      access[field.id] !== 'hidden' &&
      field.means !== 'title' &&
      field !== detail &&
      // The requester has a line of their own.
      !(field.type === 'person' && valueOf(values, field.id) === ticket.requesterId),
  );
  const telling = (field: Field): boolean => TELLING.includes(field.means);
  return [...shown.filter(telling), ...shown.filter((field) => !telling(field))].flatMap(
    (field) => changedFact(field, view, locale) ?? factOf(field, values, view, locale) ?? [],
  );
}

/** `5000 → 4800`, where somebody at a step changed what was filed. */
function changedFact(field: Field, view: TicketView, locale: Locale): CardFact | null {
  const old = view.lastChange?.old;
  if (!old || valueOf(old, field.id) === undefined || field.encrypt || field.type === 'table') return null;
  const look = lookOf(view, locale);
  const text = (values: Values) =>
    cutText(valueText(valueOf(values, field.id), field, look).replace(/\s+/g, ' '), VALUE / 2) || '—';
  return { label: field.label, value: `${text(old)} → ${text(view.ticket.values['form'] ?? {})}` };
}

/** What a ticket is about in more words: the field that means it, else the first long text. */
export const detailOf = (form: readonly Field[]): Field | undefined =>
  form.find((field) => field.means === 'detail') ?? form.find((field) => field.type === 'textarea' && !field.encrypt);

/** The detail for the reader at this node; `''` when there is none, or when it is hidden or encrypted. */
export function detailText(view: TicketView, at: Task['node'], locale: Locale): string {
  const field = detailOf(view.template.form);
  if (!field || field.encrypt || view.template.nodes[at]?.fields[field.id] === 'hidden') return '';
  return cutText(valueText(view.ticket.values['form']?.[field.id], field, lookOf(view, locale)), BODY);
}

/** What the last node that was filled in says: its long text, and its other values. */
export function resultOf(view: TicketView, locale: Locale): { quote: Card['quote']; facts: CardFact[] } {
  const { template, ticket } = view;
  const last = [...template.order].reverse().find((id) => ticket.values[id] && template.nodes[id]?.form.length);
  const node = last === undefined ? undefined : template.nodes[last];
  if (!node) return { quote: null, facts: [] };
  const values = ticket.values[node.id] ?? {};
  const told = node.form.find(
    (field) =>
      field.type === 'textarea' && !field.encrypt && valueText(valueOf(values, field.id), field, lookOf(view, locale)),
  );
  return {
    quote: told
      ? { title: told.label, text: cutText(valueText(values[told.id], told, lookOf(view, locale)), BODY) }
      : null,
    facts: node.form.filter((field) => field !== told).flatMap((field) => factOf(field, values, view, locale) ?? []),
  };
}

export const commentQuote = (view: TicketView): Card['quote'] =>
  view.lastComment?.text.trim()
    ? { title: view.names(view.lastComment.by), text: cutText(view.lastComment.text.trim(), BODY) }
    : null;
