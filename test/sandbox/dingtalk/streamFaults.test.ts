/** Connections that end, fall silent or are cut, and that nothing of them stays. Proves reference/dingtalk.md, 4.5 and section 12 "Stream". */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { aPlatform, until, type Platform } from './pushBench.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await aPlatform({ transport: 'stream' }, { ackMs: 200, retryScale: 0.01, disconnectGraceMs: 250 });
});
afterEach(() => platform.close());

describe('a connection that is told to go', () => {
  it('hears `disconnect`, then nothing, and is closed after its grace', async () => {
    const old = await platform.connect();
    const start = performance.now();
    expect(platform.push.disturb('disconnect')).toBe(1);
    expect(platform.push.disturb('disconnect')).toBe(0);
    const [frame] = await old.have(1);
    expect([frame?.type, frame?.headers['topic'], frame?.data]).toEqual([
      'SYSTEM',
      'disconnect',
      '{"reason":"connection is expired"}',
    ]);
    expect((await platform.push.robot({})).attempts).toBe(0); // Lost, as around the real one's.
    const next = await platform.connect();
    next.answer = (one) => next.ack(one, { response: null });
    for (let time = 0; time < 8; time += 1)
      expect(await platform.push.robot({ time })).toMatchObject({ delivered: true });
    expect(platform.push.state().connections).toBe(2);
    await old.closed;
    expect(performance.now() - start).toBeGreaterThanOrEqual(249);
    expect(old.frames).toHaveLength(1);
    await until(() => platform.push.state().connections === 1);
  });

  it('still may acknowledge what it got before', async () => {
    const client = await platform.connect();
    const pushed = platform.push.robot({});
    const [frame] = await client.have(1);
    platform.push.disturb('disconnect');
    client.ack(frame!, { response: null });
    expect((await pushed).delivered).toBe(true);
  });
});

describe('a connection that is cut', () => {
  it('is gone without a word, and what was under way with it', async () => {
    platform.push.timing.ackMs = 5000;
    const client = await platform.connect();
    const pushed = platform.push.robot({});
    await client.have(1);
    expect(platform.push.disturb('cut')).toBe(1);
    await client.closed;
    expect(await pushed).toMatchObject({ delivered: false, status: 0, attempts: 1 });
    expect((await pushed).ms).toBeLessThan(2000);
    expect(client.frames).toHaveLength(1);
    expect(platform.push.state()).toMatchObject({ connections: 0, unacked: 1 });
  });

  it('may be one of several', async () => {
    await Promise.all([platform.connect(), platform.connect(), platform.connect()]);
    expect(platform.push.disturb('cut', 2)).toBe(2);
    await until(() => platform.push.state().connections === 1);
  });
});

describe('a connection that falls silent', () => {
  it('stays open, but neither speaks, nor hears, nor answers a ping', async () => {
    platform.push.timing.pingMs = 20;
    const client = await platform.connect();
    await until(() => client.pings.length > 0);
    expect(platform.push.disturb('silence')).toBe(1);
    await sleep(30);
    const pings = client.pings.length;
    let pongs = 0;
    client.socket.on('pong', () => (pongs += 1));
    client.socket.ping();
    expect(await platform.push.robot({})).toMatchObject({ delivered: false, status: 0, attempts: 1 });
    await sleep(200);
    expect([client.pings.length, client.frames.length, pongs]).toEqual([pings, 0, 0]);
    expect([client.socket.readyState, platform.push.state().connections]).toEqual([client.socket.OPEN, 1]);
    client.socket.close();
    await until(() => platform.push.state().connections === 0);
  });

  it('otherwise answers a ping', async () => {
    const client = await platform.connect();
    const pong = new Promise((resolve) => client.socket.once('pong', resolve));
    client.socket.ping();
    await pong;
  });
});

describe('nothing stays', () => {
  const held = () => process.getActiveResourcesInfo().filter((kind) => /TCPSocket|Timeout/.test(kind)).length;

  it('of two hundred connections that came and went in every way', async () => {
    const before = held();
    platform.push.timing.disconnectGraceMs = 5;
    const ways = ['disconnect', 'cut', 'silence', 'hang up'] as const;
    for (let time = 0; time < 200; time += 1) {
      const client = await platform.connect();
      client.answer = (frame) => void (frame.type === 'EVENT' && client.ack(frame, { status: 'SUCCESS' }));
      void platform.push.event('a', { time });
      const way = ways[time % 4]!;
      if (way !== 'hang up') platform.push.disturb(way);
      if (way === 'hang up' || way === 'silence') client.socket.close();
      await client.closed;
    }
    expect(platform.push.state()).toMatchObject({ connections: 0, opened: 200 });
    await platform.close();
    await until(() => held() <= before);
  });

  it('after a close in the middle of everything, which takes no time', async () => {
    const before = held();
    platform.push.timing.ackMs = 60_000;
    platform.push.timing.robotAgainMs = 60_000;
    platform.push.timing.retryScale = 1;
    const silent = await platform.connect();
    const leaving = await platform.connect();
    platform.push.disturb('silence', 1);
    platform.push.timing.disconnectGraceMs = 60_000;
    platform.dice.push(0, 0.99);
    const under = [platform.push.robot({}), platform.push.robot({}), platform.push.event('a', {})];
    await leaving.have(1);
    platform.push.disturb('disconnect');
    const start = performance.now();
    await platform.close();
    await Promise.all([...under, silent.closed, leaving.closed]);
    expect(performance.now() - start).toBeLessThan(1000);
    await until(() => held() <= before);
  });
});
