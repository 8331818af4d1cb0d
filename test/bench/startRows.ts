/** P14: from nothing to ready on the embedded default, and the check of all shipped templates. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../src/config/packageRoot.ts';
import { startChild } from './child.ts';
import { median } from './rounds.ts';
import { atMost, type Row } from './row.ts';

const BIN = join(packageRoot(), 'bin/paidan.js');
const ROUNDS = 3;

/** The process that `npm start` ends in, in an empty folder: schema, roles, templates and sandbox are made on the way. */
export async function startTime(folder: string): Promise<Row> {
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const cwd = join(folder, `start-${round}`);
    await mkdir(cwd, { recursive: true });
    first.push(await timeToReady(cwd));
    again.push(await timeToReady(cwd));
  }
  const [ms, secondMs] = [median(first), median(again)];
  return {
    id: 'P14',
    what: 'start to ready, embedded, first time',
    goal: atMost(2, 1),
    ratio: ms / 1000,
    ours: `${ms.toFixed(0)} ms`,
    limit: '',
    more: `again ${secondMs.toFixed(0)} ms`,
  };
}

/** Until `/readyz` says yes. */
async function timeToReady(cwd: string): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  let readyMs: number | null = null;
  const ask = async () => {
    while (readyMs === null) {
      // Given up after a while: the port is taken before the service stands.
      const ok = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ok) readyMs = performance.now() - began;
      else await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return readyMs;
  };
  const asking = ask();
  const child = await startChild({ args: [BIN, 'start'], cwd, env: { PORT: String(port) }, ready: /is ready/ });
  try {
    return await asking;
  } finally {
    await child.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** `paidan template check` as somebody types it, the start of Node included. */
export function checkTime(): Row {
  const folder = join(packageRoot(), 'templates');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
    .map((name) => join(folder, name));
  const times = Array.from({ length: ROUNDS + 2 }, () => {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'template', 'check', ...files], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`template check ended with ${status}: ${stderr}`);
    return performance.now() - began;
  });
  const ms = median(times);
  return {
    id: 'P14 check',
    what: `template check, ${files.length} shipped templates`,
    goal: atMost(0.5, 0.2),
    ratio: ms / 1000,
    ours: `${ms.toFixed(0)} ms`,
    limit: '',
  };
}
