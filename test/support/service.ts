/** The whole service with its sandbox, in this process, on a free port: what the stories of `test/whole/` run against. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { loadConfig } from '../../src/config.ts';
import { SANDBOX_DINGTALK_ID, SANDBOX_ID } from '../../src/ground.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { type Service, startService } from '../../src/main.ts';
import { makeApiTokens } from '../../src/people/apiToken.ts';
import { type Chatter, aChatter } from './chatter.ts';
import { eachDatabase, type Open, sqliteOpener } from './database.ts';
import { aLog, type KeptLog } from './log.ts';

export interface Running {
  readonly service: Service;
  readonly url: string;
  readonly log: KeptLog;
  /** Of either corp: their userids never clash. */
  as(userid: string): Chatter;
  /** The person with this account of either corp. @throws Error when nobody has it */
  id(userid: string): number;
  /** Until nothing is due in the outbox any more. */
  settled(): Promise<void>;
  /** Calls the API in this person's name, with every scope. `body`: what it answers as JSON, else null. */
  api(userid: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** A file that the API hands to this person. @throws Error when it does not */
  bytes(userid: string, path: string): Promise<Buffer>;
  /** The sandbox's own levers, below `/sandbox/api/`. */
  sandbox(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Stops it, and starts it anew on the same database, sandbox and files. */
  restarted(): Promise<Running>;
}

export interface ServiceOptions {
  /** How the sandbox's DingTalk calls the service; default Stream. */
  readonly dingtalk?: 'stream' | 'http';
  readonly admins?: readonly string[];
  readonly clock?: Clock;
}

export type Start = (options?: ServiceOptions) => Promise<Running>;

/** The suite on SQLite in process, and on MySQL with Redis where both are set. */
export function eachService(name: string, suite: (start: Start) => void): void {
  eachDatabase(name, (open, dialect) => {
    suite(serviceOpener(open, dialect === 'mysql' ? (process.env['TEST_REDIS_URL'] ?? null) : null));
  });
}

/** On SQLite alone: for what no database changes, such as the pages in a browser. */
export function onSqlite(): Start {
  const { open, end } = sqliteOpener();
  const start = serviceOpener(open, null);
  afterAll(end);
  return start;
}

function serviceOpener(open: Open, redisUrl: string | null) {
  const running = new Set<Service>();
  const folders: string[] = [];
  afterAll(async () => {
    for (const service of running) await service.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const begin = async (env: NodeJS.ProcessEnv, folder: string, clock: Clock): Promise<Running> => {
    const log = aLog();
    const config = loadConfig({ env, cwd: folder });
    const service = await startService({ config, clock, log, sandboxFolder: join(folder, 'sandbox') });
    running.add(service);
    await connected(service, config.sandbox.dingtalk);
    const { url } = service;
    return {
      ...{ service, url, log },
      as: (userid) => aChatter(url, userid),
      id: (userid) => idOf(service, userid),
      settled: () => service.app.delivery.drain(),
      api: async (userid, method, path, body) => ask(method, url + path, body, await tokenOf(service, userid, clock)),
      async bytes(userid, path) {
        const headers = { authorization: `Bearer ${await tokenOf(service, userid, clock)}` };
        const response = await fetch(url + path, { headers });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        return Buffer.from(await response.arrayBuffer());
      },
      sandbox: async (method, path, body) => (await ask(method, `${url}/sandbox/api/${path}`, body)).body,
      async restarted() {
        running.delete(service);
        await service.stop();
        return begin(env, folder, clock);
      },
    };
  };
  return async ({ admins = [], clock = Date.now, dingtalk = 'stream' }: ServiceOptions = {}): Promise<Running> => {
    const { database, url: databaseUrl } = await open();
    await database.close();
    const folder = await mkdtemp(join(tmpdir(), 'paidan-whole-'));
    folders.push(folder);
    const env = {
      PORT: '0',
      PAIDAN_PUBLIC_URL: 'http://127.0.0.1:0',
      DATABASE_URL: databaseUrl,
      // Names of its own: limits and tokens of other suites on the same Redis must not be met here.
      ...(redisUrl ? { REDIS_URL: `${redisUrl}?keyPrefix=${basename(folder)}:` } : {}),
      PAIDAN_ADMINS: admins.join(','),
      PAIDAN_SANDBOX_DINGTALK: dingtalk,
    };
    return begin(env, folder, clock);
  };
}

async function ask(method: string, url: string, body?: unknown, token?: string) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: isJson ? ((await response.json()) as unknown) : null };
}

/** What a platform has to say before the service has opened its Stream is lost, as in life. */
async function connected({ url }: Service, dingtalk: 'stream' | 'http'): Promise<void> {
  const until = Date.now() + 5_000;
  while (dingtalk === 'stream') {
    const { body } = await ask('GET', `${url}/sandbox/api/dingtalk/stream`);
    if ((body as { connections: number }).connections > 0) return;
    if (Date.now() > until) throw new Error('The service did not connect to DingTalk’s Stream');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function idOf({ app }: Service, userid: string): number {
  const { accounts } = app.people.current();
  const account = userid.toLowerCase();
  const personId = [SANDBOX_ID, SANDBOX_DINGTALK_ID].map((id) => accounts.get(`${id}/${account}`)).find(Boolean);
  if (personId === undefined) throw new Error(`Nobody is called ${userid}`);
  return personId;
}

async function tokenOf(service: Service, userid: string, clock: Clock): Promise<string> {
  const { app } = service;
  const tokens = makeApiTokens({ db: app.db, directory: app.people.current, clock });
  const personId = idOf(service, userid);
  return (await tokens.make({ personId, scopes: ['read', 'write', 'admin'], until: null })).token;
}
