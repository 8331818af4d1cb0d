/** What can be set about the platform's calls: by the console, and by tests. */

/** What the console holds: how robot messages and events travel. Cards say it themselves (callbackType). */
export interface PushSettings {
  readonly transport: 'http' | 'stream';
  /** HTTP mode. */
  readonly robotUrl: string | null;
  /** HTTP mode. */
  readonly eventUrl: string | null;
  /** What stands behind the message inside an encrypted event: the pages of the documents disagree. */
  readonly ownerKey: 'clientId' | 'corpId';
}

export const NOTHING_SET: PushSettings = { transport: 'http', robotUrl: null, eventUrl: null, ownerKey: 'clientId' };

/** Milliseconds; mutable, so that tests make them short. */
export interface PushTiming {
  /** Multiplies the waits before an event is sent again. */
  retryScale: number;
  /** Between the `disconnect` frame and the close. */
  disconnectGraceMs: number;
  pingMs: number;
  /** For events and robot messages over Stream. */
  ackMs: number;
  /** After how long an unacknowledged robot message is sent again; null: never. Source: reference/dingtalk.md, 4.5 (disputed). */
  robotAgainMs: number | null;
}

/** Source: reference/dingtalk.md, 4.3–4.5 and 11.1. */
export const realTiming = (): PushTiming => ({
  retryScale: 1,
  disconnectGraceMs: 10_000,
  pingMs: 20_000,
  ackMs: 3000,
  robotAgainMs: null,
});
