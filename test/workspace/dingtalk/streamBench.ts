/** Our Stream client against the sandbox's gateway, over real sockets, in a scaled time. */
import { aLog, type KeptLog } from '../../support/log.ts';
import { aPlatform, CARD, ROBOT, until, type Platform } from '../../sandbox/dingtalk/pushBench.ts';
import type { PushTiming } from '../../../src/sandbox/dingtalk/push.ts';
import {
  makeStream,
  type HandleFrame,
  type Stream,
  type StreamFrame,
  type StreamSettings,
} from '../../../src/workspace/dingtalk/stream.ts';

export { aPlatform, CARD, ROBOT, until };

export const SUCCESS = { data: '{"status":"SUCCESS","message":"ok"}' };

/** A fiftieth of the real times: a second is 20 ms. */
export const FAST: Partial<StreamSettings> = {
  idleMs: 1800,
  openTimeoutMs: 1000,
  graceMs: 300,
  everyMs: 20,
  backoffMs: 10,
  backoffMaxMs: 600,
  unauthorizedMs: 1200,
  steadyMs: 200,
  stopMs: 500,
};

export interface Bench {
  readonly platform: Platform;
  readonly stream: Stream;
  readonly log: KeptLog;
  readonly frames: StreamFrame[];
  /** Handles what comes from now on. */
  handle: HandleFrame;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly settings?: Partial<StreamSettings>;
  readonly timing?: Partial<PushTiming>;
  readonly clientSecret?: string;
  readonly apiBase?: string;
}

/** Not started. */
export async function aBench({ settings, timing, clientSecret, apiBase }: BenchOptions = {}): Promise<Bench> {
  const platform = await aPlatform(
    { transport: 'stream' },
    { ackMs: 300, retryScale: 0.01, disconnectGraceMs: 200, pingMs: 400, ...timing },
  );
  const { account } = platform;
  const log = aLog();
  const stream = makeStream({
    apiBase: apiBase ?? account.apiBase,
    clientId: account.clientId,
    clientSecret: clientSecret ?? account.clientSecret,
    topics: [ROBOT, CARD],
    handle: (frame) => {
      bench.frames.push(frame);
      return bench.handle(frame);
    },
    clock: Date.now,
    log,
    settings: { ...FAST, ...settings },
  });
  const bench: Bench = {
    platform,
    stream,
    log,
    frames: [],
    handle: async () => SUCCESS,
    async close() {
      await stream.stop();
      await platform.close();
    },
  };
  return bench;
}

export async function connected(bench: Bench): Promise<Bench> {
  await bench.stream.start();
  await until(() => bench.stream.state().connected);
  return bench;
}
