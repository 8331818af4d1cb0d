/**
 * Our client of DingTalk's Stream: keeps one connection, and opens the next one before the last is gone. Why our own:
 * docs/decisions/0014-own-stream-client.md. Source: reference/dingtalk.md, 4, and 11.2, pitfalls 2–4.
 *
 * The platform sends events again until they are acknowledged, and robot messages perhaps: whoever handles frames sees
 * some of them twice.
 */
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { makeConnecting } from './streamConnecting.ts';
import type { Connection, ConnectionSettings } from './streamConnection.ts';
import type { StreamFrame } from './streamFrame.ts';
import type { OpenRequest } from './streamOpen.ts';
import type { PaceSettings } from './streamPace.ts';
import { makeWork, type HandleFrame } from './streamWork.ts';

export type { HandleFrame, StreamFrame };

export interface StreamSettings extends ConnectionSettings, PaceSettings {
  /** A connection that lasted as long was a good one: the next attempt follows at once. */
  readonly steadyMs: number;
  /** How many frames are handled at once. */
  readonly atOnce: number;
  /** How many may wait for that before no more are read. */
  readonly waiting: number;
  /** How long `stop` waits for handlers. */
  readonly stopMs: number;
}

export interface StreamParts extends OpenRequest {
  /** Resolves after the commit: then the frame is acknowledged. A throw asks for the event again, and fails a callback. */
  readonly handle: HandleFrame;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 ≤ x < 1 */
  readonly random?: () => number;
  readonly settings?: Partial<StreamSettings>;
}

export interface StreamState {
  /** Frames can arrive: there is an open connection, not a silent one. */
  readonly connected: boolean;
  /** Open sockets, with those that are about to be closed. */
  readonly connections: number;
  /** Connections since the start. */
  readonly opened: number;
  /** Calls for a connection since the start, each followed by one handshake at most. */
  readonly attempts: number;
}

export interface Stream {
  /** Begins to connect, behind its back: never throws, and waits for nobody. Once stopped, it stays so. */
  start(): Promise<void>;
  /** Takes no more frames, lets those taken be handled and acknowledged, and closes. Leaves no timer and no socket. */
  stop(): Promise<void>;
  state(): StreamState;
}

/** The platform pings every 20–30 s and closes 10 s after `disconnect`. Source: reference/dingtalk.md, 4.3 and 4.4 */
export const REAL_SETTINGS: StreamSettings = {
  idleMs: 90_000,
  openTimeoutMs: 10_000,
  graceMs: 15_000,
  maxFrameBytes: 1024 * 1024,
  everyMs: 1000,
  backoffMs: 500,
  backoffMaxMs: 30_000,
  unauthorizedMs: 60_000,
  steadyMs: 10_000,
  atOnce: 64,
  waiting: 256,
  stopMs: 5000,
};

export function makeStream(parts: StreamParts): Stream {
  const { topics, handle, log, clock, random = Math.random } = parts;
  const settings = { ...REAL_SETTINGS, ...parts.settings };
  const connections = new Set<Connection>();
  const work = makeWork({ topics, handle, log, ...settings, room: () => connections.forEach((one) => one.resume()) });
  const connecting = makeConnecting({
    request: parts,
    settings,
    connections,
    log,
    clock,
    random,
    arrived(arrival) {
      work.take(arrival);
      // What the platform has to say then waits with the platform.
      if (work.full()) connections.forEach((one) => one.pause());
    },
  });
  let stopped: Promise<void> | null = null;

  async function stop(): Promise<void> {
    connecting.stop();
    connections.forEach((one) => one.refuse());
    const left = await work.finish(settings.stopMs);
    if (left > 0) log.warn('stream: stopped with messages under way', { messages: left });
    connections.forEach((one) => one.close());
    await connecting.over();
  }

  return {
    async start() {
      if (!stopped) connecting.start();
    },
    stop: () => (stopped ??= stop()),
    state: () => ({
      connected: [...connections].some((one) => one.alive()),
      connections: connections.size,
      ...connecting.counts,
    }),
  };
}
