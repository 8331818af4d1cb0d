/** Starts the service and ends it in reverse order. Everything it is made of stands in `app.ts`. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, makeApp } from './app.ts';
import type { Config } from './config.ts';
import { packageRoot } from './config/packageRoot.ts';
import { loadCalendars } from './config/calendars.ts';
import { loadRoles } from './config/roles.ts';
import { loadRotas } from './config/rotas.ts';
import { openGround, SANDBOX_DINGTALK_ID, SANDBOX_ID } from './ground.ts';
import { makeServer } from './http/server.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { firstAdminLink } from './people/admins.ts';
import { seedCalendars } from './people/calendar.ts';
import { seedRoles } from './people/role.ts';
import { seedRotas } from './people/rota.ts';
import { makeSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { pendingMigrations } from './store/migrate.ts';

/** How long what is under way may take when the service is asked to stop. */
const DRAIN_MS = 8_000;

export interface Service {
  readonly url: string;
  readonly app: App;
  readonly sandbox: Sandbox | null;
  /** The one-time link for the first admin; null where there is one. */
  readonly firstAdmin: string | null;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: Config;
  readonly clock?: Clock;
  readonly log: Log;
  /** Where the sandbox keeps its state; null: in memory. */
  readonly sandboxFolder?: string | null;
}

export async function startService(options: StartOptions): Promise<Service> {
  const { config, clock = Date.now, log, sandboxFolder = 'data/sandbox' } = options;
  for (const warning of config.warnings) log.warn(warning);
  const { server, port, serve } = await listen(config.server.port);
  const settled = settlePort(config, port);
  const { publicUrl } = settled.server;
  const sandbox = settled.sandbox.enabled ? await openSandbox(settled, { clock, log, folder: sandboxFolder }) : null;
  const ground = await openGround({ config: settled, clock, log, sandbox });
  const app = makeApp(ground);
  await seedRoles(ground.db, loadRoles());
  await seedCalendars(ground.db, loadCalendars());
  await seedRotas(ground.db, loadRotas());
  await app.start();
  await seedTemplates(app, log);

  const koa = makeServer({
    ...{ db: ground.db, cache: ground.cache, files: ground.files, workspaces: ground.workspaces, clock, log },
    ...{
      tickets: app.tickets,
      templates: app.templates,
      once: app.once,
      commands: app.commands,
      receive: app.receive,
      deadLetters: app.deadLetters,
    },
    directory: app.people.current,
    refreshDirectory: app.people.refresh,
    publicUrl,
    offsetMinutes: 480,
    trustedProxies: config.trustedProxies,
    adopt: sandbox ? [sandbox.middleware()] : [],
    pageFolder: join(packageRoot(), 'dist/page'),
    readiness: () => readiness(ground.db),
  });
  const handle = koa.callback();
  if (sandbox) upgradeTo(sandbox, server);
  serve((request, response) => void handle(request, response));

  if (sandbox) await connectSandbox(sandbox, { port, transport: settled.sandbox.dingtalk, log });
  await app.sync.syncAll();
  warnOfAdmins(config.admins, app, log);
  const token = await firstAdminLink(ground.db, { directory: app.people.current(), configured: config.admins, clock });
  return {
    url: publicUrl,
    app,
    sandbox,
    firstAdmin: token && `${publicUrl}/auth/first/${token}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await app.stop(DRAIN_MS);
      await sandbox?.close();
      server.closeAllConnections();
      await closed;
      await ground.cache.close();
      await ground.db.close();
    },
  };
}

interface Listening {
  readonly server: Server;
  readonly port: number;
  /** From now on requests are answered, those first that waited. */
  readonly serve: (handle: RequestListener) => void;
}

function openSandbox(
  { server }: Config,
  { clock, log, folder }: { clock: Clock; log: Log; folder: string | null },
): Promise<Sandbox> {
  const { publicUrl } = server;
  const insideUrl = `http://127.0.0.1:${server.port}`;
  return makeSandbox({ folder, publicUrl, insideUrl, clock, log: log.with({ part: 'sandbox' }) });
}

/** DingTalk's Stream. Without a sandbox nobody asks for another protocol here: such a request is answered as any other. */
function upgradeTo(sandbox: Sandbox, server: Server): void {
  server.on('upgrade', (request, socket, head) => {
    if (!sandbox.upgrade(request, socket, head)) socket.destroy();
  });
}

/** What an admin does in the consoles of the two platforms. */
async function connectSandbox(
  sandbox: Sandbox,
  { port, transport, log }: { port: number; transport: 'http' | 'stream'; log: Log },
): Promise<void> {
  const callbacks = `http://127.0.0.1:${port}/callbacks`;
  const plant = `${callbacks}/dingtalk/${SANDBOX_DINGTALK_ID}`;
  const overHttp = { transport, robotUrl: `${plant}/robot`, eventUrl: `${plant}/events` } as const;
  const saved = [
    await sandbox.configureCallback(`${callbacks}/wecom/${SANDBOX_ID}`),
    await sandbox.configureDingtalk(transport === 'http' ? overHttp : { transport, robotUrl: null, eventUrl: null }),
  ];
  for (const { ok, problem } of saved) if (!ok) log.error('the sandbox can not reach the service', { problem });
}

/** Named in the settings, and nobody's account: then perhaps nobody is admin, and no link for a first one is printed. */
function warnOfAdmins(admins: readonly string[], app: App, log: Log): void {
  const { accounts } = app.people.current();
  const unknown = admins.filter((account) => !accounts.has(account));
  if (unknown.length > 0) log.warn('admins: nobody in the directory has this account', { unknown });
}

/** Until the service stands, requests wait: the port is taken first, because the sandbox and the cards need its address. */
async function listen(port: number): Promise<Listening> {
  const server = createServer();
  const waiting: Parameters<RequestListener>[] = [];
  const wait: RequestListener = (...asked) => void waiting.push(asked);
  // Without a listener node would drop a request in silence, and its sender would wait for ever.
  server.on('request', wait);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address();
  return {
    server,
    port: typeof address === 'object' && address ? address.port : port,
    serve(handle) {
      server.off('request', wait);
      server.on('request', handle);
      // Who gave up meanwhile asks again.
      for (const asked of waiting.splice(0)) if (!asked[1].destroyed) handle(...asked);
    },
  };
}

/** Port 0 in tests: whatever was free becomes part of our own address. */
function settlePort(config: Config, port: number): Config {
  if (config.server.port === port) return config;
  const publicUrl = config.server.publicUrl.replace(/:0$/, `:${port}`);
  return { ...config, server: { port, publicUrl } };
}

/** The shipped templates, into a database that has none. */
async function seedTemplates(app: App, log: Log): Promise<void> {
  if (app.templates.current().size > 0) return;
  const folder = join(packageRoot(), 'templates');
  for (const file of (await readdir(folder))
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
    .sort()) {
    const { published, findings } = await app.templates.publish(
      await readFile(join(folder, file), 'utf8'),
      null,
      'shipped',
    );
    if (!published) log.error('a shipped template is faulty', { file, findings: findings.slice(0, 3) });
  }
}

async function readiness(db: Parameters<typeof pendingMigrations>[0]): Promise<{ ok: boolean; problems: string[] }> {
  try {
    await db.read((reader) => reader.one('SELECT 1 AS one'));
    const pending = await pendingMigrations(db);
    return { ok: pending.length === 0, problems: pending.map((name) => `migration ${name} is pending`) };
  } catch {
    return { ok: false, problems: ['the database does not answer'] };
  }
}
