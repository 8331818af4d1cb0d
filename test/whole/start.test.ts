/** What comes in while the service is starting: a platform calls as soon as the port is open. */
import { afterAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { openGround } from '../../src/ground.ts';
import { startService } from '../../src/main.ts';
import type { Workspace } from '../../src/workspace/port.ts';
import { aLog } from '../support/log.ts';

const atEnd: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const work of atEnd.reverse()) await work();
});

it('answers a request that came before it stood', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paidan-start-'));
  atEnd.push(() => rm(folder, { recursive: true, force: true }));
  const url = `http://127.0.0.1:${await freePort()}`;
  const env = { PAIDAN_PUBLIC_URL: url, PORT: new URL(url).port, DATABASE_URL: `sqlite:${join(folder, 'start.db')}` };
  let stands = false;
  const starting = startService({ config: loadConfig({ env, cwd: folder }), log: aLog(), sandboxFolder: null });
  const asked = firstAnswer(`${url}/readyz`, () => stands);
  const service = await starting;
  stands = true;
  atEnd.push(() => service.stop());
  expect(await asked).toEqual({ status: 200, before: true });
});

it('both simulated platforms answer where the public address leads nowhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paidan-start-'));
  atEnd.push(() => rm(folder, { recursive: true, force: true }));
  const inside = `http://127.0.0.1:${await freePort()}`;
  const env = {
    ...{ PAIDAN_PUBLIC_URL: 'https://paidan.invalid', PORT: new URL(inside).port },
    DATABASE_URL: `sqlite:${join(folder, 'start.db')}`,
  };
  const service = await startService({ config: loadConfig({ env, cwd: folder }), log: aLog(), sandboxFolder: null });
  atEnd.push(() => service.stop());
  const stream = `${inside}/sandbox/api/dingtalk/stream`;
  await until(
    async () => (await (await fetch(stream)).json()) as { connections: number },
    ({ connections }) => connections > 0,
  );
  for (const userid of ['wangxiao', 'ding-fangmin']) {
    const chat = `${inside}/sandbox/api/chats/${userid}`;
    const headers = { 'content-type': 'application/json' };
    await fetch(`${chat}/text`, { method: 'POST', headers, body: JSON.stringify({ content: '帮助' }) });
    await until(
      async () => (await (await fetch(chat)).json()) as { messages: { from: string }[] },
      ({ messages }) => messages.some(({ from }) => from === 'app'),
    );
  }
});

it('stops in the time that it has, however long its platforms take (promise 8)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paidan-start-'));
  atEnd.push(() => rm(folder, { recursive: true, force: true }));
  const env = { DATABASE_URL: `sqlite:${join(folder, 'start.db')}` };
  const ground = await openGround({
    config: loadConfig({ env, cwd: folder }),
    clock: Date.now,
    log: aLog(),
    sandbox: null,
  });
  const slow = (id: string) => ({ id, start: async () => undefined, stop: () => sleep(700) }) as unknown as Workspace;
  const app = makeApp({ ...ground, workspaces: new Map(['a', 'b', 'c'].map((id) => [id, slow(id)])) });
  await app.start();
  const began = Date.now();
  await app.stop(8_000);
  expect(Date.now() - began).toBeLessThan(1_900);
  await ground.cache.close();
  await ground.db.close();
});

async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<void> {
  const began = performance.now();
  while (!isSo(await ask())) {
    if (performance.now() - began > 5_000) throw new Error('It did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Asks as soon as the connection is taken. */
async function firstAnswer(url: string, stands: () => boolean): Promise<{ status: number; before: boolean }> {
  for (;;) {
    const before = !stands();
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(20_000) });
      return { status, before };
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
