/**
 * What the page knows of the chats, as a pure reducer. The server is the truth; what is kept beside it is
 * what only this page can know: unread counts, what is on its way, and what could not be handed over.
 */
import type { ClickBody, LiveEvent, Message, Sent } from '../client.ts';

/** A message or picture that the server hasn't shown back yet. */
export interface Unsent {
  readonly localId: string;
  readonly text?: string;
  readonly file?: File;
  readonly at: number;
  readonly failed: boolean;
}

export interface Click extends ClickBody {
  readonly failed: boolean;
}

export interface Chats {
  /** By userid, oldest first. A chat that was never opened has no entry. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  readonly unsent: Readonly<Record<string, readonly Unsent[]>>;
  readonly unread: Readonly<Record<string, number>>;
  /** By message id: the click that is under way or was lost. */
  readonly clicks: Readonly<Record<string, Click>>;
}

export type ChatAction =
  | { readonly type: 'loaded'; readonly userid: string; readonly messages: readonly Message[] }
  | { readonly type: 'live'; readonly event: LiveEvent; readonly watched: boolean }
  | { readonly type: 'seen'; readonly userid: string }
  | { readonly type: 'sending'; readonly userid: string; readonly unsent: Unsent }
  | { readonly type: 'handed'; readonly userid: string; readonly localId: string; readonly sent: Sent }
  | { readonly type: 'stuck'; readonly userid: string; readonly localId: string }
  | { readonly type: 'delivery'; readonly userid: string; readonly messageId: string; readonly delivery: Delivery }
  | { readonly type: 'click'; readonly click: Click }
  | { readonly type: 'clicked'; readonly messageId: string };

type Delivery = NonNullable<Message['delivery']>;

export const NO_CHATS: Chats = { messages: {}, unsent: {}, unread: {}, clicks: {} };

export function reduceChats(chats: Chats, action: ChatAction): Chats {
  switch (action.type) {
    case 'loaded':
      return { ...chats, messages: { ...chats.messages, [action.userid]: merge(action, chats) } };
    case 'live':
      return live(chats, action.event, action.watched);
    case 'seen':
      return chats.unread[action.userid] ? { ...chats, unread: { ...chats.unread, [action.userid]: 0 } } : chats;
    case 'sending':
      return withUnsent(chats, action.userid, (unsent) => [
        ...unsent.filter(({ localId }) => localId !== action.unsent.localId),
        action.unsent,
      ]);
    case 'handed':
      return handed(chats, action);
    case 'stuck':
      return withUnsent(chats, action.userid, (unsent) =>
        unsent.map((one) => (one.localId === action.localId ? { ...one, failed: true } : one)),
      );
    case 'delivery':
      return withDelivery(chats, action.userid, action.messageId, action.delivery);
    case 'click':
      return { ...chats, clicks: { ...chats.clicks, [action.click.messageId]: action.click } };
    case 'clicked': {
      const { [action.messageId]: _done, ...clicks } = chats.clicks;
      return { ...chats, clicks };
    }
  }
}

/** A live event may be newer than the answer of a load that began before it. */
function merge({ userid, messages }: { userid: string; messages: readonly Message[] }, chats: Chats): Message[] {
  const known = new Map((chats.messages[userid] ?? []).map((message) => [message.id, message]));
  return messages.map((message) => {
    const mine = known.get(message.id);
    return mine && mine.version > message.version ? mine : message;
  });
}

function live(chats: Chats, { type, userid, message }: LiveEvent, watched: boolean): Chats {
  const before = chats.messages[userid];
  const isNew = !before?.some(({ id }) => id === message.id);
  const counts = type === 'message' && message.from === 'app' && isNew && !watched;
  const unread = counts ? { ...chats.unread, [userid]: (chats.unread[userid] ?? 0) + 1 } : chats.unread;
  if (!before) return { ...chats, unread };
  const after =
    type === 'recall'
      ? before.filter(({ id }) => id !== message.id)
      : isNew
        ? [...before, message]
        : before.map((one) => (one.id === message.id ? message : one));
  const next = { ...chats, unread, messages: { ...chats.messages, [userid]: after } };
  return isNew && message.from === 'me' ? withoutEcho(next, userid, message) : next;
}

/** My own message came back from the server: the copy that stood in for it goes. */
function withoutEcho(chats: Chats, userid: string, message: Message): Chats {
  return withUnsent(chats, userid, (unsent) => {
    const at = unsent.findIndex((one) => (message.kind === 'image' ? one.file : one.text === message.text));
    return unsent.filter((_, index) => index !== at);
  });
}

function handed(chats: Chats, { userid, localId, sent }: Extract<ChatAction, { type: 'handed' }>): Chats {
  const next = withUnsent(chats, userid, (unsent) => unsent.filter((one) => one.localId !== localId));
  return sent.messageId === undefined || sent.delivered ? next : withDelivery(next, userid, sent.messageId, 'failed');
}

function withUnsent(chats: Chats, userid: string, change: (unsent: readonly Unsent[]) => readonly Unsent[]): Chats {
  return { ...chats, unsent: { ...chats.unsent, [userid]: change(chats.unsent[userid] ?? []) } };
}

function withDelivery(chats: Chats, userid: string, messageId: string, delivery: Delivery): Chats {
  const after = (chats.messages[userid] ?? []).map((one) => (one.id === messageId ? { ...one, delivery } : one));
  return { ...chats, messages: { ...chats.messages, [userid]: after } };
}
