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
  /** Set while the pump waits: something new may be due. */
  let nudge: () => void = () => {};
  let news = false;

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

  /** Keeps `width` rows under way until nothing is due. Returns to the queue when one ends or something new came. */
  const pump = async () => {
    while (!stopped) {
      news = false;
      const nudged = new Promise<void>((resolve) => (nudge = resolve));
      const room = width - running.size;
      const rows = room > 0 ? await queue.claim(room) : [];
      for (const row of rows) {
        const work: Promise<void> = send(row).finally(() => running.delete(work));
        running.add(work);
      }
      if (running.size === 0 && !news) return;
      const full = running.size >= width;
      if (running.size > 0 && (full || !news)) await Promise.race(full ? running : [...running, nudged]);
    }
  };

  const drain = async (): Promise<void> => {
    if (stopped) return;
    news = true;
    nudge();
    pumping ??= pump().finally(() => (pumping = null));
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
