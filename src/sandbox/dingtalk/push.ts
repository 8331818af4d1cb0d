/** How the platform calls the app: robot messages, card actions and events, over HTTP or Stream. Source: reference/dingtalk.md, 2, 3, 4, 6.5–6.7. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { DingtalkAccount } from './account.ts';

export interface PushOptions {
  account: DingtalkAccount;
  publicUrl: string;
  /** Signs callbacks and ages tickets: the service's own time, not one that a test moved on. */
  clock: Clock;
  log: Log;
  /** 0 ≤ x < 1 */
  random: () => number;
  /** As they were kept over a restart, taken without a probe. Default: HTTP, and nowhere to go. */
  settings?: PushSettings;
}

/** What the console holds: how robot messages and events travel. Cards say it themselves (callbackType). */
export interface PushSettings {
  readonly transport: 'http' | 'stream';
  /** HTTP mode. */
  readonly robotUrl: string | null;
  /** HTTP mode. */
  readonly eventUrl: string | null;
  readonly ownerKey: 'clientId' | 'corpId';
}

/** Ways to spoil a callback over HTTP, to see that the app refuses it. */
export const TAMPERS = ['signature', 'timestamp', 'truncated', 'receiver', 'key'] as const;
export type Tamper = (typeof TAMPERS)[number];

export interface Delivery {
  /** How often the same thing is sent; default 1. */
  readonly repeat?: number;
  /** The repeats at once instead of one after the other. */
  readonly concurrent?: boolean;
  readonly tamper?: Tamper;
}

export interface Pushed {
  readonly delivered: boolean;
  /** Of the HTTP answer, or the acknowledgement's code; 0: none in time. */
  readonly status: number;
  /** 0: there was nowhere to send it. */
  readonly attempts: number;
  /** Until the last answer, in milliseconds. */
  readonly ms: number;
  readonly reply?: unknown;
  readonly repeats?: readonly Pushed[];
}

/** Milliseconds; mutable, so that tests make them short. */
export interface PushTiming {
  /** Multiplies the waits before an event's retries. */
  retryScale: number;
  /** Between the `disconnect` frame and the close. */
  disconnectGraceMs: number;
  pingMs: number;
  /** For events and robot messages over Stream. */
  ackMs: number;
  /** After how long an unacknowledged robot message is sent again; null: never. Source: reference/dingtalk.md, 4.5 (disputed). */
  robotAgainMs: number | null;
}

export interface PushState {
  readonly connections: number;
  /** Connections since the start. */
  readonly opened: number;
  /** Messages, actions and events sent over Stream; no pings. */
  readonly frames: number;
  readonly acks: number;
  /** Frames without a valid acknowledgement in time. */
  readonly unacked: number;
  /** What came up and was refused: not an acknowledgement, or not the kind this frame asks for. */
  readonly malformed: number;
  /** Epoch ms of each open call, the last 10 000. */
  readonly opens: readonly number[];
}

export type Disturbance = 'disconnect' | 'cut' | 'silence' | 'refuse';
export type CardTarget =
  { readonly type: 'STREAM' } | { readonly type: 'HTTP'; readonly url: string; readonly apiSecret: string | null };

export interface Push {
  /** Saving the console: the HTTP event address is probed with check_url, and nothing is saved when that fails. */
  configure(settings: PushSettings): Promise<{ ok: boolean; problem?: string }>;
  settings(): PushSettings;
  /** @param body the whole body of reference 3.1. @returns reply: the synchronous answer's body, HTTP mode */
  robot(body: object, how?: Delivery): Promise<Pushed>;
  /** @param body of reference 6.6. 2 s deadline. @returns reply: the callback response object */
  card(to: CardTarget, body: object, how?: Delivery): Promise<Pushed>;
  /**
   * @param fields the event's own, spelled as Stream spells them; what is around them is added per transport.
   * @returns over HTTP the end of all retries; over Stream the first attempt's outcome: what is not acknowledged goes on by itself
   */
  event(type: string, fields: object, how?: Delivery): Promise<Pushed>;
  /** Events given up over HTTP, as get_call_back_failed_result lists them, oldest first. */
  failed(): readonly object[];
  /** POST /v1.0/gateway/connections/open, body as sent. */
  open(body: unknown): { status: number; body: object };
  /** The server's 'upgrade' event. @returns false when the path is not ours (/sandbox/dingtalk/connect) */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /**
   * 'disconnect': frame, then close; 'cut': close without; 'silence': stays open, sends and answers nothing;
   * 'refuse': the next handshakes fail.
   * @param times how many connections (default: all) or handshakes (default: 1)
   * @returns how many connections it hit, or handshakes it will hit
   */
  disturb(what: Disturbance, times?: number): number;
  state(): PushState;
  readonly timing: PushTiming;
  close(): void;
}

export declare function makePush(options: PushOptions): Push;
