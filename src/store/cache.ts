/** The shared cache: Redis where configured, else this process alone. Nothing is lost with it; things are only slower. */
import type { Log } from '../lib/log.ts';
import type { Cache } from './cachePort.ts';
import { makeLocalCache } from './localCache.ts';
import { openRedisCache } from './redisCache.ts';

export type { Cache } from './cachePort.ts';

/** @param redisUrl `redis://host:6379/0`, or null: in process */
export async function makeCache(redisUrl: string | null, log: Log): Promise<Cache> {
  return redisUrl === null ? makeLocalCache(log) : openRedisCache(redisUrl, log);
}
