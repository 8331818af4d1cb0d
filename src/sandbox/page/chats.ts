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
  /** Why the sandbox would not take it; sending it again would end the same way. */
  readonly problem?: string;
}

export interface Click extends ClickBody {
  readonly failed: boolean;
  readonly problem?: string;
}

export interface Chats {
  /** By userid, oldest first. A chat that was never opened has no entry. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  /** Events that arrived while a chat was being loaded: the answer may be older than they are. */
  readonly loading: Readonly<Record<string, readonly LiveEvent[]>>;
  readonly unsent: Readonly<Record<string, readonly Unsent[]>>;
  readonly unread: Readonly<Record<string, number>>;
  /** By message id: the click that is under way or was lost. */
  readonly clicks: Readonly<Record<string, Click>>;
}

export type ChatAction =
  | { readonly type: 'loading'; readonly userid: string }
  | { readonly type: 'loaded'; readonly userid: string; readonly messages: readonly Message[] }
  | { readonly type: 'live'; readonly event: LiveEvent; readonly watched: boolean }
  | { readonly type: 'seen'; readonly userid: string }
  | { readonly type: 'sending'; readonly userid: string; readonly unsent: Unsent }
  | { readonly type: 'handed'; readonly userid: string; readonly localId: string; readonly sent: Sent }
  | { readonly type: 'stuck'; readonly userid: string; readonly localId: string; readonly problem: string | undefined }
  | { readonly type: 'discard'; readonly userid: string; readonly localId: string }
  | { readonly type: 'delivery'; readonly userid: string; readonly messageId: string; readonly delivery: Delivery }
  | { readonly type: 'click'; readonly click: Click }
  | { readonly type: 'clicked'; readonly messageId: string };

type Delivery = NonNullable<Message['delivery']>;

export const NO_CHATS: Chats = { messages: {}, loading: {}, unsent: {}, unread: {}, clicks: {} };

export function reduceChats(chats: Chats, action: ChatAction): Chats {
  switch (action.type) {
    case 'loading':
      return { ...chats, loading: { ...chats.loading, [action.userid]: [] } };
    case 'loaded':
      return loaded(chats, action);
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
        unsent.map((one) => (one.localId === action.localId ? stuck(one, action.problem) : one)),
      );
    case 'discard':
      return withUnsent(chats, action.userid, (unsent) => unsent.filter(({ localId }) => localId !== action.localId));
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

function loaded(chats: Chats, { userid, messages }: Extract<ChatAction, { type: 'loaded' }>): Chats {
  const { [userid]: early = [], ...loading } = chats.loading;
  return { ...chats, loading, messages: { ...chats.messages, [userid]: early.reduce(applied, messages) } };
}

function live(chats: Chats, event: LiveEvent, watched: boolean): Chats {
  const { type, userid, message } = event;
  const before = chats.messages[userid];
  const isNew = !before?.some(({ id }) => id === message.id);
  const counts = type === 'message' && message.from === 'app' && isNew && !watched;
  const early = chats.loading[userid];
  const next: Chats = {
    ...chats,
    unread: counts ? { ...chats.unread, [userid]: (chats.unread[userid] ?? 0) + 1 } : chats.unread,
    loading: early ? { ...chats.loading, [userid]: [...early, event] } : chats.loading,
    messages: before ? { ...chats.messages, [userid]: applied(before, event) } : chats.messages,
  };
  return isNew && message.from === 'me' ? withoutEcho(next, userid, message) : next;
}

/** An event that is older than what is shown changes nothing. */
function applied(messages: readonly Message[], { type, message }: LiveEvent): readonly Message[] {
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
