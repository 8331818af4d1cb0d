/**
 * What the page knows of the chats, as a pure reducer. The server is the truth; what is kept beside it is
 * what only this page can know: unread counts, what is on its way, and what could not be handed over.
 */
import type { ClickBody, InteractiveClick, LiveEvent, Message, Sent, Todo } from '../client.ts';
import { roomKey } from './room.ts';

type MessageEvent = Exclude<LiveEvent, { type: 'todos' }>;

/** A message, picture or file that the server hasn't shown back yet. */
export interface Unsent {
  readonly localId: string;
  readonly text?: string;
  readonly file?: File;
  /** Sent with the file button, pictures too. */
  readonly asFile?: boolean;
  /** In a group: whether it mentions the app. */
  readonly mention?: boolean;
  readonly at: number;
  readonly failed: boolean;
  /** Why the sandbox would not take it; sending it again would end the same way. */
  readonly problem?: string;
}

/** What was pressed: on a card of WeCom by its key, on one of DingTalk by the id of the component. */
export type Press = ClickBody | InteractiveClick;

export interface Click {
  readonly press: Press;
  readonly failed: boolean;
  readonly problem?: string;
}

export interface Chats {
  /** By room, oldest first. A chat that was never opened has no entry. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  /** Events that arrived while a chat was being loaded: the answer may be older than they are. */
  readonly loading: Readonly<Record<string, readonly MessageEvent[]>>;
  readonly unsent: Readonly<Record<string, readonly Unsent[]>>;
  readonly unread: Readonly<Record<string, number>>;
  /** By userid; whoever has none has never been asked for. */
  readonly todos: Readonly<Record<string, readonly Todo[]>>;
  /** By `clickKey`: the click that is under way or was lost. */
  readonly clicks: Readonly<Record<string, Click>>;
}

/** `room` is a key of `room.ts`. */
export type ChatAction =
  | { readonly type: 'loading'; readonly room: string }
  | { readonly type: 'loaded'; readonly room: string; readonly messages: readonly Message[] }
  | { readonly type: 'live'; readonly event: MessageEvent; readonly watched: boolean }
  | { readonly type: 'todos'; readonly userid: string; readonly todos: readonly Todo[] }
  | { readonly type: 'seen'; readonly room: string }
  | { readonly type: 'sending'; readonly room: string; readonly unsent: Unsent }
  | { readonly type: 'handed'; readonly room: string; readonly localId: string; readonly sent: Sent }
  | { readonly type: 'stuck'; readonly room: string; readonly localId: string; readonly problem: string | undefined }
  | { readonly type: 'discard'; readonly room: string; readonly localId: string }
  | { readonly type: 'delivery'; readonly room: string; readonly messageId: string; readonly delivery: Delivery }
  | { readonly type: 'click'; readonly userid: string; readonly click: Click }
  | { readonly type: 'clicked'; readonly userid: string; readonly messageId: string };

type Delivery = NonNullable<Message['delivery']>;

export const NO_CHATS: Chats = { messages: {}, loading: {}, unsent: {}, unread: {}, todos: {}, clicks: {} };

/** Members of a group see the same message, and each clicks on their own copy. */
export const clickKey = (userid: string, messageId: string): string => `${userid} ${messageId}`;

export function reduceChats(chats: Chats, action: ChatAction): Chats {
  switch (action.type) {
    case 'loading':
      return { ...chats, loading: { ...chats.loading, [action.room]: [] } };
    case 'loaded':
      return loaded(chats, action);
    case 'live':
      return live(chats, action.event, action.watched);
    case 'seen':
      return chats.unread[action.room] ? { ...chats, unread: { ...chats.unread, [action.room]: 0 } } : chats;
    case 'todos':
      return { ...chats, todos: { ...chats.todos, [action.userid]: action.todos } };
    case 'sending':
      return withUnsent(chats, action.room, (unsent) => [
        ...unsent.filter(({ localId }) => localId !== action.unsent.localId),
        action.unsent,
      ]);
    case 'handed':
      return handed(chats, action);
    case 'stuck':
      return withUnsent(chats, action.room, (unsent) =>
        unsent.map((one) => (one.localId === action.localId ? stuck(one, action.problem) : one)),
      );
    case 'discard':
      return withUnsent(chats, action.room, (unsent) => unsent.filter(({ localId }) => localId !== action.localId));
    case 'delivery':
      return withDelivery(chats, action.room, action.messageId, action.delivery);
    case 'click':
      return withClick(chats, action.userid, action.click);
    case 'clicked': {
      const { [clickKey(action.userid, action.messageId)]: _done, ...clicks } = chats.clicks;
      return { ...chats, clicks };
    }
  }
}

function withClick(chats: Chats, userid: string, click: Click): Chats {
  return { ...chats, clicks: { ...chats.clicks, [clickKey(userid, click.press.messageId)]: click } };
}

function loaded(chats: Chats, { room, messages }: Extract<ChatAction, { type: 'loaded' }>): Chats {
  const { [room]: early = [], ...loading } = chats.loading;
  return { ...chats, loading, messages: { ...chats.messages, [room]: early.reduce(applied, messages) } };
}

function live(chats: Chats, event: MessageEvent, watched: boolean): Chats {
  const { type, userid, message } = event;
  const room = roomKey({ userid, group: message.group ?? null });
  const before = chats.messages[room];
  const isNew = !before?.some(({ id }) => id === message.id);
  const counts = type === 'message' && message.from !== 'me' && isNew && !watched;
  const early = chats.loading[room];
  const next: Chats = {
    ...chats,
    unread: counts ? { ...chats.unread, [room]: (chats.unread[room] ?? 0) + 1 } : chats.unread,
    loading: early ? { ...chats.loading, [room]: [...early, event] } : chats.loading,
    messages: before ? { ...chats.messages, [room]: applied(before, event) } : chats.messages,
  };
  return isNew && message.from === 'me' ? withoutEcho(next, room, message) : next;
}

/** An event that is older than what is shown changes nothing. */
function applied(messages: readonly Message[], { type, message }: MessageEvent): readonly Message[] {
  if (type === 'recall') return messages.filter(({ id }) => id !== message.id);
  if (!messages.some(({ id }) => id === message.id)) return [...messages, message];
  return messages.map((one) => (one.id === message.id && one.version <= message.version ? message : one));
}

const stuck = (one: Unsent, problem: string | undefined): Unsent => ({
  ...one,
  failed: true,
  ...(problem !== undefined && { problem }),
});

/** My own message came back from the server: the copy that stood in for it goes. */
function withoutEcho(chats: Chats, room: string, message: Message): Chats {
  return withUnsent(chats, room, (unsent) => {
    const at = unsent.findIndex((one) => isEcho(one, message));
    return unsent.filter((_, index) => index !== at);
  });
}

/** The words of a group carry the app's name in front of what was typed, and a picture's stand beside it. */
function isEcho({ file, asFile, text }: Unsent, message: Message): boolean {
  const { kind, text: words = '', group } = message;
  if (file) return kind === (asFile ? 'file' : 'image');
  return kind === 'text' && (group === undefined ? words === text : words.trim().endsWith(text ?? ''));
}

function handed(chats: Chats, { room, localId, sent }: Extract<ChatAction, { type: 'handed' }>): Chats {
  const next = withUnsent(chats, room, (unsent) => unsent.filter((one) => one.localId !== localId));
  return sent.messageId === undefined || sent.delivered ? next : withDelivery(next, room, sent.messageId, 'failed');
}

function withUnsent(chats: Chats, room: string, change: (unsent: readonly Unsent[]) => readonly Unsent[]): Chats {
  return { ...chats, unsent: { ...chats.unsent, [room]: change(chats.unsent[room] ?? []) } };
}

function withDelivery(chats: Chats, room: string, messageId: string, delivery: Delivery): Chats {
  const after = (chats.messages[room] ?? []).map((one) => (one.id === messageId ? { ...one, delivery } : one));
  return { ...chats, messages: { ...chats.messages, [room]: after } };
}
