/**
 * Settings: `config/default.yaml`, then the file in PAIDAN_CONFIG, then environment variables.
 * Whatever is wrong stops the start, all of it at once and never with a value. Source: shared/design/contract.md.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Environment, readEnvironment, unknownVariables } from './config/environment.ts';
import { judge, SANDBOX_WORKSPACE } from './config/judge.ts';
import { type Layer, overlay, placeOf, readYaml } from './config/layer.ts';
import { packageRoot } from './config/packageRoot.ts';
import { ConfigError, pathText } from './config/problem.ts';
import { resolveReferences } from './config/reference.ts';
import type { Written } from './config/shape.ts';
import { type WorkspaceSettings, workspaceSettings } from './config/workspace.ts';

export type { DingtalkSettings, WecomSettings, WorkspaceSettings } from './config/workspace.ts';

export interface Config {
  /** `publicUrl` without a slash at its end. */
  readonly server: { readonly port: number; readonly publicUrl: string };
  /** `sqlite:/absolute/path`, `sqlite::memory:` or `mysql://…`. */
  readonly database: { readonly url: string };
  /** null: everything in this process. */
  readonly redis: { readonly url: string | null };
  /** `file:/absolute/folder`. */
  readonly storage: { readonly url: string };
  readonly mail: { readonly url: string };
  /** `file:/absolute/path`, made on first start when absent; or the key itself, 32 bytes in base64. */
  readonly secretKey: string;
  readonly timeZone: string;
  /** `dingtalk`: how its simulated DingTalk calls the service. */
  readonly sandbox: { readonly enabled: boolean; readonly dingtalk: 'stream' | 'http' };
  /** `workspace/account`, lower-cased. */
  readonly admins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly outgoingHosts: readonly string[];
  readonly metrics: { readonly token: string | null };
  /** Milliseconds; null: for ever. */
  readonly retention: {
    readonly closedTicketsMs: number | null;
    readonly auditMs: number | null;
    readonly callbacksMs: number;
  };
  readonly workspaces: readonly WorkspaceSettings[];
  /** To be logged at start, in Chinese and English. */
  readonly warnings: readonly string[];
}

interface Source {
  readonly env: Environment;
  /** Relative paths start here. */
  readonly cwd: string;
}

/** @throws ConfigError with every problem */
export function loadConfig({ env, cwd }: Source): Config {
  const layers = readLayers({ env, cwd });
  const merged = layers.map(({ value }) => value).reduce(overlay);
  const { value, problems: unresolved } = resolveReferences(merged, { env, cwd });
  const { written, found } = judge(value);
  // What a reference could not give is not also "missing".
  const seen = new Set(unresolved.map(({ path }) => pathText(path)));
  const problems = [...unresolved, ...found.filter(({ path }) => !seen.has(pathText(path)))];
  const located = problems.map((problem) => ({ ...problem, where: placeOf(layers, problem.path) }));
  if (!written || located.length > 0) throw new ConfigError(located);
  return {
    ...settings(written, cwd),
    workspaces: written.workspaces.map(workspaceSettings),
    warnings: warnings(written, env),
  };
}

function readLayers({ env, cwd }: Source): Layer[] {
  const files = [{ path: join(packageRoot(), 'config/default.yaml'), name: 'config/default.yaml' }];
  const own = env.PAIDAN_CONFIG;
  if (own) files.push({ path: resolve(cwd, own), name: own });
  const read = files.map(({ path, name }) => readYaml(textOf(path, name), name));
  const problems = read.flatMap((file) => file.problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return [...read.map(({ layer }) => layer), readEnvironment(env)];
}

function textOf(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ConfigError([
      {
        where: name,
        path: [],
        zh: `读不到这个配置文件（${why}）。请检查 PAIDAN_CONFIG 和文件权限。`,
        en: `This configuration file can't be read (${why}); check PAIDAN_CONFIG and the file's permissions.`,
      },
    ]);
  }
}

function settings(written: Written, cwd: string): Omit<Config, 'workspaces' | 'warnings'> {
  const { server, database, retention, metrics } = written;
  const inCwd = (url: string) =>
    url.replace(
      /^(file|sqlite):(?!:memory:)(.+)$/,
      (_whole, kind: string, path: string) => `${kind}:${resolve(cwd, path)}`,
    );
  const only = written.workspaces[0]?.id ?? SANDBOX_WORKSPACE;
  return {
    server: { port: server.port, publicUrl: server.public_url ?? `http://127.0.0.1:${server.port}` },
    database: { url: inCwd(database.url) },
    redis: written.redis,
    storage: { url: inCwd(written.storage.url) },
    mail: written.mail,
    secretKey: inCwd(written.secret_key),
    timeZone: written.time_zone,
    sandbox: {
      enabled: written.sandbox.enabled ?? written.workspaces.length === 0,
      dingtalk: written.sandbox.dingtalk,
    },
    admins: written.admins.map((admin) => (admin.includes('/') ? admin : `${only}/${admin}`).toLowerCase()),
    trustedProxies: written.trusted_proxies,
    outgoingHosts: written.outgoing_hosts,
    metrics,
    retention: {
      closedTicketsMs: retention.closed_tickets,
      auditMs: retention.audit,
      callbacksMs: retention.callbacks,
    },
  };
}

function warnings({ mail, workspaces: all }: Written, env: Environment): string[] {
  const unknown = unknownVariables(env).map(
    (name) =>
      `环境变量 ${name} 不是已知的设置，已忽略。 / The environment variable ${name} is no known setting and was ignored.`,
  );
  const bots = all.filter((one) => one.kind === 'wecom' && one.bot);
  return [
    ...unknown,
    ...bots.map(
      ({ id }) =>
        `workspaces ${id}：本版本还不使用智能机器人（bot）。 / The intelligent robot (bot) of ${id} is not used in this version.`,
    ),
    ...(mail.url === 'sandbox:' ? [] : ['mail.url：本版本还不发邮件。 / mail.url: this version sends no mail yet.']),
  ];
}
