/** People of the sandbox as a test plays them: they write, look at their cards and press buttons, over HTTP. */
import type { ClickBody, Message, Sent } from '../../src/sandbox/client.ts';

export interface Chatter {
  readonly userid: string;
  messages(): Promise<Message[]>;
  say(content: string, query?: string): Promise<Sent>;
  picture(name: string, bytes: Uint8Array): Promise<Sent>;
  click(body: ClickBody, query?: string): Promise<Sent>;
  /** Waits until a message fits, newest first. @throws Error with what is there instead */
  find(what: string, fits: (message: Message) => boolean): Promise<Message>;
  /** Waits for a card with a button of that text and presses it. */
  press(button: string, selected?: ClickBody['selected']): Promise<Sent>;
  /** The newest text from the app. */
  lastText(): Promise<string>;
}

const PATIENCE_MS = 8_000;

export function aChatter(sandboxUrl: string, userid: string): Chatter {
  const base = `${sandboxUrl}/sandbox/api/chats/${userid}`;
  const post = async (path: string, body: unknown): Promise<Sent> => {
    const response = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Sent;
  };
  const messages = async () => ((await (await fetch(base)).json()) as { messages: Message[] }).messages;

  const find: Chatter['find'] = async (what, fits) => {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const all = await messages();
      const found = all.findLast(fits);
      if (found) return found;
      if (Date.now() > until)
        throw new Error(`${userid} never saw ${what}; the chat holds:\n${all.map(describeMessage).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  };

  return {
    userid,
    messages,
    find,
    say: (content, query = '') => post(`/text${query}`, { content }),
    click: (body, query = '') => post(`/click${query}`, body),
    async picture(name, bytes) {
      const response = await fetch(`${base}/image?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: bytes as Uint8Array<ArrayBuffer>,
      });
      return (await response.json()) as Sent;
    },
    async press(button, selected) {
      const message = await find(`a card with 「${button}」`, (one) => one.clickable && keyOf(one, button) !== null);
      return post('/click', { messageId: message.id, key: keyOf(message, button), ...(selected ? { selected } : {}) });
    },
    async lastText() {
      return (await find('a text', ({ from, kind }) => from === 'app' && kind === 'text')).text ?? '';
    },
  };
}

/** The key behind a button, a submit button or a menu entry of that text; null: there is none. */
export function keyOf({ card }: Message, text: string): string | null {
  const pressable = [
    ...(card?.button_list ?? []),
    ...(card?.submit_button ? [{ text: '提交', ...card.submit_button }] : []),
    ...(card?.action_menu?.action_list ?? []),
  ];
  const found = pressable.find((one) => one.text === text);
  return found && 'key' in found ? (found.key ?? null) : null;
}

export function describeMessage(message: Message): string {
  const { card, from, kind, text, replaced } = message;
  if (!card) return `  ${from} ${kind}: ${text ?? ''}`;
  const buttons = [...(card.button_list ?? []), ...(card.submit_button ? [card.submit_button] : [])].map(
    (button) => button.text,
  );
  return `  ${from} card: ${card.main_title?.title ?? ''} | ${card.main_title?.desc ?? ''} | ${card.sub_title_text ?? ''} [${buttons.join(' ')}] ${replaced ?? ''}`;
}
