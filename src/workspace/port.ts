/**
 * The port to a chat platform. An adapter speaks the wire and nothing else: no rule of tickets lives behind it,
 * and no platform word comes out of it. It must fit platforms with HTTP callbacks or a stream, with cards that are
 * updated freely or by single-use codes, with or without forms, to-dos and groups.
 */
import type { Readable } from 'node:stream';
import type { Card } from '../card/card.ts';

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
  /** The sender's account, normalised as `identity.account`; `''` for the platform itself. */
  readonly account: string;
  /** Where an answer goes: one-to-one chats are named by the account. */
  readonly chat: string;
  readonly what: Inbound;
}

export type Inbound =
  | { readonly type: 'text'; readonly text: string }
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
  /** The clicked card's new look, for the person who clicked. Only where `capabilities.answersCard`. */
  readonly card?: Card;
}

/** Handles one event to the end (its transaction committed) before the adapter acknowledges. */
export type Receive = (event: InboundEvent) => Promise<Answer>;

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
}

export type Outgoing =
  /** A new card for one person. `platformKey` names it for ever, the same on each retry. */
  | { readonly kind: 'card'; readonly to: string; readonly platformKey: string; readonly card: Card }
  | { readonly kind: 'text'; readonly to: string; readonly text: string; readonly dedupeKey: string };

export interface CardUpdate {
  readonly to: string;
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
    };

export interface Capabilities {
  /** `free`: any time, by key. `by_code`: once per code (sending gives one, each click gives one). `never`. */
  readonly update: 'free' | 'by_code' | 'never';
  /** A callback's answer may carry the clicked card's new look. */
  readonly answersCard: boolean;
  /** Whether such an answer uses up the click's code. Uncertain on WeCom: a setting. */
  readonly answerSpendsCode: boolean;
  /** Which of `CardInput.kind` a card can ask for, and how many on one card. */
  readonly inputs: { readonly kinds: readonly string[]; readonly count: number; readonly options: number };
  readonly todos: boolean;
  readonly groups: boolean;
  /** Messages to one person per minute before the platform drops them. */
  readonly perPersonPerMinute: number;
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
  /** The whole visible directory. @throws Error when the platform can't be asked */
  directory(): Promise<DirectoryDump>;
  /** @throws Error with `gone: true` when the platform has forgotten it */
  media(id: string): Promise<{ stream: Readable; name: string | null; mime: string; size: number | null }>;
  signIn: {
    /** Where to send a browser; comes back to `redirect` with `code` and `state`. */
    url(redirect: string, state: string, inside: boolean): string;
    /** The account behind a code; null when the code is no good or the person is not a member. */
    account(code: string): Promise<string | null>;
  };
  /** Opens connections that the adapter itself holds (Stream). */
  start(receive: Receive): Promise<void>;
  stop(): Promise<void>;
}
