/** The whole service with its sandbox, in this process, on a free port: what the stories of `test/whole/` run against. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { loadConfig } from '../../src/config.ts';
import { type Service, startService } from '../../src/main.ts';
import { type Chatter, aChatter } from './chatter.ts';
import { eachDatabase, type Open } from './database.ts';
import { aLog, type KeptLog } from './log.ts';

export interface Running {
  readonly service: Service;
  readonly url: string;
  readonly log: KeptLog;
  as(userid: string): Chatter;
  /** Until nothing is due in the outbox any more. */
  settled(): Promise<void>;
}

export interface ServiceOptions {
  readonly admins?: readonly string[];
}

/** The suite on SQLite in process, and on MySQL with Redis where both are set. */
export function eachService(
  name: string,
  suite: (start: (options?: ServiceOptions) => Promise<Running>) => void,
): void {
  eachDatabase(name, (open, dialect) => {
    suite(serviceOpener(open, dialect === 'mysql' ? (process.env['TEST_REDIS_URL'] ?? null) : null));
  });
}

function serviceOpener(open: Open, redisUrl: string | null) {
  const running: { service: Service; folder: string }[] = [];
  afterAll(async () => {
    for (const { service, folder } of running) {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
  return async ({ admins = [] }: ServiceOptions = {}): Promise<Running> => {
    const { database, url: databaseUrl } = await open();
    await database.close();
    const folder = await mkdtemp(join(tmpdir(), 'paidan-whole-'));
    const log = aLog();
    const env = {
      PORT: '0',
      PAIDAN_PUBLIC_URL: 'http://127.0.0.1:0',
      DATABASE_URL: databaseUrl,
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
      PAIDAN_ADMINS: admins.join(','),
    };
    const service = await startService({ config: loadConfig({ env, cwd: folder }), log, sandboxFolder: null });
    running.push({ service, folder });
    const { url } = service;
    return { service, url, log, as: (userid) => aChatter(url, userid), settled: () => service.app.delivery.drain() };
  };
}
