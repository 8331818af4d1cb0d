/** The service as it is built and started: killed at any instant, and started again at the same address. */
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/config/packageRoot.ts';
import { type Child, startChild } from './child.ts';

export interface Service {
  readonly url: string;
  /** Starts the process, which must not be running, and returns at once. */
  start(): void;
  /** Until it has done all that a first start does: the directory is read from the platform. */
  stands(): Promise<void>;
  /** @returns milliseconds from its start until `/readyz` says so. @throws Error when it ends before */
  ready(): Promise<number>;
  kill(): Promise<void>;
  /** @returns its exit code; null when it did not end in time */
  end(): Promise<number | null>;
  /** What all its lives wrote. */
  log(): string;
  /** Lines of it that say `error`. */
  errors(): string[];
}

interface Options {
  readonly folder: string;
  /** YAML. */
  readonly workspaces: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
}

const BIN = join(packageRoot(), 'bin/paidan.js');
const PATIENCE_MS = 60_000;

export async function makeService({ folder, workspaces, databaseUrl, redisUrl }: Options): Promise<Service> {
  await writeFile(join(folder, 'config.yaml'), `${workspaces}\nsandbox: { enabled: false }\n`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ PAIDAN_CONFIG: 'config.yaml', PORT: `${port}`, PAIDAN_PUBLIC_URL: url, DATABASE_URL: databaseUrl },
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  };
  const lives: Child[] = [];
  let began = 0;
  const child = () => {
    const last = lives.at(-1);
    if (!last) throw new Error('The service was never started');
    return last;
  };
  const log = () => lives.map((life, n) => `--- life ${n + 1}\n${life.output()}`).join('\n');
  return {
    url,
    start() {
      began = performance.now();
      lives.push(startChild({ args: [BIN, 'start'], cwd: folder, env }));
    },
    stands: async () => void (await child().says(/Paidan is ready/)),
    async ready() {
      while (performance.now() - began < PATIENCE_MS) {
        if (!child().isRunning()) throw new Error(`The service ended by itself:\n${child().output().slice(-4_000)}`);
        // While it starts it may take the connection and not answer yet.
        const limit = AbortSignal.timeout(PATIENCE_MS);
        const answer = await fetch(`${url}/readyz`, { signal: limit }).catch(() => null);
        if (answer?.ok) return performance.now() - began;
        await sleep(20);
      }
      throw new Error(`The service is not ready after ${PATIENCE_MS} ms:\n${child().output().slice(-4_000)}`);
    },
    kill: () => child().kill(),
    end: () => child().end(),
    log,
    errors: () => log().split('\n').filter(isError),
  };
}

/** pino's level 50, or whatever a process says when it falls over. */
const isError = (line: string): boolean => /"level":(50|60)|^\s*(\w*Error|Uncaught|node:internal)/.test(line);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
