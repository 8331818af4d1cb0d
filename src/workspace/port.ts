/**
 * The port to a chat platform. An adapter speaks the wire and nothing else: no rule of tickets lives behind it,
 * and no platform word comes out of it. It must fit platforms with HTTP callbacks or a stream, with cards that are
 * updated freely or by single-use codes, with or without forms, to-dos and groups.
 */
import type { Readable } from 'node:stream';
import type { Card } from '../card/card.ts';
import type { Chat } from '../lib/chat.ts';

/** What came in, verified, decrypted and parsed. */
export interface InboundEvent {
  readonly workspace: string;
  /** Which door of the workspace: `app`, `robot`, `stream`… */
  readonly channel: string;
  /** The same for each redelivery of the same event, different for any other: the key of the inbox row. ≤ 128 characters. */
  readonly key: string;
  /** When it happened, by the platform's clock, epoch ms. */
  readonly at: number;
  /**
   * The request's own timestamp is outside the replay window. Whoever receives looks for `key` among what is done first:
   * a late redelivery gets its old answer; an unknown event that is stale is refused (throw `Refused`, answered 403).
   */
  readonly stale: boolean;
  /** The sender's account, normalised as `identity.account`; `''` for the platform itself, and for a person it does not name. */
  readonly account: string;
  /** Where an answer goes. */
  readonly chat: Chat;
  /** What the answer to this very event can carry, free of charge. What it can't is sent as a message of its own. */
  readonly takes: { readonly text: boolean; readonly card: boolean };
  /** Where this conversation can be answered for a while, without the ordinary way of sending. Goes back in `Outgoing.reply`. */
  readonly reply: ReplyPlace | null;
  readonly what: Inbound;
}

/** Opaque to everybody but the adapter that gave it. A secret: never logged. */
export interface ReplyPlace {
  readonly address: string;
  /** Epoch ms. */
  readonly until: number;
}

export type Inbound =
  /** With the pictures that stood between the words, if any. */
  | { readonly type: 'text'; readonly text: string; readonly media?: readonly MediaRef[] }
  | { readonly type: 'media'; readonly media: MediaRef }
  | {
      readonly type: 'click';
      /** `platformKey` of the card that was clicked. */
      readonly card: string;
      /** Our action key. */
      readonly key: string;
      /** Input key → chosen option ids or typed text. */
      readonly picked: Readonly<Record<string, readonly string[]>>;
      /** A single-use code to change this card later, where the platform gives one. */
      readonly code: { readonly code: string; readonly until: number } | null;
    }
  | { readonly type: 'enter' }
  /** People or departments changed: time to sync. */
  | { readonly type: 'directory' }
  /** Understood and of no interest (a location, a menu view). */
  | { readonly type: 'other'; readonly name: string };

export interface MediaRef {
  readonly kind: 'image' | 'voice' | 'video' | 'file';
  readonly id: string;
  readonly name: string | null;
  /** The platform forgets it then, epoch ms. */
  readonly until: number;
}

/** What is said inside the callback's own answer, free of charge. At most one of them; `{}`: nothing. */
export interface Answer {
  readonly text?: string;
  /** A page of ours that goes with `text`, in words that invite to open it. */
  readonly link?: { readonly text: string; readonly url: string };
  /** The clicked card's new look, for the person who clicked. Only where the event takes a card. */
  readonly card?: Card;
}

/** An answer, and what to call once it has left for the platform: a card that was answered counts as shown only then. */
export interface Answered extends Answer {
  readonly left?: () => void;
}

/** Handles one event to the end (its transaction committed) before the adapter acknowledges. */
export type Receive = (event: InboundEvent) => Promise<Answered>;

/** An HTTP request as the adapter needs it; the body is raw. */
export interface CallbackRequest {
  readonly method: string;
  /** What follows `/callbacks/<kind>/<id>`: `''` or `/events`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
export interface CallbackReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** To be called once the reply is written. */
  readonly left?: () => void;
}

export type Outgoing =
  /** A new card. `platformKey` names it for ever, the same on each retry. */
  | { readonly kind: 'card'; readonly to: Chat; readonly platformKey: string; readonly card: Card }
  | {
      readonly kind: 'text';
      readonly to: Chat;
      readonly text: string;
      readonly link?: Answer['link'];
      readonly dedupeKey: string;
      /** Where the conversation was, if it may be answered there. When it is over, the ordinary way is taken. */
      readonly reply?: ReplyPlace;
      /** In a group: whom it is for. */
      readonly mention?: string;
    };

export interface CardUpdate {
  readonly to: Chat;
  readonly platformKey: string;
  readonly card: Card;
  /** Where `capabilities.update` is `by_code`. */
  readonly code: string | null;
}

/**
 * What became of a call.
 * `later`: nothing happened, try again (after `waitMs` when given). `dead`: it can never work, for the reason given.
 * `unknown`: no answer, it may have arrived. `arrived`: an earlier attempt under the same key did arrive.
 * `code_gone`: the update code is used up or too old.
 */
export type Sent =
  | {
      readonly result: 'sent';
      readonly platformId: string | null;
      readonly code: { readonly code: string; readonly until: number } | null;
    }
  | {
      readonly result: 'later' | 'dead' | 'unknown' | 'arrived' | 'code_gone';
      readonly platformCode: string;
      readonly reason: string;
      readonly waitMs?: number;
      /** Of a card: its key is taken for good, though nobody sees it. The next attempt needs another one. */
      readonly keyTaken?: true;
    };

/**
 * What to do when a message may have been sent before, because its answer was lost or its sender died: send it again;
 * look first whether it is there; or leave it, as a dead letter marked unknown.
 */
export type Again = 'resend' | 'ask_status_first' | 'never_resend';

export interface Capabilities {
  /** `free`: any time, by key. `by_code`: once per code (sending gives one, each click gives one). `never`. */
  readonly update: 'free' | 'by_code' | 'never';
  /** Whether such an answer uses up the click's code. Uncertain on WeCom: a setting. */
  readonly answerSpendsCode: boolean;
  /** Which of `CardInput.kind` a card can ask for, and how many on one card. */
  readonly inputs: { readonly kinds: readonly string[]; readonly count: number; readonly options: number };
  readonly todos: boolean;
  /** It hears what is said to it in group chats, and shows cards there. */
  readonly groups: boolean;
  /** It tells when somebody opens the chat. */
  readonly tellsEntering: boolean;
  /** An answer that got lost is asked for again by delivering the event again; if not, the card must be changed by `update`. */
  readonly clicksAgain: boolean;
  /** By kind of message; the reason stands beside each in the adapter. */
  readonly again: Readonly<Record<'card' | 'update' | 'text' | 'group_text' | 'todo', Again>>;
  /** What a month holds, where the platform counts; null: it does not. */
  readonly quota: Quota | null;
  /** Messages to one person per minute before the platform drops them. */
  readonly perPersonPerMinute: number;
}

/** Calls to the platform, and messages and clicks that it sends us, in a calendar month of UTC+8. */
export interface Quota {
  readonly calls: number;
  readonly pushes: number;
}
/** Told of each call and push that the platform counts. Never throws, never waits. */
export interface Meter {
  count(what: keyof Quota, n?: number): void;
}

/** A person's to-do on the platform: follows a task like a card does. */
export interface Todo {
  /** Ours, the same on each retry. */
  readonly platformKey: string;
  readonly account: string;
  readonly subject: string;
  /** The page that it opens. */
  readonly url: string;
  /** Epoch ms. */
  readonly dueAt: number | null;
}

/** @param platformId  what creating it returned; null when that answer was lost */
export interface TodoList {
  create(todo: Todo): Promise<Sent>;
  /** The one under this key. @returns `sent` with its id, or `dead` when there is none */
  find(todo: Pick<Todo, 'platformKey' | 'account'>): Promise<Sent>;
  /** `done`: the person did it. `removed`: it is no longer theirs. One that is gone already is `sent`. */
  end(todo: { account: string; platformId: string }, how: 'done' | 'removed'): Promise<Sent>;
}

export interface DirectoryDump {
  readonly departments: readonly {
    readonly key: string;
    readonly name: string;
    readonly parent: string | null;
    readonly heads: readonly string[];
  }[];
  readonly people: readonly {
    readonly account: string;
    readonly accountVerbatim: string;
    readonly name: string;
    readonly active: boolean;
    /** Main department first. */
    readonly departments: readonly string[];
    readonly managers: readonly string[];
    /** Given by the company: never one that people can enter themselves, since it says who is one person on two platforms. */
    readonly mail: string | null;
    readonly mobile: string | null;
    readonly unionId: string | null;
  }[];
}

export interface Workspace {
  readonly id: string;
  readonly kind: 'wecom' | 'dingtalk';
  readonly capabilities: Capabilities;
  /**
   * Never throws for bad input: it answers 4xx and logs one line, also when `receive` throws `Refused` for a stale event.
   * @throws whatever else `receive` throws, for the caller to answer 5xx
   */
  callback(request: CallbackRequest, receive: Receive): Promise<CallbackReply>;
  send(message: Outgoing): Promise<Sent>;
  update(update: CardUpdate): Promise<Sent>;
  /** null where `capabilities.todos` is false. */
  readonly todos: TodoList | null;
  /** The whole visible directory. @throws Error when the platform can't be asked */
  directory(): Promise<DirectoryDump>;
  /** @throws Error with `gone: true` when the platform has forgotten it */
  media(id: string): Promise<{ stream: Readable; name: string | null; mime: string; size: number | null }>;
  signIn: {
    /** Where to send a browser; comes back to `redirect` with `code` and `state`. */
    url(redirect: string, state: string, inside: boolean): string;
    /**
     * Inside a client that gives codes to scripts only: our page that asks for one and goes on to `redirect` with `code` and
     * `state`. Absent, or null: `url` does for everybody.
     */
    page?(redirect: string, state: string): { readonly html: string; readonly csp: string } | null;
    /** The account behind a code; null when the code is no good or the person is not a member. */
    account(code: string): Promise<string | null>;
  };
  /** Opens connections that the adapter itself holds (Stream). */
  start(receive: Receive): Promise<void>;
  stop(): Promise<void>;
}
