/** A card's questions as the data of DingTalk's Form component. Source: reference/dingtalk.md, 6.8. */
import type { CardInput } from '../card.ts';
import { byteLength, type Trim } from '../trim.ts';
import { fitLine } from './fit.ts';
import { LIMITS } from './limits.ts';

/** Name of the hidden field that says which act the answers belong to. */
export const ACTION = '_key';

interface FormField {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly hidden?: true;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly format?: string;
  readonly defaultValue?: unknown;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
  readonly minRows?: number;
  readonly maxRows?: number;
}

interface FormOptions {
  readonly key: string;
  readonly maxBytes: number;
}

/** @returns the JSON and what it asks, or null when nothing can be asked */
export function encodeForm(
  inputs: readonly CardInput[],
  { key, maxBytes }: FormOptions,
  trim: Trim,
): { json: string; asked: readonly CardInput[] } | null {
  const action: FormField = { name: ACTION, type: 'TEXT', hidden: true, defaultValue: key };
  const names = new Set<string>([ACTION]);
  let asked = inputs.flatMap((input) => {
    const why = unfit(input, names);
    if (why !== null) {
      trim.drop(`input ${input.key}`, why);
      return [];
    }
    names.add(input.key);
    const field = fieldOf(input, trim);
    // One huge answer would push all others out; cutting it would lose what a person wrote.
    if (byteLength(JSON.stringify(field)) > maxBytes / 2) {
      trim.drop(`input ${input.key}`, 'too large for a form on a card');
      return [];
    }
    return [{ input, field }];
  });
  const json = (): string => JSON.stringify({ fields: [action, ...asked.map(({ field }) => field)] });
  while (asked.length > 0 && byteLength(json()) > maxBytes) {
    const last = asked.findLast(({ input }) => !input.required) ?? asked.at(-1);
    trim.drop(`input ${last?.input.key ?? ''}`, `the form has only ${maxBytes} bytes`);
    asked = asked.filter((one) => one !== last);
  }
  return asked.length > 0 ? { json: json(), asked: asked.map(({ input }) => input) } : null;
}

const isChoice = ({ kind }: CardInput): boolean => kind === 'choice' || kind === 'choices';

/** Why a form can't ask it, or null. */
function unfit(input: CardInput, names: ReadonlySet<string>): string | null {
  if (!input.key || names.has(input.key)) return 'key empty or taken';
  if (!isChoice(input)) return null;
  const ids = input.options.map(({ id }) => id);
  if (ids.length === 0 || ids.length > LIMITS.options) return `needs 1 to ${LIMITS.options} options`;
  if (ids.includes('') || new Set(ids).size < ids.length) return 'an option has no id of its own';
  return null;
}

function fieldOf(input: CardInput, trim: Trim): FormField {
  const { key, label, kind, required } = input;
  const placeholder = fitLine(`placeholder ${label}`, input.placeholder ?? '', LIMITS.inputLabel, trim);
  const words = fitLine(`label ${label}`, label, LIMITS.inputLabel, trim) || '—';
  const base = { name: key, label: words, required, ...(placeholder ? { placeholder } : {}) };
  switch (kind) {
    case 'text':
      return { ...base, type: 'TEXT', ...first(input) };
    case 'longtext':
      return { ...base, type: 'TEXT_AREA', minRows: 2, maxRows: 6, ...first(input) };
    case 'number':
      return { ...base, type: 'NUMBER', ...numberIn(input) };
    case 'date':
      return { ...base, type: 'DATE', format: 'yyyy-MM-dd', ...first(input, /^\d{4}-\d\d-\d\d$/) };
    case 'datetime':
      return { ...base, type: 'DATETIME', format: 'yyyy-MM-dd HH:mm', ...first(input, /^\d{4}-\d\d-\d\d \d\d:\d\d$/) };
    case 'choice':
      return { ...base, type: 'SELECT', options: optionsOf(input, trim), ...chosenOne(input) };
    case 'choices':
      return { ...base, type: 'MULTI_SELECT', options: optionsOf(input, trim), ...chosenSome(input) };
  }
}

type Default = Pick<FormField, 'defaultValue'>;

/** A picker shows nothing, or worse, when it is given what it can't read. */
function first({ value: [text = ''] }: CardInput, shape = /[^]/): Default {
  return shape.test(text) ? { defaultValue: text } : {};
}

function numberIn({ value: [text = ''] }: CardInput): Default {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? { defaultValue: number } : {};
}

const optionsOf = ({ options }: CardInput, trim: Trim): NonNullable<FormField['options']> =>
  options.map(({ id, text }) => ({
    value: id,
    text: fitLine(`option ${text}`, text, LIMITS.optionText, trim) || '—',
  }));

function chosenOne({ options, value }: CardInput): Default {
  const index = options.findIndex(({ id }) => id === value[0]);
  return index < 0 ? {} : { defaultValue: { index, value: value[0] } };
}

function chosenSome({ options, value }: CardInput): Default {
  const chosen = options.map(({ id }, index) => ({ id, index })).filter(({ id }) => value.includes(id));
  if (chosen.length === 0) return {};
  return { defaultValue: { index: chosen.map(({ index }) => index), value: chosen.map(({ id }) => id) } };
}
