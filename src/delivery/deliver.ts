/**
 * The relay: claims what is due, has it sent, writes down what became of it. Woken after each commit, and looks by itself
 * every now and then: for retries, for what a dead process had claimed, and because a wake-up may get lost. Each process
 * looks for itself, so nothing waits for a job of one that died. A slow receiver or platform holds up its own lane,
 * nobody else's.
 */
import type { Log } from '../lib/log.ts';
import type { Claimed, Queue } from './queue.ts';
import { type Apart, makePlaces } from './places.ts';
import type { Sender } from './sender.ts';

export interface Delivery {
  /** Begins to look by itself, until `stop`. */
  start(): void;
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
  /** How often it looks by itself. */
  readonly lookMs?: number;
  readonly apart?: Apart;
}

/** What a dead process had claimed goes out within its lease and a second: promise 8 of reliability.md. */
const LOOK_MS = 500;

export function makeDelivery({ queue, senders, log, width, lookMs = LOOK_MS, apart }: Parts): Delivery {
  const running = new Set<Promise<void>>();
  const places = makePlaces(apart);
  let stopped = false;
  let looking: NodeJS.Timeout | undefined;
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
      const room = places.room(width - running.size);
      const rows = room > 0 ? await queue.claim(room, places.taken()) : [];
      for (const row of rows) {
        const work: Promise<void> = places.hold(row.lane, send(row)).finally(() => running.delete(work));
        running.add(work);
      }
      if (running.size === 0 && !news) return;
      const full = running.size >= width;
      // There may be more than it asked for.
      if (rows.length === room && !full) continue;
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

  const wake = makeQuiet(drain, log);

  return {
    wake,
    drain,
    start() {
      looking = setInterval(wake, lookMs);
      wake();
    },
    async stop(ms) {
      stopped = true;
      clearInterval(looking);
      const limit = new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
      // The pump first: it may be about to take the last rows it claimed.
      await Promise.race([Promise.resolve(pumping).then(() => Promise.allSettled(running)), limit]);
    },
  };
}

/** Several relays, woken, started and stopped as one; what holds up one holds up none of the others. */
export const sideBySide = (...relays: readonly Delivery[]): Delivery => ({
  start: () => relays.forEach((relay) => relay.start()),
  wake: () => relays.forEach((relay) => relay.wake()),
  async drain() {
    await Promise.all(relays.map((relay) => relay.drain()));
  },
  async stop(ms) {
    await Promise.all(relays.map((relay) => relay.stop(ms)));
  },
});

/** Runs it and never throws; an outage is told once, since it looks again soon. */
function makeQuiet(drain: () => Promise<void>, log: Log): () => void {
  let failing = false;
  const look = async () => {
    try {
      await drain();
      failing = false;
    } catch (error) {
      if (!failing) log.error('delivery could not look for work', { error });
      failing = true;
    }
  };
  return () => void look();
}
