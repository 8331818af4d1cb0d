/**
 * The handling of frames: so many at once, the others in their order of arrival, each acknowledged after its handler is
 * done, which is after the commit. What waits is bounded by whoever brings it: `full` says when to stop reading.
 */
import type { Log } from '../../lib/log.ts';
import { failedAck, writeAck, type StreamFrame } from './streamFrame.ts';

/**
 * `data`: JSON as text for the acknowledgement. `left`: called when that was written to the socket.
 * @param arrived  when the frame was read, by `performance.now()`: it may have waited since
 */
export type HandleFrame = (frame: StreamFrame, arrived?: number) => Promise<{ data: string; left?: () => void }>;

export interface Arrival {
  readonly messageId: string;
  readonly frame: StreamFrame;
  /** Writes the acknowledgement, unless its socket is gone. */
  readonly answer: (ack: string, left?: () => void) => void;
}

export interface Work {
  take(arrival: Arrival): void;
  full(): boolean;
  /** @returns how many had to be left, after `ms` at most */
  finish(ms: number): Promise<number>;
}

export interface WorkParts {
  /** Of callbacks. */
  readonly topics: readonly string[];
  readonly handle: HandleFrame;
  readonly log: Log;
  readonly atOnce: number;
  readonly waiting: number;
  /** It is not full any more. */
  readonly room: () => void;
}

export function makeWork({ topics, handle, log, atOnce, waiting, room }: WorkParts): Work {
  const queue: (Arrival & { readonly arrived: number })[] = [];
  let running = 0;
  let wasFull = false;
  let done: (() => void) | null = null;

  async function run({ messageId, frame, answer, arrived }: (typeof queue)[number]): Promise<void> {
    try {
      const { data, left } = await handle(frame, arrived);
      answer(writeAck(200, messageId, data), left);
    } catch (error) {
      log.error('stream: a message could not be handled', { topic: frame.topic, error });
      answer(failedAck(messageId, frame.type));
    }
  }

  function next(): void {
    while (running < atOnce) {
      const arrival = queue.shift();
      if (!arrival) break;
      running += 1;
      void run(arrival).finally(() => {
        running -= 1;
        next();
      });
    }
    if (wasFull && queue.length <= waiting / 2) {
      wasFull = false;
      room();
    }
    if (running === 0) done?.();
  }

  return {
    take(arrival) {
      const { messageId, frame, answer } = arrival;
      if (frame.type === 'CALLBACK' && !topics.includes(frame.topic)) {
        log.warn('stream: a topic that nobody asked for', { topic: frame.topic.slice(0, 100) });
        return answer(writeAck(404, messageId, '{}'));
      }
      queue.push({ ...arrival, arrived: performance.now() });
      wasFull ||= queue.length >= waiting;
      next();
    },
    full: () => wasFull,
    async finish(ms) {
      if (running === 0) return 0;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        done = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      return queue.splice(0).length + running;
    },
  };
}
