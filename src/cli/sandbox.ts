/** `paidan sandbox`: the simulated platform as a process of its own, so that killing the service leaves it standing. */
import { makeLog } from '../log.ts';
import { serveSandbox } from '../sandbox/serve.ts';
import { readArgs, Usage } from './usage.ts';

export async function sandboxCommand(args: readonly string[]): Promise<number> {
  const { given } = readArgs(args, [], ['port', 'folder', 'callback', 'url']);
  const port = Number(given.get('port') ?? 3100);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Usage('--port 要一个 0–65535 的整数 takes a whole number from 0 to 65535');
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
  const { corpId, agentId, secret, token, encodingAesKey, apiBase, oauthBase } = sandbox.wecom;
  console.log(`沙箱已启动 the sandbox is ready: ${url}/sandbox/

把服务接到它 connect a service to it (PAIDAN_CONFIG):
workspaces:
  - id: hq
    kind: wecom
    corp_id: ${corpId}
    agent_id: ${agentId}
    secret: ${secret}
    token: ${token}
    encoding_aes_key: ${encodingAesKey}
    api_base: ${apiBase}
    oauth_base: ${oauthBase}`);
  const callback = given.get('callback');
  if (callback) console.log(JSON.stringify(await sandbox.configureCallback(callback)));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await close();
  return 0;
}
