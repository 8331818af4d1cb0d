/**
 * What a gateway does to its clients: disconnects, cuts, falls silent, refuses. Proves reference/dingtalk.md, 4.5 and
 * 11.2 (pitfalls 3 and 4), and issue 3, "Our client: 200 forced disconnects under load".
 */
import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { aBench, connected, SUCCESS, until, type Bench, type BenchOptions } from './streamBench.ts';

let bench: Bench;
let loading = false;
afterEach(() => {
  loading = false;
  return bench.close();
});
const run = async (options?: BenchOptions) => (bench = await connected(await aBench(options)));

/** The gateway's times of open calls are those of its clock, which stands still otherwise. */
const tick = () =>
  Object.defineProperty(bench.platform.time, 'now', { get: () => performance.timeOrigin + performance.now() });
/** @returns ms between two open calls, on average; the way there takes them now longer, now shorter */
const distance = () => {
  const { opens } = bench.platform.push.state();
  return (opens.at(-1)! - opens[0]!) / (opens.length - 1);
};

describe('`disconnect`', () => {
  it('opens the next connection at once, while the old one still is served until it is closed', async () => {
    // The old one is closed when this test says so, however slow the machine.
    const { platform, stream } = await run({
      settings: { graceMs: 60_000 },
      timing: { disconnectGraceMs: 60_000, ackMs: 60_000, pingMs: 60_000 },
    });
    let release = () => {};
    bench.handle = () => new Promise((resolve) => (release = () => resolve({ data: '{"response":null}' })));
    const before = platform.push.robot({ msgId: 'before' });
    await until(() => bench.frames.length === 1);
    await sleep(30);
    platform.push.disturb('disconnect');
    await until(() => stream.state().connections === 2);
    expect(stream.state()).toMatchObject({ connected: true, connections: 2, opened: 2, attempts: 2 });
    release(); // Acknowledged over the old one.
    expect((await before).delivered).toBe(true);
    bench.handle = async () => ({ data: '{"response":null}' });
    for (let number = 0; number < 10; number += 1)
      expect((await platform.push.robot({ msgId: String(number) })).delivered).toBe(true);
    expect(bench.frames).toHaveLength(11);
    platform.push.disturb('cut', 1); // The first is the old one.
    await until(() => stream.state().connections === 1);
    expect(stream.state()).toMatchObject({ connected: true, opened: 2 });
  });

  it('of a gateway that forgets to close: the old one is cut after its grace', async () => {
    const { platform, stream } = await run({ timing: { disconnectGraceMs: 60_000 } });
    await sleep(30);
    platform.push.disturb('disconnect');
    await until(() => stream.state().connections === 2);
    await until(() => stream.state().connections === 1);
    expect(platform.push.state().opened).toBe(2);
  });
});

describe('silence', () => {
  it('of a connection that still is open: it is replaced, and then cut', async () => {
    const { platform, stream } = await run({ settings: { idleMs: 150 }, timing: { pingMs: 40 } });
    await sleep(400);
    expect(stream.state().opened).toBe(1); // Pings are no silence.
    platform.push.disturb('silence');
    await until(() => stream.state().opened === 2);
    await until(() => platform.push.state().connections === 1);
    expect(stream.state()).toMatchObject({ connected: true, connections: 1 });
    expect((await platform.push.event('x', {})).delivered).toBe(true);
  });
});

describe('refused handshakes', () => {
  it('are tried again ever later, never two attempts within the least distance', async () => {
    bench = await aBench();
    tick();
    bench.platform.push.disturb('refuse', 8);
    await connected(bench);
    expect(bench.stream.state()).toMatchObject({ attempts: 9, opened: 1, connections: 1 });
    expect(distance()).toBeGreaterThanOrEqual(19);
    await bench.stream.stop();
    expect(bench.log.lines.filter(({ level }) => level === 'warn').length).toBeLessThanOrEqual(5);
  });

  it('at the real pace: at most one attempt a second', async () => {
    const real = { everyMs: 1000, backoffMs: 500, backoffMaxMs: 30_000 };
    bench = await aBench({ settings: real });
    tick();
    bench.platform.push.disturb('refuse', 1000);
    await bench.stream.start();
    await sleep(4500);
    const { attempts } = bench.stream.state();
    expect(attempts).toBeGreaterThanOrEqual(2);
    expect(attempts).toBeLessThanOrEqual(5);
    expect(distance()).toBeGreaterThanOrEqual(990);
  });
});

describe('wrong credentials', () => {
  it('are told once, and tried slowly', async () => {
    bench = await aBench({ clientSecret: 'wrongSecretOfSomebody', settings: { unauthorizedMs: 200 } });
    await bench.stream.start();
    await sleep(700);
    const { attempts, connected: is } = bench.stream.state();
    expect(is).toBe(false);
    expect(attempts).toBeGreaterThanOrEqual(2);
    expect(attempts).toBeLessThanOrEqual(7);
    expect(bench.log.lines).toHaveLength(1);
    expect(bench.log.lines[0]).toMatchObject({ level: 'error', facts: { problem: '401 authFailed' } });
    expect(JSON.stringify(bench.log.lines)).not.toContain('wrongSecret');
  });
});

it('nobody there: goes on trying, and nothing secret is in the log', async () => {
  bench = await aBench({ apiBase: 'http://127.0.0.1:9' });
  await bench.stream.start();
  await until(() => bench.stream.state().attempts >= 4);
  expect(bench.log.lines[0]).toMatchObject({ level: 'warn', facts: { problem: 'ECONNREFUSED' } });
  expect(JSON.stringify(bench.log.lines)).not.toContain(bench.platform.account.clientSecret);
});

setFlagsFromString('--expose_gc');
const gc = runInNewContext('gc') as () => void;
const heapMb = async () => {
  await sleep(50);
  gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const resources = () => process.getActiveResourcesInfo().filter((one) => /Timeout|TCPSocket|TCPWRAP/.test(one)).length;

it('200 disconnects under load: no event lost, attempts at their distance, nothing left over', async () => {
  await run({
    settings: { idleMs: 120, steadyMs: 15, graceMs: 150 },
    timing: { pingMs: 30, ackMs: 200, disconnectGraceMs: 60 },
  });
  tick();
  const { platform, stream } = bench;
  const handled = new Map<string, number>();
  bench.handle = async ({ type, data }) => {
    bench.frames.length = 0;
    await sleep(Math.random() * 15);
    const { id } = JSON.parse(data) as { id: string };
    handled.set(id, (handled.get(id) ?? 0) + 1);
    return type === 'EVENT' ? SUCCESS : { data: '{"response":null}' };
  };
  for (let number = 0; number < 20; number += 1) await platform.push.event('warm', { id: `warm${number}` });
  const before = { heap: await heapMb(), resources: resources() };
  const start = performance.now();

  loading = true;
  let [events, robots] = [0, 0];
  const load = (async () => {
    for (; loading; await sleep(4)) {
      void platform.push.event('x', { id: `e${(events += 1)}` });
      if (events % 4 === 0) void platform.push.robot({ id: `r${(robots += 1)}` });
    }
  })();
  const hits = { disconnect: 0, cut: 0, silence: 0 };
  const ways = ['disconnect', 'cut', 'disconnect', 'cut', 'silence'] as const;
  for (let time = 0; time < 200; time += 1) {
    const { opened } = stream.state();
    const how = ways[time % ways.length]!;
    // A cut hits the old ones too, which are about to be closed: there are always some current ones.
    expect(platform.push.disturb(how)).toBeGreaterThanOrEqual(1);
    hits[how] += 1;
    await until(() => stream.state().opened > opened);
    await until(() => platform.push.state().connections > 0);
    await sleep(Math.random() * 30);
  }
  const seconds = (performance.now() - start) / 1000;
  const { attempts } = stream.state();
  loading = false;
  await load;

  const missing = () => Array.from({ length: events }, (_, n) => `e${n + 1}`).filter((id) => !handled.has(id));
  await until(() => missing().length === 0);
  expect(hits).toEqual({ disconnect: 80, cut: 80, silence: 40 });
  // 20 ms here is a second there: at most one attempt for each.
  expect(attempts).toBeLessThanOrEqual((seconds * 1000) / 20 + 2);
  expect(distance()).toBeGreaterThanOrEqual(19.9);
  await until(() => stream.state().connections === 1 && platform.push.state().connections === 1);
  await sleep(1000); // The gateway's own timers for what it sent again.
  const eventsTwice = [...handled.values()].filter((times) => times > 1).length;
  const robotsLost = robots - [...handled.keys()].filter((id) => id.startsWith('r')).length;
  handled.clear();
  expect(resources()).toBeLessThanOrEqual(before.resources + 4);
  expect((await heapMb()) - before.heap).toBeLessThan(12);
  if (process.env['SHOW_FIGURES'])
    process.stdout.write(
      `${JSON.stringify({ events, robots, robotsLost, seconds, attempts, distanceMs: distance(), eventsTwice, before, after: { heap: await heapMb(), resources: resources() } })}\n`,
    );
}, 60_000);
