/** How one callback is to travel, and what became of it. */

/** Ways to spoil a callback over HTTP, to see that the app refuses it. Over Stream there is nothing to spoil. */
export const TAMPERS = [
  /** Another signature than the content gives. */
  'signature',
  /** Signed well, but over an hour ago. */
  'timestamp',
  /** The body ends in the middle. */
  'truncated',
  /** Sealed well, but for another app. */
  'receiver',
  /** Signed and encrypted with keys that are not this app's. */
  'key',
] as const;
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
  /** With `repeat`: what became of each. */
  readonly repeats?: readonly Pushed[];
}

export const NOWHERE: Pushed = { delivered: false, status: 0, attempts: 0, ms: 0 };

/** What real networks do, on order: the same delivery more than once. @returns the last one's outcome */
export async function deliver({ repeat = 1, concurrent }: Delivery, once: () => Promise<Pushed>): Promise<Pushed> {
  const all: Pushed[] = [];
  if (concurrent) all.push(...(await Promise.all(Array.from({ length: repeat }, once))));
  else for (let time = 0; time < repeat; time += 1) all.push(await once());
  const last = all.at(-1) ?? NOWHERE;
  return all.length > 1 ? { ...last, repeats: all } : last;
}
