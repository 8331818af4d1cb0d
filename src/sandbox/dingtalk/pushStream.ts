/** The calls themselves, over Stream: what counts as delivered, and what is sent again. Source: reference/dingtalk.md, 4.4 and 4.5. */
import type { DingtalkAccount } from './account.ts';
import { NOWHERE, type Pushed } from './pushDelivery.ts';
import { streamEventHeaders, type PushEvent } from './pushEvent.ts';
import type { PushTiming } from './pushSettings.ts';
import type { Waits } from './pushWait.ts';
import { APP_ID, type Stream } from './stream.ts';
import { CARD_TOPIC, ROBOT_TOPIC, type Ack, type Content } from './streamFrame.ts';

/** Each answers with the first attempt's outcome; what is sent again, is sent behind it. */
export interface StreamPush {
  robot(body: object): Promise<Pushed>;
  card(body: object): Promise<Pushed>;
  event(event: PushEvent): Promise<Pushed>;
}

const CARD_MS = 2000;
/** Before each further try of an event; the last one repeats. The platform's own schedule is not published. */
const EVENT_AGAIN = [10_000, 30_000, 60_000];

const said = (ack: Ack) => (ack.data ?? {}) as Record<string, unknown>;

export function makeStreamPush(account: DingtalkAccount, stream: Stream, timing: PushTiming, waits: Waits): StreamPush {
  const once = async (content: Content, ms: number, late?: () => void): Promise<Pushed & { ack?: Ack }> => {
    const start = performance.now();
    const ack = await stream.ask(content, ms, late);
    if (ack === 'nobody') return NOWHERE;
    const took = Math.round(performance.now() - start);
    if (!ack) return { delivered: false, status: 0, attempts: 1, ms: took };
    return { delivered: ack.code === 200, status: ack.code, attempts: 1, ms: took, ack };
  };
  const eventOnce = async (content: Content): Promise<Pushed> => {
    const { ack, ...pushed } = await once(content, timing.ackMs);
    return ack
      ? { ...pushed, delivered: pushed.delivered && said(ack)['status'] === 'SUCCESS', reply: ack.data }
      : pushed;
  };

  return {
    async robot(body) {
      const content: Content = { type: 'CALLBACK', topic: ROBOT_TOPIC, data: body };
      let heard = false;
      const attempt = async () => {
        const { ack, ...pushed } = await once(content, timing.ackMs, () => void (heard = true));
        heard ||= ack !== undefined;
        return pushed;
      };
      const again = async () => {
        while (timing.robotAgainMs !== null && (await waits.wait(timing.robotAgainMs))) {
          if (heard) return;
          await attempt();
        }
      };
      const first = await attempt();
      if (!heard) void again();
      return first;
    },
    async card(body) {
      const { ack, ...pushed } = await once({ type: 'CALLBACK', topic: CARD_TOPIC, data: body }, CARD_MS);
      return ack && pushed.delivered ? { ...pushed, reply: said(ack)['response'] ?? {} } : pushed;
    },
    async event(event) {
      const headers = streamEventHeaders(account, APP_ID, event);
      const content: Content = { type: 'EVENT', topic: '*', headers, data: event.fields };
      const again = async (last: Pushed) => {
        for (let time = 0; !last.delivered; time += 1) {
          const delay = (EVENT_AGAIN[time] ?? EVENT_AGAIN.at(-1) ?? 0) * timing.retryScale;
          // What nobody got yet goes to the first who connects.
          if (!(await waits.wait(delay, last.attempts === 0))) return;
          last = await eventOnce(content);
        }
      };
      const first = await eventOnce(content);
      if (!first.delivered) void again(first);
      return first;
    },
  };
}
