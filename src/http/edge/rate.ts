/** So many requests per minute and caller; generous for people, a brake for programs and guessers. */
import type { Context } from 'koa';
import { Refused, refuse } from '../../lib/refusal.ts';
import type { Cache } from '../../store/cache.ts';

const PER_MINUTE = 600;
const MINUTE_MS = 60_000;

/** @throws Refused `rate_limited`, with `Retry-After` set */
export async function takeTurn(ctx: Context, cache: Cache, caller: string): Promise<void> {
  if (await cache.take(`http:${caller}`, PER_MINUTE, MINUTE_MS)) return;
  ctx.set('retry-after', '10');
  throw new Refused(refuse('rate_limited', { seconds: 10 }));
}
