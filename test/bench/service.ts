/**
 * The service as it is built and started, with a WeCom beside it that is the sandbox in a process of its own. While a
 * row is measured that platform stands still, so that delivery waits for it with all its places taken: the row is then
 * about what comes in, and neither the platform's CPU time nor delivery's is in it. Rows that want both say so.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../src/config/packageRoot.ts';
import { loadRoles } from '../../src/config/roles.ts';
import { makeLog } from '../../src/log.ts';
import { makeApiTokens } from '../../src/people/apiToken.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import { seedRoles } from '../../src/people/role.ts';
import { makeAccount } from '../../src/sandbox/account.ts';
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
  /** An API token for each of these accounts. */
  tokens(accounts: readonly string[]): Promise<string[]>;
  end(): Promise<void>;
}

export const WORKSPACE = 'hq';
/** The shipped 报修; and the same handled by the requester's manager, so that handlers are as many as requesters. */
export const TEMPLATE = { repair: 'bench', byManager: 'bench-manager' } as const;
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
    args: [fileURLToPath(new URL('./platform.js', import.meta.url))],
    ready: /ready .*\n/,
  });
  await writeFile(join(folder, 'config.yaml'), settings(platform.greeting.replace(/^[^]*ready (.*)\n[^]*$/, '$1')));
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
  const db = await openDatabase({ url, log: makeLog('warn'), poolSize: 8 });
  await migrate(db);
  const here = (name: string) => name.replace(/^sandbox\//, `${WORKSPACE}/`);
  const roles = loadRoles().map(({ name, members, departments }) => ({
    ...{ name, members: members.map(here), departments: departments.map(here) },
  }));
  await seedRoles(db, roles);
  return db;
}

function settings(platformUrl: string): string {
  const { corpId, agentId, secret, token, encodingAesKey, apiBase, oauthBase } = makeAccount(platformUrl);
  const workspace = {
    ...{ id: WORKSPACE, kind: 'wecom', corp_id: corpId, agent_id: agentId, secret, token },
    ...{ encoding_aes_key: encodingAesKey, api_base: apiBase, oauth_base: oauthBase },
  };
  return JSON.stringify({ workspaces: [workspace], admins: [`${WORKSPACE}/${ADMIN}`] }); // JSON is YAML, too.
}

function tokensIn(db: Database): Service['tokens'] {
  return async (wanted) => {
    const log = makeLog('warn');
    const people = makeDirectory({ db, cache: await makeCache(null, log), clock: Date.now, log, admins: [] });
    const { accounts } = await people.refresh();
    const api = makeApiTokens({ db, directory: people.current, clock: Date.now });
    const make = async (account: string) => {
      const personId = accounts.get(`${WORKSPACE}/${account}`);
      if (personId === undefined) throw new Error(`The directory does not know ${account}`);
      return (await api.make({ personId, scopes: ['read', 'write', 'admin'], until: null })).token;
    };
    return Promise.all(wanted.map(make));
  };
}

/** Without the limit per day, under names of their own. */
async function publish({ port, tokens }: Service): Promise<void> {
  const shipped = await readFile(join(packageRoot(), 'templates/it-repair.yaml'), 'utf8');
  const repair = shipped
    .replace(/^template: .*/m, `template: ${TEMPLATE.repair}`)
    .replace(/^keywords: .*/m, 'keywords: [压测]')
    .replace(/^number: .*/m, 'number: B-{yyyy}{MM}-{seq:4}')
    .replace(/^ {2}limit: .*\n/m, '');
  const byManager = repair
    .replace(/^template: .*/m, `template: ${TEMPLATE.byManager}`)
    .replace(/^keywords: .*/m, 'keywords: [主管处理]')
    .replace(/^number: .*/m, 'number: M-{yyyy}{MM}-{seq:4}')
    .replace(/^ {4}assignee: [^]*?(?=^ {4}strategy)/m, '    assignee: { manager: requester }\n');
  const [token = ''] = await tokens([ADMIN]);
  const headers = { authorization: `Bearer ${token}` };
  const line = await openLine(port);
  for (const text of [repair, byManager]) {
    const answer = await line.send(request({ path: '/api/v1/templates', headers, body: JSON.stringify({ text }) }));
    if (answer.status !== 200) throw new Error(`A template was not published: ${answer.status} ${answer.body}`);
  }
  line.close();
}
