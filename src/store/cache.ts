/** The shared cache: Redis where configured, else this process alone. Nothing is lost with it; things are only slower. */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Cache } from './cachePort.ts';
import { makeLocalCache } from './localCache.ts';
import { openRedisCache } from './redisCache.ts';

export type { Cache } from './cachePort.ts';

/** @param redisUrl `redis://host:6379/0`, or null: in process @param clock by which it forgets in process; Redis has its own */
export async function makeCache(redisUrl: string | null, log: Log, clock?: Clock): Promise<Cache> {
  return redisUrl === null ? makeLocalCache(log, clock) : openRedisCache(redisUrl, log);
}
