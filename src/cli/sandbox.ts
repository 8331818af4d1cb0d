/** `paidan sandbox`: the simulated platforms as a process of their own, so that killing the service leaves them standing. */
import { makeLog } from '../log.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { serveSandbox } from '../sandbox/serve.ts';
import { readArgs, Usage } from './usage.ts';

export async function sandboxCommand(args: readonly string[]): Promise<number> {
  const { given } = readArgs(args, [], ['port', 'folder', 'callback', 'url']);
  const port = Number(given.get('port') ?? 3100);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage('--port 要一个 0–65535 的整数 takes a whole number from 0 to 65535');
  const callbacks = (given.get('callback') ?? '').split(',').filter(Boolean).map(consoleOf);
  const folder = given.get('folder') ?? 'data/sandbox';
  const publicUrl = given.get('url');
  const log = makeLog(process.env['PAIDAN_LOG'] ?? 'warn');
  const { url, sandbox, close } = await serveSandbox({
    port,
    folder,
    clock: Date.now,
    log,
    ...(publicUrl ? { publicUrl } : {}),
  });
  console.log(greeting(url, sandbox));
  for (const save of callbacks) console.log(JSON.stringify(await save(sandbox)));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await close();
  return 0;
}

const HOW =
  '--callback 要用逗号隔开的回调地址 takes callback addresses, separated by commas: https://…/callbacks/wecom/ID, https://…/callbacks/dingtalk/ID, 或 or stream';

/** What an admin does in the console of the platform that the address belongs to. */
function consoleOf(callback: string): (sandbox: Sandbox) => Promise<{ ok: boolean; problem?: string }> {
  const none = { robotUrl: null, eventUrl: null };
  if (callback === 'stream') return (sandbox) => sandbox.configureDingtalk({ transport: 'stream', ...none });
  const kind = /^https?:\/\/[^/]+\/callbacks\/(wecom|dingtalk)\/[^/]+$/.exec(callback)?.[1];
  if (kind === 'wecom') return (sandbox) => sandbox.configureCallback(callback);
  if (kind !== 'dingtalk') throw new Usage(HOW);
  const urls = { robotUrl: `${callback}/robot`, eventUrl: `${callback}/events` };
  return (sandbox) => sandbox.configureDingtalk({ transport: 'http', ...urls });
}

const greeting = (
  url: string,
  { wecom, dingtalk }: Sandbox,
): string => `沙盒已启动 the sandbox is ready: ${url}/sandbox/

把服务接到它 connect a service to it (PAIDAN_CONFIG):
workspaces:
  - id: hq
    kind: wecom
    corp_id: ${wecom.corpId}
    agent_id: ${wecom.agentId}
    secret: ${wecom.secret}
    token: ${wecom.token}
    encoding_aes_key: ${wecom.encodingAesKey}
    api_base: ${wecom.apiBase}
    oauth_base: ${wecom.oauthBase}
  - id: plant
    kind: dingtalk
    corp_id: ${dingtalk.corpId}
    client_id: ${dingtalk.clientId}
    client_secret: ${dingtalk.clientSecret}
    robot_code: ${dingtalk.robotCode}
    agent_id: ${dingtalk.agentId}
    transport: stream
    token: ${dingtalk.token}
    aes_key: ${dingtalk.aesKey}
    card_template_id: ${dingtalk.cardTemplateId}
    api_base: ${dingtalk.apiBase}
    oapi_base: ${dingtalk.oapiBase}
    login_base: ${dingtalk.loginBase}
    jsapi_url: ${dingtalk.jsapiUrl}`;
