/**
 * The other end of a webhook: whoever waits for what came of it. Tickets do: `ticketCalls.ts`.
 */
import { z } from 'zod';

/** `body`: the answer's JSON, or its text where it is none; what came of it is at most 64 KiB, and no deeper than 32. */
export const CallOutcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), status: z.number(), body: z.unknown() }),
  /** `reason`: as `HTTP 404`, `timeout`, `ENOTFOUND` or `private`, with words in `card/callFailed.ts`; never an address. */
  z.object({ ok: z.literal(false), reason: z.string() }),
]);
export type CallOutcome = z.infer<typeof CallOutcome>;

export interface Call {
  readonly ticketId: number;
  /** Names the call in its ticket: `<node>.<visit>`. */
  readonly key: string;
}

export interface Calls {
  /** Does its ticket still wait for it? One that was withdrawn meanwhile makes no call. */
  awaits(call: Call): Promise<boolean>;
  /**
   * Told at least once before the row is settled, with the same `origin` each time: a command's key. A dead letter that is
   * sent again is told under another one.
   * @throws Refused `not_now`, `ticket_closed` or `ticket_not_found` when nobody waits any more: taken as told
   */
  answered(told: Call & { readonly origin: string; readonly outcome: CallOutcome }): Promise<void>;
}
