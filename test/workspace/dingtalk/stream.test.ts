/** Our Stream client: messages, acknowledgements, and its end. Proves reference/dingtalk.md, 4.1–4.5, and pitfalls 2 and 3 of 11.2. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UA } from '../../../src/workspace/dingtalk/streamOpen.ts';
import { aBench, CARD, connected, ROBOT, SUCCESS, until, type Bench, type BenchOptions } from './streamBench.ts';

let bench: Bench;
afterEach(() => bench.close());
const run = async (options?: BenchOptions) => (bench = await connected(await aBench(options)));

describe('a message', () => {
  it('reaches its handler as it was sent, and is acknowledged with what that says', async () => {
    const { platform, frames } = await run();
    bench.handle = async ({ type }) => (type === 'EVENT' ? SUCCESS : { data: '{"response":{"cardData":{}}}' });
    expect(await platform.push.card({ type: 'STREAM' }, { outTrackId: '派1' })).toMatchObject({
      delivered: true,
      reply: { cardData: {} },
    });
    expect(await platform.push.event('user_leave_org', { userId: ['u9'] })).toMatchObject({ delivered: true });
    expect(await platform.push.robot({ msgId: 'm' })).toMatchObject({ delivered: true });
    expect(frames.map(({ type, topic }) => [type, topic])).toEqual([
      ['CALLBACK', CARD],
      ['EVENT', '*'],
      ['CALLBACK', ROBOT],
    ]);
    expect(JSON.parse(frames[0]!.data)).toMatchObject({ outTrackId: '派1' });
    expect(frames[1]!.headers).toMatchObject({ eventType: 'user_leave_org', contentType: 'application/json' });
    expect(platform.push.state()).toMatchObject({ acks: 3, malformed: 0 });
  });

  it('is acknowledged after its handler only, and `left` follows the acknowledgement', async () => {
    const { platform } = await run();
    const story: string[] = [];
    bench.handle = async () => {
      await sleep(100);
      story.push(`handled, ${platform.push.state().acks} acks`);
      return { data: '{"response":null}', left: () => story.push('left') };
    };
    await platform.push.robot({});
    expect(story).toEqual(['handled, 0 acks', 'left']);
  });

  it('whose handler fails: an event is asked for again, a callback is told as failed', async () => {
    const { platform, log } = await run();
    let times = 0;
    bench.handle = async () => {
      times += 1;
      if (times < 3) throw new Error('the database is away');
      return SUCCESS;
    };
    expect(await platform.push.card({ type: 'STREAM' }, {})).toMatchObject({ delivered: false, status: 500 });
    expect(await platform.push.event('x', {})).toMatchObject({ delivered: false, reply: { status: 'LATER' } });
    await until(() => times === 3);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
    expect(platform.push.state()).toMatchObject({ unacked: 0, malformed: 0, connections: 1 });
  });

  it('whose socket is gone meanwhile: its acknowledgement is dropped, nothing `left`, the event comes again', async () => {
    const { platform } = await run();
    let [left, handled] = [0, 0];
    bench.handle = async () => {
      handled += 1;
      if (handled === 1) platform.push.disturb('cut');
      await sleep(30);
      return { ...SUCCESS, left: () => (left += 1) };
    };
    await platform.push.event('x', {});
    await until(() => left === 1);
    expect(handled).toBe(2);
  });

  it('`left` that throws ends nothing', async () => {
    const { platform, log } = await run();
    bench.handle = async () => ({
      ...SUCCESS,
      left: () => {
        throw new Error('no');
      },
    });
    await platform.push.event('x', {});
    expect(await platform.push.event('y', {})).toMatchObject({ delivered: true });
    expect(log.lines.some(({ message }) => message.includes('what follows an answer'))).toBe(true);
  });
});

describe('many at once', () => {
  it('are handled so many at a time, in their order, and what does not fit waits with the platform', async () => {
    // However slow the machine: nobody takes the wait for silence.
    const patient = { settings: { idleMs: 60_000 }, timing: { ackMs: 60_000, pingMs: 60_000 } };
    await run({ settings: { atOnce: 8, waiting: 16, ...patient.settings }, timing: patient.timing });
    let [now, most] = [0, 0];
    bench.handle = async () => {
      most = Math.max(most, (now += 1));
      await sleep(5);
      now -= 1;
      return { data: '{"response":null}' };
    };
    const body = { text: 'x'.repeat(20_000) };
    const all = Array.from({ length: 400 }, (_, number) => bench.platform.push.robot({ number, ...body }));
    expect((await Promise.all(all)).filter(({ delivered }) => delivered)).toHaveLength(400);
    expect(most).toBe(8);
    const numbers = bench.frames.map(({ data }) => (JSON.parse(data) as { number: number }).number);
    expect(numbers).toEqual(Array.from({ length: 400 }, (_, number) => number));
    expect(bench.stream.state()).toMatchObject({ connections: 1, opened: 1 });
  });
});

describe('a ping', () => {
  it('is echoed, which the gateway checks', async () => {
    const { platform, stream } = await run({ timing: { pingMs: 20 } });
    await sleep(300); // It cuts who misses three.
    expect([platform.push.state(), stream.state()]).toMatchObject([
      { malformed: 0, opened: 1 },
      { connected: true, connections: 1, opened: 1, attempts: 1 },
    ]);
  });
});

describe('the end', () => {
  it('waits for the handlers under way and acknowledges them, takes nothing new, and leaves nothing', async () => {
    const { platform, stream, frames } = await run();
    bench.handle = async () => {
      await sleep(100);
      return { data: '{"response":null}' };
    };
    const before = platform.push.robot({});
    await until(() => frames.length === 1);
    const stopped = stream.stop();
    const after = platform.push.robot({});
    expect((await before).delivered).toBe(true);
    await stopped;
    expect((await after).delivered).toBe(false);
    expect(frames).toHaveLength(1);
    expect(stream.state()).toMatchObject({ connected: false, connections: 0 });
    await stream.start();
    await sleep(60);
    expect(stream.state()).toMatchObject({ connections: 0, attempts: 1 });
    await until(() => platform.push.state().connections === 0);
  });

  it('does not wait for a handler that hangs', async () => {
    const { platform, stream, log, frames } = await run();
    bench.handle = () => new Promise(() => undefined);
    void platform.push.robot({});
    await until(() => frames.length === 1);
    const start = performance.now();
    await stream.stop();
    expect(performance.now() - start).toBeLessThan(1500);
    expect(log.lines.at(-1)).toMatchObject({ facts: { messages: 1 } });
  });

  it.each([0, 1, 2, 5, 10])('in the middle of connecting, after %i ms', async (ms) => {
    bench = await aBench();
    await bench.stream.start();
    await sleep(ms);
    await bench.stream.stop();
    const { attempts } = bench.stream.state();
    await sleep(80);
    expect(bench.stream.state()).toMatchObject({ connected: false, connections: 0, attempts });
    expect(bench.platform.push.state().connections).toBe(0);
  });

  it('before the start', async () => {
    bench = await aBench();
    await bench.stream.stop();
    expect(bench.stream.state().attempts).toBe(0);
  });
});

it('says its version', async () => {
  bench = await aBench();
  const file = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as object;
  expect(UA).toBe(`paidan/${(file as { version: string }).version}`);
});
