/** So many requests per minute and caller; generous for people, a brake for programs and guessers. */
import type { Context } from 'koa';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Cache } from '../../store/cache.ts';
import { makeLocalCache } from '../../store/localCache.ts';
import { Refused, refuse } from '../../lib/refusal.ts';

const PER_MINUTE = 600;
/** So many of them go by this process's own count: asking Redis costs more than the rest of a small request. */
const UNASKED = 60;
const MINUTE_MS = 60_000;

/** @throws Refused `rate_limited`, with `Retry-After` set */
export type TakeTurn = (ctx: Context, caller: string) => Promise<void>;

interface Parts {
  readonly cache: Cache;
  readonly log: Log;
  readonly clock: Clock;
}

export function makeTurns({ cache, log, clock }: Parts): TakeTurn {
  const own = makeLocalCache(log, clock);
  return async (ctx, caller) => {
    const bucket = `http:${caller}`;
    if (await own.take(bucket, UNASKED, MINUTE_MS)) return;
    if (await cache.take(bucket, PER_MINUTE - UNASKED, MINUTE_MS)) return;
    ctx.set('retry-after', '10');
    throw new Refused(refuse('rate_limited', { seconds: 10 }));
  };
}
