/** The same over Stream: which frame is what, and what its acknowledgement holds. Source: reference/dingtalk.md, 4.3 and 4.4. */
import type { Card } from '../../card/card.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Receive } from '../port.ts';
import type { Hear, Heard } from './hear.ts';
import { timeIn } from './loose.ts';
import { cardReply } from './reply.ts';
import type { HandleFrame, StreamFrame } from './stream.ts';

const ROBOT = '/v1.0/im/bot/messages/get';
const CARD = '/v1.0/card/instances/callback';
/** To be asked for when connecting; events come in any case. */
export const TOPICS: readonly string[] = [ROBOT, CARD];

/** The platform waits 2 s for the answer to a click (reference/dingtalk.md, 6.7); some of it goes by on the way. */
const CARD_ANSWER_MS = 1_700;

const DONE = { status: 'SUCCESS', message: 'ok' };

export interface FrameParts {
  readonly hear: Hear;
  readonly encode: (card: Card) => Record<string, string>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is handed on is verified: the connection was opened with the app's secret. */
export function makeHandle({ hear, encode, clock, log }: FrameParts, receive: Receive): HandleFrame {
  return async (frame, arrived = performance.now()) => {
    const when = { at: timeIn(frame.headers['time']) ?? clock(), stale: false };
    const heard = await listen(frame, hear, when, receive);
    // It would come again and again, and never be anything else.
    if ('problem' in heard) log.warn('a frame left aside', { topic: frame.topic.slice(0, 80), why: heard.problem });
    const left = 'problem' in heard ? undefined : heard.left;
    // A late one is written all the same, and nobody reads it: the card has not changed.
    const inTime = () => frame.topic !== CARD || performance.now() - arrived < CARD_ANSWER_MS;
    return {
      data: JSON.stringify(dataOf(frame, heard, encode)),
      ...(left ? { left: () => void (inTime() && left()) } : {}),
    };
  };
}

function listen(
  frame: StreamFrame,
  hear: Hear,
  when: { at: number; stale: boolean },
  receive: Receive,
): Promise<Heard> {
  const { type, topic, headers, data } = frame;
  if (type === 'EVENT') {
    const { eventType = '', eventId = '', eventCorpId = '', eventBornTime } = headers;
    return hear.event({ type: eventType, id: eventId, corpId: eventCorpId, at: eventBornTime }, data, when, receive);
  }
  if (topic === ROBOT) return hear.robot(data, when, receive);
  if (topic === CARD) return hear.card(data, when, receive);
  return Promise.resolve({ problem: 'unreadable' });
}

function dataOf({ type, topic }: StreamFrame, heard: Heard, encode: FrameParts['encode']): object {
  if (type === 'EVENT') return DONE;
  return { response: topic === CARD && !('problem' in heard) ? cardReply(heard, encode) : null };
}
