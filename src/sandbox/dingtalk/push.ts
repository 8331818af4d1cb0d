/** How the platform calls the app: robot messages, card actions and events, over HTTP or Stream. Source: reference/dingtalk.md, 2, 3, 4, 6.5–6.7. */
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { DingtalkAccount } from './account.ts';
import { deliver, NOWHERE, type Delivery, type Pushed, type Tamper } from './pushDelivery.ts';
import { failedEvent, httpEvent, makeEvent, type PushEvent } from './pushEvent.ts';
import { makeHttpPush, type HttpPush } from './pushHttp.ts';
import { NOTHING_SET, realTiming, type PushSettings, type PushTiming } from './pushSettings.ts';
import { makeStreamPush } from './pushStream.ts';
import { makeWaits, type Waits } from './pushWait.ts';
import { makeStream, type Stream } from './stream.ts';

export type { Delivery, Pushed, PushSettings, PushTiming, Tamper };
export { TAMPERS } from './pushDelivery.ts';

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

export type CardTarget =
  { readonly type: 'STREAM' } | { readonly type: 'HTTP'; readonly url: string; readonly apiSecret: string | null };

export interface Push extends Pick<Stream, 'open' | 'upgrade' | 'disturb' | 'state'> {
  /** Saving the console: the HTTP event address is probed with check_url, and nothing is saved when that fails. */
  configure(settings: PushSettings): Promise<{ ok: boolean; problem?: string }>;
  settings(): PushSettings;
  /** @param body the whole body of reference 3.1. @returns reply: the synchronous answer's body, HTTP mode */
  robot(body: object, how?: Delivery): Promise<Pushed>;
  /** @param body of reference 6.6. 2 s deadline. @returns reply: the callback response object */
  card(to: CardTarget, body: object, how?: Delivery): Promise<Pushed>;
  /**
   * @param fields the event's own, spelled as Stream spells them; what is around them is added per transport
   * @returns over HTTP the end of all retries; over Stream the first attempt's outcome: what is not acknowledged goes on by itself
   */
  event(type: string, fields: object, how?: Delivery): Promise<Pushed>;
  /** Events given up over HTTP, as get_call_back_failed_result lists them: oldest first, the last 1000. */
  failed(): readonly object[];
  readonly timing: PushTiming;
  /** Gives up what is under way and closes every connection. */
  close(): void;
}

/** Before the second and the third try of an event over HTTP. Source: reference/dingtalk.md, 2.5 */
const HTTP_AGAIN = [10_000, 30_000];
const KEPT_FAILED = 1000;

export function makePush({ account, publicUrl, clock, log, random, settings = NOTHING_SET }: PushOptions): Push {
  const timing = realTiming();
  const closing = new AbortController();
  const waits = makeWaits();
  const http = makeHttpPush({ account, clock, closing: closing.signal });
  const stream = makeStream({ account, publicUrl, clock, random, timing });
  const streamed = makeStreamPush(account, stream, timing, waits);
  const failed: object[] = [];
  let current = settings;
  stream.onOpen(() => waits.wake());

  const httpTries = makeHttpTries({ account, http, timing, waits, settings: () => current });
  const eventOverHttp = async (event: PushEvent, tamper?: Tamper): Promise<Pushed> => {
    const { problem, ...pushed } = await httpTries(event, tamper);
    if (problem === undefined) return pushed;
    failed.push(failedEvent(account, event));
    if (failed.length > KEPT_FAILED) failed.shift();
    log.warn('sandbox: a DingTalk event was given up', { event: event.type, problem });
    return pushed;
  };

  return {
    ...stream,
    timing,
    settings: () => current,
    failed: () => [...failed],
    async configure(wanted) {
      const { transport, eventUrl, ownerKey } = wanted;
      if (transport === 'http' && eventUrl !== null) {
        const { problem } = await http.event(eventUrl, account[ownerKey], JSON.stringify({ EventType: 'check_url' }));
        if (problem !== undefined) return { ok: false, problem };
      }
      current = wanted;
      return { ok: true };
    },
    robot: (body, how = {}) =>
      deliver(how, () =>
        current.transport === 'stream' ? streamed.robot(body) : http.robot(current.robotUrl, body, how.tamper),
      ),
    card: (to, body, how = {}) =>
      deliver(how, () => (to.type === 'STREAM' ? streamed.card(body) : http.card(to, body, how.tamper))),
    event(type, fields, how = {}) {
      const event = makeEvent(type, fields, clock());
      return deliver(how, () =>
        current.transport === 'stream' ? streamed.event(event) : eventOverHttp(event, how.tamper),
      );
    },
    close() {
      closing.abort();
      waits.close();
      stream.close();
    },
  };
}

interface TriesParts {
  readonly account: DingtalkAccount;
  readonly http: HttpPush;
  readonly timing: PushTiming;
  readonly waits: Waits;
  readonly settings: () => PushSettings;
}

/** @returns an event's way over HTTP to the end of its retries; problem: why the last one did not count */
function makeHttpTries({ account, http, timing, waits, settings }: TriesParts) {
  return async (event: PushEvent, tamper?: Tamper): Promise<Pushed & { problem?: string }> => {
    const message = JSON.stringify(httpEvent(account, event));
    const start = performance.now();
    for (let attempts = 1; ; attempts += 1) {
      const { eventUrl, ownerKey } = settings();
      if (eventUrl === null) return NOWHERE;
      const last = await http.event(eventUrl, account[ownerKey], message, tamper);
      const delay = HTTP_AGAIN[attempts - 1];
      const over = last.delivered || delay === undefined || !(await waits.wait(delay * timing.retryScale));
      if (over) return { ...last, attempts, ms: Math.round(performance.now() - start) };
    }
  };
}
