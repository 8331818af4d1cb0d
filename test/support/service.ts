/** The whole service with its sandbox, in this process, on a free port: what the stories of `test/whole/` run against. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { loadConfig } from '../../src/config.ts';
import { type Service, startService } from '../../src/main.ts';
import { type Chatter, aChatter } from './chatter.ts';
import { eachDatabase, type Open, sqliteOpener } from './database.ts';
import { aLog, type KeptLog } from './log.ts';

export interface Running {
  readonly service: Service;
  readonly url: string;
  readonly log: KeptLog;
  as(userid: string): Chatter;
  /** Until nothing is due in the outbox any more. */
  settled(): Promise<void>;
  /** Stops it, and starts it anew on the same database, sandbox and files. */
  restarted(): Promise<Running>;
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

/** On SQLite alone: for what no database changes, such as the pages in a browser. */
export const onSqlite = (): ((options?: ServiceOptions) => Promise<Running>) => serviceOpener(sqliteOpener(), null);

function serviceOpener(open: Open, redisUrl: string | null) {
  const running = new Set<Service>();
  const folders: string[] = [];
  afterAll(async () => {
    for (const service of running) await service.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const begin = async (env: NodeJS.ProcessEnv, folder: string): Promise<Running> => {
    const log = aLog();
    const config = loadConfig({ env, cwd: folder });
    const service = await startService({ config, log, sandboxFolder: join(folder, 'sandbox') });
    running.add(service);
    const { url } = service;
    return {
      ...{ service, url, log },
      as: (userid) => aChatter(url, userid),
      settled: () => service.app.delivery.drain(),
      async restarted() {
        running.delete(service);
        await service.stop();
        return begin(env, folder);
      },
    };
  };
  return async ({ admins = [] }: ServiceOptions = {}): Promise<Running> => {
    const { database, url: databaseUrl } = await open();
    await database.close();
    const folder = await mkdtemp(join(tmpdir(), 'paidan-whole-'));
    folders.push(folder);
    const env = {
      PORT: '0',
      PAIDAN_PUBLIC_URL: 'http://127.0.0.1:0',
      DATABASE_URL: databaseUrl,
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
      PAIDAN_ADMINS: admins.join(','),
    };
    return begin(env, folder);
  };
}
