import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type Cache, makeCache } from '../../src/store/cache.ts';
import { aLog } from '../support/log.ts';
import { anOwnRedis } from '../support/redis.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (isTrue: () => boolean | Promise<boolean>) => {
  for (let waited = 0; waited < 8_000; waited += 20) {
    if (await isTrue()) return;
    await pause(20);
  }
  throw new Error('waited 8 s in vain');
};
const redisUrl = process.env.TEST_REDIS_URL;
if (!redisUrl && process.env.CI === 'true') throw new Error('CI needs TEST_REDIS_URL: start Redis and set it');

/** The same promises in process and on Redis. */
function contract(name: string, url: string | null): void {
  describe(`the cache ${name}`, () => {
    const opened: Cache[] = [];
    const aCache = async () => {
      const cache = await makeCache(url, aLog());
      opened.push(cache);
      return cache;
    };
    afterAll(async () => {
      for (const cache of opened) await cache.close();
    });

    it('keeps a value until it is over, replaced or deleted', async () => {
      const cache = await aCache();
      const key = randomUUID();
      expect(await cache.get(key)).toBeNull();
      await cache.set(key, '令牌', 10_000);
      expect(await cache.get(key)).toBe('令牌');
      await cache.set(key, 'next', 40);
      expect(await cache.get(key)).toBe('next');
      await pause(60);
      expect(await cache.get(key)).toBeNull();
      await cache.set(key, 'again', 10_000);
      await cache.delete(key);
      expect(await cache.get(key)).toBeNull();
    });

    it('lets as many through as the limit says in any window, and the next when the first is over', async () => {
      const cache = await aCache();
      const bucket = randomUUID();
      const burst = await Promise.all(Array.from({ length: 8 }, () => cache.take(bucket, 3, 300)));
      expect(burst.filter(Boolean)).toHaveLength(3);
      expect(await cache.take(bucket, 3, 300)).toBe(false);
      expect(await cache.take(`${bucket} other`, 3, 300)).toBe(true);
      await pause(100);
      expect(await cache.take(bucket, 3, 300)).toBe(false);
      await pause(220);
      expect(await cache.take(bucket, 3, 300)).toBe(true);
    });

    it('tells its own listeners once, until they stop, though another one fails', async () => {
      const cache = await aCache();
      const channel = randomUUID();
      const heard: string[] = [];
      cache.subscribe(channel, () => {
        throw new Error('not your business');
      });
      const stop = cache.subscribe(channel, (text) => heard.push(text));
      cache.publish(channel, 'one');
      cache.publish(`${channel} other`, 'not for me');
      await until(() => heard.length === 1);
      stop();
      cache.publish(channel, 'two');
      await pause(100);
      expect(heard).toEqual(['one']);
    });
  });
}

contract('in process', null);
if (redisUrl) contract('on Redis', redisUrl);

if (redisUrl) {
  describe('a cache on Redis', () => {
    // Ended here and not in the tests, so that a test that fails leaves no server behind.
    const ends: (() => Promise<void>)[] = [];
    afterAll(async () => {
      for (const end of ends.reverse()) await end();
    });
    const aRedis = async () => {
      const own = await anOwnRedis();
      ends.push(() => own.remove());
      return own;
    };
    const aCache = async (url: string, log = aLog()) => {
      const cache = await makeCache(url, log);
      ends.push(() => cache.close());
      return cache;
    };

    it('is one for all processes: values, rates and news', async () => {
      const [a, b] = [await aCache(redisUrl), await aCache(redisUrl)];
      const name = randomUUID();
      const heard: string[] = [];
      a.subscribe(name, (text) => heard.push(`a ${text}`));
      b.subscribe(name, (text) => heard.push(`b ${text}`));
      // Listening begins a moment later; news before that is lost, as the port says.
      await until(() => {
        a.publish(name, 'hello');
        return heard.includes('b hello');
      });
      await a.set(name, 'shared', 10_000);
      expect(await b.get(name)).toBe('shared');
      const taken = await Promise.all([a, b, a, b, a].map((cache) => cache.take(name, 3, 10_000)));
      expect(taken.filter(Boolean)).toHaveLength(3);
      a.publish(name, 'news');
      await until(() => heard.includes('b news'));
      await pause(50);
      expect(heard.filter((text) => text.endsWith('news')).sort()).toEqual(['a news', 'b news']);
    });

    it('goes on alone while Redis is dead, hangs or is emptied, says so once, and comes back', async () => {
      const own = await aRedis();
      await own.start();
      const log = aLog();
      const cache = await aCache(own.url, log);
      const heard: string[] = [];
      cache.subscribe('news', (text) => heard.push(text));
      await cache.set('token', 'a', 60_000);

      await own.kill();
      expect(await cache.get('token')).toBeNull();
      await cache.set('token', 'b', 60_000);
      expect(await cache.get('token')).toBe('b');
      const taken = await Promise.all([1, 2, 3, 4].map(() => cache.take('rate', 2, 60_000)));
      expect(taken.filter(Boolean)).toHaveLength(2);
      cache.publish('news', 'while it was dead');

      await own.start();
      await until(async () => (await cache.get('token')) === null && log.lines.length === 2);
      own.pause();
      const started = Date.now();
      await cache.get('token');
      for (let n = 0; n < 20; n += 1) await cache.get('token');
      expect(Date.now() - started).toBeLessThan(2_000);
      own.resume();
      await until(async () => (await cache.get('token')) === null && log.lines.length === 4);

      expect(heard).toEqual(['while it was dead']);
      expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info', 'warn', 'info']);
    });

    it('starts without Redis, too, and uses it when it comes', async () => {
      const own = await aRedis();
      const cache = await aCache(own.url);
      await cache.set('token', 'alone', 60_000);
      expect(await cache.get('token')).toBe('alone');
      await own.start();
      const other = await aCache(own.url);
      await until(async () => {
        await cache.set('token', 'shared', 60_000);
        return (await other.get('token')) === 'shared';
      });
    });
  });
}
