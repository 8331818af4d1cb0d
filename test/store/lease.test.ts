import { expect, it } from '@jest/globals';
import { makeLeases } from '../../src/store/lease.ts';
import { eachDatabase } from '../support/database.ts';

eachDatabase('a lease', (open) => {
  const twoProcesses = async () => {
    const { database } = await open();
    let now = 1_000_000;
    const process = (owner: string) => makeLeases({ database, clock: () => now, owner });
    return { database, a: process('a'), b: process('b'), pass: (ms: number) => (now += ms) };
  };

  it('is held by one at a time, and by the next when it is over', async () => {
    const { a, b, pass } = await twoProcesses();
    const first = await a.take('stream', 30_000);
    expect(first).toEqual({ name: 'stream', fence: 1 });
    expect(await b.take('stream', 30_000)).toBeNull();
    pass(30_000);
    expect(await b.take('stream', 30_000)).toEqual({ name: 'stream', fence: 2 });
  });

  it('goes to one of many that take it at the same moment, the first time and later', async () => {
    const { a, b, pass } = await twoProcesses();
    for (const fence of [1, 2]) {
      const taken = await Promise.all([a, b].map((process) => process.take('stream', 30_000)));
      expect(taken.filter((lease) => lease?.fence === fence)).toHaveLength(1);
      expect(taken).toContain(null);
      pass(30_000);
    }
  });

  it('cannot be renewed or released by one who was paused past its end', async () => {
    const { a, b, pass } = await twoProcesses();
    const old = await a.take('stream', 30_000);
    if (!old) throw new Error('nobody held it');
    pass(20_000);
    expect(await a.renew(old, 30_000)).toBe(true);
    pass(29_000);
    expect(await b.take('stream', 30_000)).toBeNull();
    pass(1_000);
    expect(await b.take('stream', 30_000)).toEqual({ name: 'stream', fence: 2 });
    expect(await a.renew(old, 30_000)).toBe(false);
    await a.release(old);
    expect(await a.take('stream', 30_000)).toBeNull();
  });

  it('has a new fence even when the same process takes it again, and after a release', async () => {
    const { a, b } = await twoProcesses();
    await a.take('stream', 30_000);
    const again = await a.take('stream', 30_000);
    expect(again?.fence).toBe(2);
    if (again) await a.release(again);
    expect((await b.take('stream', 30_000))?.fence).toBe(3);
  });
});
