/** What can be pressed on a card, of either platform, by the keys that it carries. */
import type { Message } from '../../src/sandbox/client.ts';

export interface Button {
  /** What a click brings the service. */
  readonly key: string;
  readonly text: string;
  /** It sends the card's form. */
  readonly sends: boolean;
}

/** A button, a submit button or an entry of the menu that calls the service now. */
export interface Pressable {
  readonly message: Message;
  readonly button: Button;
}

export const titleOf = ({ card, interactive }: Message): string =>
  interactive?.data['title'] ?? card?.main_title?.title ?? '';

export function buttonsOn(message: Message): Button[] {
  const { card, interactive, replaced, clickable } = message;
  if (!clickable) return [];
  if (interactive) return partsOf(interactive.data);
  const buttons = replaced === undefined ? [...(card?.button_list ?? []), card?.submit_button] : [];
  return [...buttons, ...(card?.action_menu?.action_list ?? [])].flatMap((one) =>
    one?.key ? [{ key: one.key, text: one.text ?? '', sends: false }] : [],
  );
}

const REQUESTS = ['b1', 'b2', 'b3', 'b4', 'b5', 'm1', 'm2', 'm3'] as const;

function partsOf(data: Readonly<Record<string, string>>): Button[] {
  if (data['over']) return [];
  const requests = REQUESTS.flatMap((id) => {
    const [key, text] = [data[`${id}_key`], data[`${id}_text`]];
    return key ? [{ key, text: text ?? '', sends: false }] : [];
  });
  return [...formOf(data), ...requests];
}

/** Its first field is hidden, and says which act the answers belong to. */
function formOf({ form, form_btn_text: text = '' }: Readonly<Record<string, string>>): Button[] {
  if (!form) return [];
  const { fields } = JSON.parse(form) as { fields: readonly { readonly defaultValue?: string }[] };
  return [{ key: fields[0]?.defaultValue ?? '', text, sends: true }];
}

/** A key of a task's button is `t.<act>.<ticket>.<task>.<version>`. */
export const taskOf = (key: string): number => (key.startsWith('t.') ? Number(key.split('.')[3]) : 0);
