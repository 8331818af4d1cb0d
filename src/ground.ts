/** Opens what the service stands on: database, cache, files, key, workspaces. Closed in reverse by `main.ts`. */
import type { Config, WecomSettings, WorkspaceSettings } from './config.ts';
import { makeBudget } from './delivery/budget.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { WecomAccount } from './sandbox/account.ts';
import { makeCache } from './store/cache.ts';
import { openDatabase } from './store/database.ts';
import { openFiles } from './store/files.ts';
import { migrate } from './store/migrate.ts';
import { makeSecretBox } from './store/secretBox.ts';
import { readOrMakeSecretKey } from './store/secretKey.ts';
import type { Ground } from './app.ts';
import type { Workspace } from './workspace/port.ts';
import { makeWecom } from './workspace/wecom/wecom.ts';
import type { Cache } from './store/cache.ts';

/** The id of the sandbox's corp as a workspace: part of its callback address. */
export const SANDBOX_ID = 'sandbox';
export const SANDBOX_DINGTALK_ID = 'sandbox-dingtalk';

interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** The simulated corp to connect to, beside what is configured. */
  readonly sandbox: WecomAccount | null;
}

/** @returns with the schema migrated to the newest */
export async function openGround({ config, clock, log, sandbox }: Parts): Promise<Ground> {
  const db = await openDatabase({ url: config.database.url, log });
  const ran = await migrate(db);
  if (ran.length > 0) log.info('database migrated', { migrations: ran });
  const cache = await makeCache(config.redis.url, log);
  const budget = makeBudget({ db, clock, log });
  const settings = [...config.workspaces, ...(sandbox ? [sandboxSettings(sandbox, config)] : [])];
  const make = (one: WorkspaceSettings): [string, Workspace] => [
    one.id,
    makeWorkspace(one, { config, cache, clock, log }),
  ];
  return {
    ...{ config, db, cache, budget, clock, log },
    files: openFiles(config.storage.url),
    box: makeSecretBox(await keyOf(config.secretKey)),
    workspaces: new Map(settings.map(make)),
    random: Math.random,
  };
}

const keyOf = (setting: string): Promise<Uint8Array> =>
  setting.startsWith('file:')
    ? readOrMakeSecretKey(setting.slice('file:'.length))
    : Promise.resolve(Buffer.from(setting, 'base64'));

function makeWorkspace(
  one: WorkspaceSettings,
  { config, cache, clock, log }: { config: Config; cache: Cache; clock: Clock; log: Log },
): Workspace {
  if (one.kind === 'dingtalk') throw new Error(`The workspace ${one.id}: the DingTalk adapter is not here yet`);
  const { id, corpId, agentId, secret, token, encodingAesKey, apiBase, oauthBase, answerSpendsCode, replayWindowMs } =
    one;
  const settings = { answerSpendsCode, replayWindowMs };
  const publicUrl = config.server.publicUrl;
  // The sandbox has its sign-in pages in one place; the platform has them on two hosts.
  const sso = id === SANDBOX_ID ? { ssoBase: oauthBase } : {};
  return makeWecom({
    ...sso,
    id,
    corpId,
    agentId,
    secret,
    token,
    encodingAesKey,
    apiBase,
    oauthBase,
    publicUrl,
    cache,
    clock,
    log,
    settings,
  });
}

function sandboxSettings(account: WecomAccount, config: Config): WecomSettings {
  const { corpId, agentId, secret, token, encodingAesKey, apiBase, oauthBase } = account;
  const port = `http://127.0.0.1:${config.server.port}`;
  // The service reaches itself without the way round over its public address.
  const inside = apiBase.replace(config.server.publicUrl, port);
  return {
    ...{ id: SANDBOX_ID, kind: 'wecom' as const, corpId, agentId, secret, token, encodingAesKey },
    ...{ apiBase: inside, oauthBase, answerSpendsCode: true, replayWindowMs: 5 * 60_000 },
  };
}
