/**
 * The relay: claims what is due, has it sent, writes down what became of it. Woken after each commit, and swept, so a
 * lost wake-up only costs a moment. A slow receiver or platform holds up its own lane, nobody else's.
 */
import type { Log } from '../lib/log.ts';
import type { Claimed, Queue } from './queue.ts';
import type { Sender } from './sender.ts';

export interface Delivery {
  /** Something was committed: look now. Cheap, never throws, never waits. */
  wake(): void;
  /** Sends everything that is due, and resolves when nothing due is left. */
  drain(): Promise<void>;
  /** Takes nothing new and waits for what is under way, at most `ms`. */
  stop(ms: number): Promise<void>;
}

interface Parts {
  readonly queue: Queue;
  /** By `outbox.kind`. */
  readonly senders: Readonly<Record<string, Sender>>;
  readonly log: Log;
  /** How many go out at once. */
  readonly width: number;
}

export function makeDelivery({ queue, senders, log, width }: Parts): Delivery {
  const running = new Set<Promise<void>>();
  let stopped = false;
  let pumping: Promise<void> | null = null;
  let again = false;

  const send = async (row: Claimed) => {
    const sender = senders[row.kind];
    try {
      if (!sender) await queue.bury(row, `nobody sends "${row.kind}"`, []);
      else await sender(row);
    } catch (error) {
      log.error('delivery failed', { outbox: row.id, kind: row.kind, error });
      await queue.later(row, error instanceof Error ? error.message : String(error), []).catch((failure: unknown) => {
        log.error('delivery could not be put off; its lease will run out', { outbox: row.id, error: failure });
      });
    }
  };

  /** Keeps `width` rows under way until nothing is due. */
  const pump = async () => {
    do {
      again = false;
      while (!stopped) {
        const room = width - running.size;
        const rows = room > 0 ? await queue.claim(room) : [];
        for (const row of rows) {
          const work = send(row).finally(() => running.delete(work));
          running.add(work);
        }
        if (rows.length === 0 && running.size === 0) break;
        // Wait for one to end: it may free room, or uncover the next of its lane.
        await Promise.race(running);
      }
    } while (again && !stopped);
  };

  const drain = async (): Promise<void> => {
    if (stopped) return;
    if (pumping) {
      again = true;
      return pumping;
    }
    pumping = pump().finally(() => (pumping = null));
    return pumping;
  };

  return {
    wake: () => void drain().catch((error: unknown) => log.error('delivery could not look for work', { error })),
    drain,
    async stop(ms) {
      stopped = true;
      const limit = new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
      await Promise.race([Promise.allSettled([...running, pumping]), limit]);
    },
  };
}
