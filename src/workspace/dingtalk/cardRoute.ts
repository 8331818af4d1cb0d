/**
 * Over HTTP clicks on cards come to the address that is registered under a key, signed with a secret that is ours to choose.
 * Registering needs the platform, starting the service must not: it is tried until it works. Source: reference/dingtalk.md, 6.5.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../../lib/log.ts';
import type { Api } from './api.ts';
import { reasonOf } from './failure.ts';

const Registered = z.object({ result: z.object({ apiSecret: z.string().nullish() }).nullish() });

const FIRST_WAIT = 5000;
const MOST_WAIT = 5 * 60_000;

export interface CardRoute {
  readonly key: string;
  /** Ours, and one that the platform kept from before. */
  secrets(): readonly string[];
  /** Begins to register and waits for nobody. */
  start(): void;
  stop(): void;
}

export function makeCardRoute(parts: {
  api: Api;
  workspace: string;
  clientSecret: string;
  url: string;
  log: Log;
}): CardRoute {
  const { api, workspace, clientSecret, url, log } = parts;
  const key = `paidan-${workspace}`;
  // The same on each replica and after each start, and nothing to be kept.
  const own = createHmac('sha256', clientSecret).update(`card route ${workspace}`).digest('hex').slice(0, 32);
  let kept: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  async function register(wait: number): Promise<void> {
    const body = { callbackRouteKey: key, callbackUrl: url, apiSecret: own, forceUpdate: true };
    const outcome = await api.attempt({ host: 'api', path: 'v1.0/card/callbacks/register', body }, Registered);
    if (!('failure' in outcome)) {
      const theirs = outcome.answer.result?.apiSecret;
      if (theirs && theirs !== own) kept = theirs;
      return log.info('clicks on cards are registered', { url });
    }
    if (stopped) return;
    log.warn('clicks on cards could not be registered', { url, reason: reasonOf(outcome.failure), again_ms: wait });
    timer = setTimeout(() => void register(Math.min(wait * 2, MOST_WAIT)), wait);
    timer.unref();
  }

  return {
    key,
    secrets: () => (kept === null ? [own] : [own, kept]),
    start: () => void register(FIRST_WAIT),
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
