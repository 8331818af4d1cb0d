/** People of the sandbox as a test plays them: they write, look at their cards and press buttons, over HTTP. */
import type { ClickBody, InteractiveClick, Message, Person, Sent, Todo } from '../../src/sandbox/client.ts';
import { buttonsOf, hasButton, keyOf, pressOn, type Values } from './cardPress.ts';

export { keyOf };

export interface Chatter {
  readonly userid: string;
  messages(): Promise<Message[]>;
  say(content: string, query?: string): Promise<Sent>;
  picture(name: string, bytes: Uint8Array): Promise<Sent>;
  /** DingTalk: any file. */
  file(name: string, bytes: Uint8Array): Promise<Sent>;
  click(body: ClickBody, query?: string): Promise<Sent>;
  /** DingTalk: a request button or the form. */
  act(body: InteractiveClick, query?: string): Promise<Sent>;
  /** Waits until a message fits, newest first. @throws Error with what is there instead */
  find(what: string, fits: (message: Message) => boolean): Promise<Message>;
  /**
   * Waits for a card with a button of that text and presses it.
   * @param values answers: on WeCom option ids by question key; on DingTalk what is filled into the form, by name or label
   */
  press(button: string, values?: Values, query?: string): Promise<Sent>;
  /** The newest text from the app. */
  lastText(): Promise<string>;
  /** DingTalk. @param group its id or title @param mention false: nobody but the members sees it */
  sayInGroup(group: string, text: string, mention?: boolean): Promise<Sent>;
  /** DingTalk: a picture with words beside it, which mention the app. */
  pictureInGroup(group: string, name: string, bytes: Uint8Array, text?: string): Promise<Sent>;
  groupMessages(group: string): Promise<Message[]>;
  todos(): Promise<Todo[]>;
}

const PATIENCE_MS = 8_000;

export function aChatter(sandboxUrl: string, userid: string): Chatter {
  const api = `${sandboxUrl}/sandbox/api`;
  const base = `${api}/chats/${userid}`;
  const get = async <T>(url: string): Promise<T> => read(url, await fetch(url));
  const post = async (path: string, body: unknown): Promise<Sent> =>
    read(
      path,
      await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const upload = async (path: string, bytes: Uint8Array, type: string): Promise<Sent> =>
    read(
      path,
      await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': type },
        body: bytes as Uint8Array<ArrayBuffer>,
      }),
    );
  const messages = async () => (await get<{ messages: Message[] }>(base)).messages;
  const groupPath = async (group: string): Promise<string> => {
    const me = (await get<Person[]>(`${api}/people`)).find((one) => one.userid === userid);
    const id = me?.groups.find((one) => one.id === group || one.title === group)?.id;
    if (id === undefined) throw new Error(`${userid} is in no group ${group}`);
    return `/groups/${encodeURIComponent(id)}`;
  };

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
    act: (body, query = '') => post(`/act${query}`, body),
    picture: (name, bytes) => upload(`/image?name=${encodeURIComponent(name)}`, bytes, 'image/png'),
    file: (name, bytes) => upload(`/file?name=${encodeURIComponent(name)}`, bytes, 'application/octet-stream'),
    async press(button, values, query = '') {
      const message = await find(`a card with 「${button}」`, (one) => hasButton(one, button));
      return post(`/${message.interactive ? 'act' : 'click'}${query}`, pressOn(message, button, values));
    },
    async lastText() {
      return (await find('a text', ({ from, kind }) => from === 'app' && kind === 'text')).text ?? '';
    },
    sayInGroup: async (group, content, mention = true) => post(`${await groupPath(group)}/text`, { content, mention }),
    async pictureInGroup(group, name, bytes, text = '') {
      const query = new URLSearchParams({ name, text }).toString();
      return upload(`${await groupPath(group)}/image?${query}`, bytes, 'image/png');
    },
    groupMessages: async (group) => (await get<{ messages: Message[] }>(base + (await groupPath(group)))).messages,
    todos: () => get(`${base}/todos`),
  };
}

async function read<T>(path: string, response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export function describeMessage(message: Message): string {
  const { card, from, kind, text, replaced, interactive, actionCard, fileName } = message;
  const buttons = buttonsOf(message).join(' ');
  if (interactive) {
    const { title, subtitle, emphasis, body, notice, over } = interactive.data;
    const words = [title, subtitle, emphasis, body, notice, over && `over: ${over}`, interactive.toast];
    return `  ${from} card: ${words.filter(Boolean).join(' | ')} [${buttons}]`;
  }
  if (actionCard) {
    const links = actionCard.buttons.map(({ title }) => title).join(' ');
    return `  ${from} action card: ${actionCard.text} [${links}]`;
  }
  if (!card) return `  ${from} ${kind}: ${text ?? fileName ?? ''}`;
  return `  ${from} card: ${card.main_title?.title ?? ''} | ${card.main_title?.desc ?? ''} | ${card.sub_title_text ?? ''} [${buttons}] ${replaced ?? ''}`;
}
