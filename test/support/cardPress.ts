/** Where the buttons of a card are, on both platforms, and what pressing one sends. */
import type { ClickBody, InteractiveClick, Message } from '../../src/sandbox/client.ts';

/** By key or name of the question, or by its label: an option's id or words, several of them, a text, a number, a tick. */
export type Values = Readonly<Record<string, unknown>>;

export const hasButton = (message: Message, text: string): boolean =>
  (message.interactive !== undefined || message.clickable) && keyOf(message, text) !== null;

/** @throws Error when there is no such button, or the client would not let it be pressed */
export function pressOn(message: Message, text: string, values?: Values): ClickBody | InteractiveClick {
  if (message.interactive) return pressOnInteractive(message.id, message.interactive.data, text, values ?? {});
  const key = keyOf(message, text);
  if (key === null) throw new Error(`There is no 「${text}」`);
  return { messageId: message.id, key, ...(values ? { selected: values as NonNullable<ClickBody['selected']> } : {}) };
}

/** The key behind a button, a submit button or a menu entry of that text; null: there is none. */
export function keyOf({ card, interactive }: Message, text: string): string | null {
  if (interactive) return interactiveKeyOf(interactive.data, text)?.key ?? null;
  const pressable = [
    ...(card?.button_list ?? []),
    ...(card?.submit_button ? [{ text: '提交', ...card.submit_button }] : []),
    ...(card?.action_menu?.action_list ?? []),
  ];
  const found = pressable.find((one) => one.text === text);
  return found && 'key' in found ? (found.key ?? null) : null;
}

/** Words of the buttons that call the app. */
export function buttonsOf({ card, interactive }: Message): string[] {
  if (!interactive) {
    const buttons = [...(card?.button_list ?? []), ...(card?.submit_button ? [card.submit_button] : [])];
    return buttons.map(({ text }) => text ?? '');
  }
  const { data } = interactive;
  if (data['over']) return [];
  const requests = REQUESTS.filter((id) => data[`${id}_text`] && data[`${id}_key`]).map(
    (id) => data[`${id}_text`] ?? '',
  );
  return data['form'] ? [data['form_btn_text'] ?? '', ...requests] : requests;
}

const REQUESTS = ['b1', 'b2', 'b3', 'b4', 'b5', 'm1', 'm2', 'm3'] as const;
type Data = Readonly<Record<string, string>>;

function interactiveKeyOf(data: Data, text: string): { id: string; key: string } | null {
  if (data['over']) return null;
  if (data['form'] && data['form_btn_text'] === text)
    return { id: 'form', key: String(fieldsOf(data)[0]?.defaultValue) };
  const id = REQUESTS.find((one) => data[`${one}_text`] === text && data[`${one}_key`]);
  return id === undefined ? null : { id, key: data[`${id}_key`] ?? '' };
}

function pressOnInteractive(messageId: string, data: Data, text: string, values: Values): InteractiveClick {
  const found = interactiveKeyOf(data, text);
  if (!found) throw new Error(`There is no 「${text}」`);
  const params = found.id === 'form' ? { form: formOf(data, values) } : { key: found.key };
  return { messageId, actionId: found.id, params };
}

interface Field {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly required?: boolean;
  readonly defaultValue?: unknown;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

const fieldsOf = ({ form = '' }: Data): readonly Field[] => (JSON.parse(form) as { fields: Field[] }).fields;

/** As the client sends it: what was filled in over what stood there. @throws Error where the client would not send */
function formOf(data: Data, values: Values): Record<string, unknown> {
  const fields = fieldsOf(data);
  const known = fields.flatMap(({ name, label }) => [name, label]);
  const strange = Object.keys(values).find((name) => !known.includes(name));
  if (strange !== undefined) throw new Error(`The form asks no 「${strange}」, but ${known.join(', ')}`);
  const filled: Record<string, unknown> = {};
  for (const field of fields) {
    const given = field.name in values ? values[field.name] : values[field.label ?? field.name];
    const value = given === undefined ? field.defaultValue : valueOf(field, given);
    if (value === undefined && field.required) throw new Error(`The form wants 「${field.label ?? field.name}」`);
    if (value !== undefined) filled[field.name] = value;
  }
  return filled;
}

/** Choices by their id or words, in the shapes of reference/dingtalk.md, 6.6. */
function valueOf({ type, options = [] }: Field, given: unknown): unknown {
  const indexOf = (one: unknown) => {
    const index = options.findIndex(({ value, text }) => value === one || text === one);
    if (index < 0)
      throw new Error(`「${String(one)}」 is not offered, but ${options.map(({ text }) => text).join(', ')}`);
    return index;
  };
  const valueAt = (index: number) => options[index]?.value;
  if (type === 'MULTI_SELECT' || type === 'MULTI_CHECKBOX_GROUP') {
    const index = [given].flat().map(indexOf);
    return { index, value: index.map(valueAt) };
  }
  if (type !== 'SELECT' && type !== 'CHECKBOX_GROUP') return given;
  const index = indexOf([given].flat()[0]);
  return { index, value: valueAt(index) };
}
