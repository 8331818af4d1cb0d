/** The Form component of DingTalk's cards as data: its fields, what stands in them, what is wrong, what is sent. Source: reference/dingtalk.md, 6.8. */
import { parsed } from './interactive.ts';

export interface FieldOption {
  readonly value: string;
  readonly text: string;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly hidden: boolean;
  readonly required: boolean;
  readonly requiredMsg: string;
  readonly readOnly: boolean;
  readonly placeholder: string;
  readonly defaultValue: unknown;
  readonly options: readonly FieldOption[];
  /** Lines of a TEXT_AREA. */
  readonly minRows: number;
  readonly maxRows: number;
}

/** What stands in an input: one text, several options, or a tick. */
export type Entry = string | readonly string[] | boolean;
/** By field name. A field that was never touched has none. */
export type Entries = Readonly<Record<string, Entry>>;

const ONE_OF: readonly string[] = ['SELECT', 'CHECKBOX_GROUP'];
const SOME_OF: readonly string[] = ['MULTI_SELECT', 'MULTI_CHECKBOX_GROUP'];
const TICK: readonly string[] = ['CHECKBOX', 'SWITCH'];

/** Null: there is no form, or what came is none. */
export function fieldsIn(form: string): FormField[] | null {
  const { fields } = (parsed(form) ?? {}) as { fields?: unknown };
  if (!Array.isArray(fields)) return null;
  return fields.flatMap((one: unknown) => {
    const field = (one ?? {}) as Partial<Record<keyof FormField, unknown>>;
    return typeof field.name === 'string' ? [fieldOf(field.name, field)] : [];
  });
}

function fieldOf(name: string, field: Partial<Record<keyof FormField, unknown>>): FormField {
  const words = (value: unknown): string => (typeof value === 'string' ? value : '');
  const rows = (value: unknown, other: number): number => (typeof value === 'number' && value > 0 ? value : other);
  return {
    name,
    label: words(field.label),
    type: words(field.type) || 'TEXT',
    hidden: field.hidden === true,
    required: field.required === true,
    requiredMsg: words(field.requiredMsg),
    readOnly: field.readOnly === true,
    placeholder: words(field.placeholder),
    defaultValue: field.defaultValue,
    options: Array.isArray(field.options) ? field.options.flatMap(optionOf) : [],
    minRows: rows(field.minRows, 2),
    maxRows: rows(field.maxRows, 6),
  };
}

function optionOf(one: unknown): FieldOption[] {
  const { value, text } = (one ?? {}) as Partial<Record<keyof FieldOption, unknown>>;
  if (typeof value !== 'string') return [];
  return [{ value, text: typeof text === 'string' ? text : value }];
}

/** What stands in the input now: what was typed, else what the form came with. */
export function entryOf(field: FormField, typed: Entries): Entry {
  const { name, type, defaultValue: given } = field;
  const mine = field.readOnly ? undefined : typed[name];
  if (mine !== undefined) return mine;
  if (TICK.includes(type)) return given === true || given === 'true';
  const inside = typeof given === 'object' && given !== null ? (given as { value?: unknown }).value : given;
  if (SOME_OF.includes(type)) return [inside ?? []].flat().filter((one) => typeof one === 'string');
  if (ONE_OF.includes(type)) return field.options.some(({ value }) => value === inside) ? (inside as string) : '';
  return typeof inside === 'string' || typeof inside === 'number' ? String(inside) : '';
}

const isEmpty = (entry: Entry): boolean =>
  typeof entry === 'string' ? entry.trim() === '' : entry === false || entry === true ? !entry : entry.length === 0;

/** Fields that keep the form from being sent. Hidden ones never do: nobody could fill them in. */
export const missingIn = (fields: readonly FormField[], typed: Entries): FormField[] =>
  fields.filter((field) => field.required && !field.hidden && isEmpty(entryOf(field, typed)));

/**
 * What is sent under `params.form`, hidden fields included. A field in which nothing ever stood is left out; one that was
 * emptied is sent as ''.
 */
export function sentBy(fields: readonly FormField[], typed: Entries): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.hidden ? field.defaultValue : valueOf(field, entryOf(field, typed), field.name in typed);
    if (value !== undefined) sent[field.name] = value;
  }
  return sent;
}

function valueOf({ type, options }: FormField, entry: Entry, isTouched: boolean): unknown {
  if (typeof entry === 'boolean') return entry;
  const indexOf = (chosen: string) => options.findIndex(({ value }) => value === chosen);
  if (typeof entry !== 'string') {
    const chosen = options.map(({ value }) => value).filter((value) => entry.includes(value));
    return chosen.length > 0 || isTouched ? { index: chosen.map(indexOf), value: chosen } : undefined;
  }
  if (ONE_OF.includes(type)) return entry === '' ? undefined : { index: indexOf(entry), value: entry };
  if (entry === '') return isTouched ? '' : undefined;
  return type === 'NUMBER' && Number.isFinite(Number(entry)) ? Number(entry) : entry;
}

/** What was typed, and into which form: the same JSON is the same form. */
export interface Typed {
  readonly form: string;
  readonly entries: Entries;
}

/** Kept while the card around the form changes, gone when the form itself does. */
export const typedInto = (form: string, typed: Typed): Entries => (typed.form === form ? typed.entries : NOTHING);

export const withEntry = (form: string, typed: Typed, name: string, entry: Entry): Typed => ({
  form,
  entries: { ...typedInto(form, typed), [name]: entry },
});

export const NOTHING: Entries = {};
