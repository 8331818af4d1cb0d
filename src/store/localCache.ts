/** The cache in this process: the default, and what stands in while Redis does not answer. */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Cache } from './cachePort.ts';
import { makeNewsroom } from './newsroom.ts';

/** Entries; the oldest go first. It is a cache: what is gone is fetched again. */
const MOST = 20_000;

export function makeLocalCache(log: Log, clock: Clock = Date.now): Cache {
  const values = new Map<string, { value: string; until: number }>();
  const taken = new Map<string, { times: number[]; windowMs: number }>();
  const news = makeNewsroom(log);
  return {
    async get(key) {
      const found = values.get(key);
      if (!found) return null;
      if (found.until > clock()) return found.value;
      values.delete(key);
      return null;
    },
    async set(key, value, ttlMs) {
      values.delete(key);
      values.set(key, { value, until: clock() + ttlMs });
      dropOldest(values);
    },
    async delete(key) {
      values.delete(key);
    },
    async take(bucket, limit, windowMs) {
      const now = clock();
      const times = (taken.get(bucket)?.times ?? []).filter((time) => time > now - windowMs && time <= now);
      const mayTake = times.length < limit;
      if (mayTake) times.push(now);
      taken.delete(bucket);
      if (times.length > 0) taken.set(bucket, { times, windowMs });
      dropOldest(taken);
      return mayTake;
    },
    publish: news.tell,
    subscribe: news.listen,
    close: async () => undefined,
  };
}

function dropOldest(map: Map<string, unknown>): void {
  if (map.size <= MOST) return;
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
