/** Opens what the service stands on: database, cache, files, key, workspaces. Closed in reverse by `main.ts`. */
import type { Config, DingtalkSettings, WecomSettings, WorkspaceSettings } from './config.ts';
import { SANDBOX_DINGTALK_WORKSPACE, SANDBOX_WORKSPACE } from './config/judge.ts';
import { type Budget, makeBudget } from './delivery/budget.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { WecomAccount } from './sandbox/account.ts';
import type { DingtalkAccount } from './sandbox/dingtalk/account.ts';
import { spellingOf } from './people/spelling.ts';
import { type Cache, makeCache } from './store/cache.ts';
import { type Database, openDatabase } from './store/database.ts';
import { openFiles } from './store/files.ts';
import { migrate } from './store/migrate.ts';
import { makeSecretBox } from './store/secretBox.ts';
import { readOrMakeSecretKey } from './store/secretKey.ts';
import type { Ground } from './app.ts';
import { makeDingtalk } from './workspace/dingtalk/dingtalk.ts';
import type { Workspace } from './workspace/port.ts';
import { makeWecom } from './workspace/wecom/wecom.ts';

/** The ids of the sandbox's corps as workspaces: part of their callback addresses. */
export { SANDBOX_WORKSPACE as SANDBOX_ID, SANDBOX_DINGTALK_WORKSPACE as SANDBOX_DINGTALK_ID } from './config/judge.ts';

interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** The simulated corps to connect to, beside what is configured. */
  readonly sandbox: { readonly wecom: WecomAccount; readonly dingtalk: DingtalkAccount } | null;
}

/** What every adapter is given. */
interface Common {
  readonly publicUrl: string;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Log;
}

/** What DingTalk's is given of ours. */
interface Kept {
  readonly db: Database;
  readonly budget: Budget;
}

/** @returns with the schema migrated to the newest */
export async function openGround({ config, clock, log, sandbox }: Parts): Promise<Ground> {
  const db = await openDatabase({ url: config.database.url, log });
  const ran = await migrate(db);
  if (ran.length > 0) log.info('database migrated', { migrations: ran });
  const cache = await makeCache(config.redis.url, log, clock);
  const budget = makeBudget({ db, clock, log });
  const common = { publicUrl: config.server.publicUrl, cache, clock, log };
  const settings = [...config.workspaces, ...(sandbox ? sandboxSettings(sandbox, config) : [])];
  return {
    ...{ config, db, cache, budget, clock, log },
    files: openFiles(config.storage.url),
    box: makeSecretBox(await keyOf(config.secretKey)),
    workspaces: new Map(settings.map((one) => [one.id, makeWorkspace(one, common, { db, budget })])),
    random: Math.random,
  };
}

const keyOf = (setting: string): Promise<Uint8Array> =>
  setting.startsWith('file:')
    ? readOrMakeSecretKey(setting.slice('file:'.length))
    : Promise.resolve(Buffer.from(setting, 'base64'));

const makeWorkspace = (one: WorkspaceSettings, common: Common, more: Kept): Workspace =>
  one.kind === 'wecom' ? wecom(one, common) : dingtalk(one, common, more);

function wecom(one: WecomSettings, common: Common): Workspace {
  const { kind: _kind, answerSpendsCode, replayWindowMs, ...credentials } = one;
  // The sandbox has its sign-in pages in one place; the platform has them on two hosts.
  const sso = one.id === SANDBOX_WORKSPACE ? { ssoBase: one.oauthBase } : {};
  return makeWecom({ ...common, ...credentials, ...sso, settings: { answerSpendsCode, replayWindowMs } });
}

function dingtalk(one: DingtalkSettings, common: Common, { db, budget }: Kept): Workspace {
  const { kind: _kind, quota, formBytes, replayWindowMs, eventWindowMs, streamIdleMs, ...credentials } = one;
  return makeDingtalk({
    ...common,
    ...credentials,
    spelling: (account) => spellingOf(db, one.id, account),
    meter: budget.meter(one.id),
    settings: { quota, formBytes, replayWindowMs, eventWindowMs, streamIdleMs },
  });
}

function sandboxSettings(
  { wecom: hq, dingtalk: plant }: NonNullable<Parts['sandbox']>,
  { server, sandbox }: Config,
): WorkspaceSettings[] {
  // The service reaches itself without the way round over its public address.
  const inside = (url: string) => url.replace(server.publicUrl, `http://127.0.0.1:${server.port}`);
  return [
    {
      ...{ id: SANDBOX_WORKSPACE, kind: 'wecom', answerSpendsCode: true, replayWindowMs: 5 * 60_000 },
      ...{ corpId: hq.corpId, agentId: hq.agentId, secret: hq.secret, token: hq.token },
      ...{ encodingAesKey: hq.encodingAesKey, apiBase: inside(hq.apiBase), oauthBase: hq.oauthBase },
    },
    {
      ...plant,
      ...{ id: SANDBOX_DINGTALK_WORKSPACE, kind: 'dingtalk', transport: sandbox.dingtalk },
      ...{ quota: { calls: 5_000, pushes: 3_000 }, formBytes: 8_192 },
      ...{ replayWindowMs: 60 * 60_000, eventWindowMs: 5 * 60_000, streamIdleMs: 90_000 },
    },
  ];
}
