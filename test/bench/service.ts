/**
 * The service as it is built and started, with a WeCom beside it that is the sandbox in a process of its own. While a
 * row is measured that platform stands still, so that delivery waits for it with all its places taken: the row is then
 * about what comes in, and neither the platform's CPU time nor delivery's is in it. Rows that want both say so.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/config/packageRoot.ts';
import { loadRoles } from '../../src/config/roles.ts';
import { makeLog } from '../../src/log.ts';
import { makeApiTokens } from '../../src/people/apiToken.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import { seedRoles } from '../../src/people/role.ts';
import { makeCache } from '../../src/store/cache.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { type Child, startChild } from './child.ts';
import { openLine, request } from './wire.ts';

export interface Service {
  readonly port: number;
  readonly process: Child;
  readonly platform: Child;
  /** The service's own database, opened a second time. */
  readonly db: Database;
  /** API tokens of an account, as many as asked for: the API takes 600 requests a minute of each. */
  tokens(account: string, count: number): Promise<string[]>;
  end(): Promise<void>;
}

export const WORKSPACE = 'hq';
export const TEMPLATE = 'bench';
const BIN = join(packageRoot(), 'bin/paidan.js');
const ADMIN = 'zhouming';

interface Options {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Arguments for node itself, such as `--cpu-prof`. */
  readonly nodeArgs?: readonly string[];
}

export async function startService({ folder, databaseUrl, redisUrl, nodeArgs = [] }: Options): Promise<Service> {
  await mkdir(folder, { recursive: true });
  const db = await seeded(databaseUrl);
  const platform = await startChild({
    args: [BIN, 'sandbox', '--port', '0', '--folder', join(folder, 'sandbox')],
    ready: /oauth_base: .*\n/,
  });
  const [, workspaces = ''] = /^(workspaces:[^]*)/m.exec(platform.greeting) ?? [];
  const settings = `${workspaces}\nadmins: [${WORKSPACE}/${ADMIN}]\nsandbox: { enabled: false }\n`;
  await writeFile(join(folder, 'config.yaml'), settings);
  const process = await startChild({
    args: [...nodeArgs, BIN, 'start'],
    cwd: folder,
    env: {
      ...{
        PAIDAN_CONFIG: 'config.yaml',
        PORT: '0',
        PAIDAN_PUBLIC_URL: 'http://127.0.0.1:0',
        DATABASE_URL: databaseUrl,
      },
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    },
    ready: /ready: http:\/\/[^ ]+:\d+ /,
  });
  const port = Number(/:(\d+) /.exec(process.greeting)?.[1]);
  const service: Service = {
    ...{ port, process, platform, db, tokens: tokensIn(db) },
    async end() {
      await process.end();
      await platform.end();
      await db.close();
    },
  };
  await publish(service);
  return service;
}

/** Roles stand before the first start: the shipped ones name people of the embedded sandbox. */
async function seeded(url: string): Promise<Database> {
  const db = await openDatabase({ url, log: makeLog('warn'), poolSize: 2 });
  await migrate(db);
  const here = (name: string) => name.replace(/^sandbox\//, `${WORKSPACE}/`);
  const roles = loadRoles().map(({ name, members, departments }) => ({
    ...{ name, members: members.map(here), departments: departments.map(here) },
  }));
  await seedRoles(db, roles);
  return db;
}

function tokensIn(db: Database): Service['tokens'] {
  return async (account, count) => {
    const log = makeLog('warn');
    const people = makeDirectory({ db, cache: await makeCache(null, log), clock: Date.now, log, admins: [] });
    const { accounts } = await people.refresh();
    const personId = accounts.get(`${WORKSPACE}/${account}`.toLowerCase());
    if (personId === undefined) throw new Error(`The directory does not know ${account}`);
    const api = makeApiTokens({ db, directory: people.current, clock: Date.now });
    const make = () => api.make({ personId, scopes: ['read', 'write', 'admin'], until: null });
    const tokens: string[] = [];
    for (let i = 0; i < count; i += 1) tokens.push((await make()).token);
    return tokens;
  };
}

/** The shipped 报修 without its limit per day and under a name of its own. */
async function publish({ port, tokens }: Service): Promise<void> {
  const shipped = await readFile(join(packageRoot(), 'templates/it-repair.yaml'), 'utf8');
  const text = shipped
    .replace(/^template: .*/m, `template: ${TEMPLATE}`)
    .replace(/^name: .*/m, 'name: 压测')
    .replace(/^keywords: .*/m, 'keywords: [压测]')
    .replace(/^number: .*/m, 'number: B-{yyyy}{MM}-{seq:4}')
    .replace(/^ {2}limit: .*\n/m, '');
  const [token = ''] = await tokens(ADMIN, 1);
  const line = await openLine(port);
  const answer = await line.send(
    request({
      path: '/api/v1/templates',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ text }),
    }),
  );
  line.close();
  if (answer.status !== 200) throw new Error(`The bench's template was not published: ${answer.status} ${answer.body}`);
}
