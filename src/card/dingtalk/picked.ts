/**
 * What a click on a card brought: our action key, and what was filled in. Everything in it is made by the client, so it is
 * read tolerantly and within bounds; rights are judged elsewhere. Source: reference/dingtalk.md, 6.6.
 */
import { ACTION } from './form.ts';

export interface Picked {
  readonly key: string;
  /** Input key → chosen ids or one text; `[]` and `['']`: emptied. */
  readonly picked: Record<string, string[]>;
}

/** A form has fewer fields and shorter texts; more than this is no form of ours. */
const MOST = { json: 200_000, fields: 200, name: 200, items: 200, text: 20_000 } as const;

/**
 * @param params of the click, untrusted: `{ key }` of a button or `{ form: { _key, … } }`, each perhaps as JSON text
 * @returns null when no key of ours is in it
 */
export function pickedFrom(params: unknown): Picked | null {
  const given = record(params);
  if (!given) return null;
  const form = record(given['form']);
  if (form) {
    const key = keyIn(form[ACTION]);
    return key === null ? null : { key, picked: fieldsOf(form) };
  }
  const key = keyIn(given['key']);
  return key === null ? null : { key, picked: {} };
}

function keyIn(value: unknown): string | null {
  const [key = ''] = itemsOf(value) ?? [];
  return key && key.length <= MOST.name ? key : null;
}

function fieldsOf(form: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const named = Object.entries(form)
    .slice(0, MOST.fields)
    .flatMap(([name, value]): [string, string[]][] => {
      // `in`: a name that every object has would be read where nothing was given.
      const usable = name !== '' && name.length <= MOST.name && name !== ACTION && !(name in {});
      const items = usable ? itemsOf(value) : null;
      return items ? [[name, items]] : [];
    });
  return Object.fromEntries(named);
}

/** One text, or the values of what was chosen; null for what is neither. */
function itemsOf(value: unknown): string[] | null {
  if (value === null) return [];
  if (Array.isArray(value)) return manyOf(value);
  const text = textOf(value);
  const choice = record(value);
  // Only where it says so itself is a text an option: people may write braces, too.
  const isChoice = choice !== null && 'value' in choice && (text === null || 'index' in choice);
  if (!isChoice) return text === null ? null : [text];
  const chosen = choice['value'];
  return Array.isArray(chosen) ? manyOf(chosen) : manyOf([chosen]);
}

const manyOf = (values: readonly unknown[]): string[] =>
  values.slice(0, MOST.items).flatMap((one) => {
    const text = textOf(one);
    return text ? [text] : [];
  });

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.slice(0, MOST.text);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  return null;
}

/** An object, or the one that a JSON text holds. */
function record(value: unknown): Readonly<Record<string, unknown>> | null {
  const whole = typeof value === 'string' ? parsed(value) : value;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return null;
  return whole as Readonly<Record<string, unknown>>;
}

function parsed(text: string): unknown {
  if (text.length > MOST.json || !text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
