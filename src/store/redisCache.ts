/**
 * The cache on Redis, shared by all processes. Redis may be slow, gone or emptied at any moment: no call throws, none waits
 * longer than ANSWER_MS, and meanwhile this process goes on by itself. Each outage is logged once.
 */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import type { Cache } from './cachePort.ts';
import { makeLocalCache } from './localCache.ts';
import { makeNewsroom } from './newsroom.ts';

const PREFIX = 'paidan:';
const ANSWER_MS = 300;
/** After a failure Redis is left alone for so long, or a Redis that hangs would slow every call. */
const REST_MS = 1_000;
const START_MS = 1_000;

/** Redis's own clock, so that processes with different clocks count in one window. KEYS: bucket; ARGV: limit, window, unique name. */
const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], now, ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;

/** Waits at most a second for Redis, so that a process that starts with it uses it from the first call. */
export async function openRedisCache(url: string, log: Log): Promise<Cache> {
  const reconnect = { retryStrategy: (attempt: number) => Math.min(100 * attempt, 2_000), connectTimeout: 2_000 };
  const quick = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: ANSWER_MS };
  const redis = new Redis(url, { ...reconnect, ...quick });
  // A connection that listens can do nothing else; what it listens to, it asks for again after each reconnection.
  const listening = new Redis(url, { ...reconnect, maxRetriesPerRequest: null });
  for (const connection of [redis, listening]) connection.on('error', () => undefined); // Told once, by `attempt`.
  await readyWithin(redis, START_MS);

  const attempt = makeOutage(redis, log);
  const local = makeLocalCache(log);
  return {
    get: (key) =>
      attempt(
        () => redis.get(PREFIX + key),
        () => local.get(key),
      ),
    set: (key, value, ttlMs) =>
      attempt(
        async () => void (await redis.set(PREFIX + key, value, 'PX', Math.ceil(ttlMs))),
        () => local.set(key, value, ttlMs),
      ),
    async delete(key) {
      await local.delete(key);
      await attempt(async () => void (await redis.del(PREFIX + key)), nothing);
    },
    take: (bucket, limit, windowMs) =>
      attempt(
        async () => (await redis.eval(TAKE, 1, `${PREFIX}rate:${bucket}`, limit, windowMs, randomUUID())) === 1,
        () => local.take(bucket, limit, windowMs),
      ),
    ...newsOver(redis, listening, attempt, log),
    async close() {
      redis.disconnect();
      listening.disconnect();
    },
  };
}

const nothing = async () => undefined;

/** News is told here at once and in any case; Redis only carries it to the other processes. */
function newsOver(redis: Redis, listening: Redis, attempt: Attempt, log: Log): Pick<Cache, 'publish' | 'subscribe'> {
  const me = randomUUID();
  const news = makeNewsroom(log);
  listening.on('message', (channel: string, message: string) => {
    const [from, text] = [message.slice(0, me.length), message.slice(me.length)];
    if (from !== me) news.tell(channel.slice(PREFIX.length), text);
  });
  return {
    publish(channel, text) {
      news.tell(channel, text);
      void attempt(async () => void (await redis.publish(PREFIX + channel, me + text)), nothing);
    },
    subscribe(channel, listener) {
      if (!news.has(channel)) void listening.subscribe(PREFIX + channel).catch(() => undefined);
      const stop = news.listen(channel, listener);
      return () => {
        stop();
        if (!news.has(channel)) void listening.unsubscribe(PREFIX + channel).catch(() => undefined);
      };
    },
  };
}

type Attempt = <T>(onRedis: () => Promise<T>, meanwhile: () => Promise<T>) => Promise<T>;

/** Tries Redis, else the stand-in; remembers whether it is out, and says so once. */
function makeOutage(redis: Redis, log: Log): Attempt {
  let outSince: number | null = null;
  let restUntil = 0;
  return async (onRedis, meanwhile) => {
    if (outSince !== null && (Date.now() < restUntil || redis.status !== 'ready')) return meanwhile();
    try {
      const result = await onRedis();
      if (outSince !== null) log.info('Redis answers again', { out_ms: Date.now() - outSince });
      outSince = null;
      return result;
    } catch (error) {
      restUntil = Date.now() + REST_MS;
      if (outSince === null) {
        log.warn('Redis does not answer: this process goes on alone', { error: (error as Error).message });
      }
      outSince ??= Date.now();
      return meanwhile();
    }
  };
}

function readyWithin(redis: Redis, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
