/** One socket of the app: frames down, acknowledgements matched with them, pings. Source: reference/dingtalk.md, 4.3–4.5. */
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Clock } from '../../lib/clock.ts';
import type { PushTiming } from './pushSettings.ts';
import { fits, readAck, writeFrame, type Ack, type Content } from './streamFrame.ts';
import type { Subscription } from './streamTickets.ts';

export interface Counts {
  opened: number;
  frames: number;
  acks: number;
  unacked: number;
  malformed: number;
}

export interface Connection {
  /** Subscribed to this, and not about to be closed. */
  takes(content: Content): boolean;
  /** It was told to go, and closes soon. */
  leaving(): boolean;
  /**
   * @param ms how long the app has
   * @param late an acknowledgement came after all
   * @returns null: none in time, or the connection is gone
   */
  ask(content: Content, ms: number, late?: () => void): Promise<Ack | null>;
  /** Says `disconnect`, stays silent, then closes. */
  retire(): void;
  /** Closes without a word. */
  cut(): void;
  /** From now on sends and answers nothing, and hears nothing. */
  silence(): void;
}

export interface ConnectionOptions {
  readonly socket: WebSocket;
  readonly appId: string;
  readonly subscriptions: readonly Subscription[];
  readonly timing: PushTiming;
  readonly clock: Clock;
  readonly counts: Counts;
  readonly gone: () => void;
}

const MAX_FRAME = 256 * 1024; // bytes; the Java client takes no more
const PINGS_MISSED = 3; // then nobody is there

export function makeConnection(options: ConnectionOptions): Connection {
  const { socket, subscriptions, timing, counts } = options;
  const alarms = makeAlarms();
  const exchange = makeExchange(options);
  let [leaving, missed] = [false, 0];

  const ping = () =>
    alarms.after(timing.pingMs, () => {
      if (leaving) return;
      if (missed >= PINGS_MISSED) return socket.terminate();
      const content: Content = { type: 'SYSTEM', topic: 'ping', data: { opaque: randomUUID() } };
      if (!exchange.silent()) {
        missed += 1;
        exchange.send(content, (ack) => void (ack && (missed = 0)));
      }
      ping();
    });

  counts.opened += 1;
  ping();
  socket.on('close', () => {
    alarms.clear();
    options.gone();
    exchange.drop();
  });

  return {
    takes: ({ type, topic }) =>
      !leaving &&
      socket.readyState === socket.OPEN &&
      subscriptions.some((one) => one.type === type && one.topic === topic),
    leaving: () => leaving,
    ask: (content, ms, late) =>
      new Promise((resolve) => {
        let open = true;
        const settle = (ack: Ack | null) => {
          forget();
          if (!open) return void (ack && late?.());
          open = false;
          counts[ack ? 'acks' : 'unacked'] += 1;
          resolve(ack);
        };
        const forget = alarms.after(ms, () => settle(null));
        counts.frames += 1;
        // What comes after the deadline is still listened for.
        if (!exchange.send(content, settle)) settle(null);
      }),
    retire() {
      exchange.send({ type: 'SYSTEM', topic: 'disconnect', data: { reason: 'connection is expired' } });
      leaving = true;
      alarms.after(timing.disconnectGraceMs, () => socket.terminate());
    },
    cut: () => socket.terminate(),
    silence: () => exchange.silence(),
  };
}

/** Timers that end with the connection. */
function makeAlarms() {
  const timers = new Set<NodeJS.Timeout>();
  return {
    /** @returns calls it off */
    after(ms: number, work: () => void): () => void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms).unref();
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    clear: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}

/** What went down, and what came up for it. */
function makeExchange({ socket, appId, clock, counts }: ConnectionOptions) {
  const pending = new Map<string, { content: Content; settle: (ack: Ack | null) => void }>();
  const who = { appId, connectionId: randomUUID() };
  let silent = false;
  const hear = (text: string | null) => {
    if (silent) return;
    const ack = text === null ? null : readAck(text);
    const asked = ack && pending.get(ack.messageId);
    if (!ack || !asked || !fits(asked.content, ack)) return void (counts.malformed += 1);
    pending.delete(ack.messageId);
    asked.settle(ack);
  };
  socket.on('message', (data, isBinary) => hear(isBinary ? null : (data as Buffer).toString()));
  // By hand, because a silent platform does not answer these either.
  socket.on('ping', (data) => void (silent || socket.pong(data)));
  socket.on('error', () => socket.terminate());
  return {
    /** @param settle its acknowledgement; null when the connection ends first. @returns false: never sent, at that size */
    send(content: Content, settle?: (ack: Ack | null) => void): boolean {
      const messageId = randomUUID();
      const sender = content.topic === 'disconnect' ? {} : who;
      const text = writeFrame(content, { ...sender, messageId, time: String(clock()) });
      if (Buffer.byteLength(text) > MAX_FRAME) return false;
      if (settle) pending.set(messageId, { content, settle });
      if (!silent) socket.send(text);
      return true;
    },
    silent: () => silent,
    silence: () => void (silent = true),
    drop() {
      for (const { settle } of pending.values()) settle(null);
      pending.clear();
    },
  };
}
