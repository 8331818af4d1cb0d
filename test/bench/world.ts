/** What the rows on MariaDB share: the service, the limit server, the load. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import type { Load, Plan } from './load.ts';
import type { Mariadb } from './mariadb.ts';
import { REQUESTERS } from './people.ts';
import { type Service, startService, TEMPLATE } from './service.ts';
import type { Size } from './size.ts';
import { request } from './wire.ts';

export interface World {
  readonly size: Size;
  readonly load: Load;
  readonly service: Service;
  readonly limit: { readonly port: number; readonly process: Child };
  /** One for each requester, so that nobody is held up for being too quick. */
  readonly filings: readonly string[];
  end(): Promise<void>;
}

interface Options {
  readonly size: Size;
  readonly load: Load;
  readonly mariadb: Mariadb;
  readonly folder: string;
  readonly redisUrl: string | null;
  readonly nodeArgs: readonly string[];
}

export async function startWorld({ size, load, mariadb, folder, redisUrl, nodeArgs }: Options): Promise<World> {
  const databaseUrl = await mariadb.create('service');
  const service = await startService({ folder: join(folder, 'service'), databaseUrl, redisUrl, nodeArgs });
  const limit = await startLimit(await mariadb.create('limit'));
  const filings = await filingsOf(service);
  service.platform.pause();
  return {
    ...{ size, load, service, limit, filings },
    async end() {
      await service.end();
      await limit.process.end();
    },
  };
}

async function startLimit(databaseUrl: string): Promise<World['limit']> {
  const process = await startChild({
    args: [fileURLToPath(new URL('./limitServer.js', import.meta.url))],
    env: { DATABASE_URL: databaseUrl },
    ready: /ready \d+\n/,
  });
  return { process, port: Number(/ready (\d+)/.exec(process.greeting)?.[1]) };
}

/** A hardware repair: the engine looks for the engineer with the least to do. */
export const filingsOf = async (service: Service): Promise<string[]> =>
  (await service.tokens(REQUESTERS)).map((token) => filing(token, TEMPLATE.repair));

export function filing(token: string, template: string): string {
  const title = '三楼打印机卡纸，换过纸盒仍然卡';
  const values = { title, detail: '下午两点以后每次都卡在第二页。', urgency: '紧急', category: '硬件故障' };
  return request({
    path: '/api/v1/tickets',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ template, values }),
  });
}

/** Files through the service, or stores at the limit server: the same body to both. */
export function filePlans({ service, limit, filings }: World) {
  const plan =
    (port: number) =>
    (connections: number, times: number): Plan => ({
      ...{ port, connections, times, requests: filings, expect: 201 },
    });
  return { ours: plan(service.port), limit: plan(limit.port) };
}
