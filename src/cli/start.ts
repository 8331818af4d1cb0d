/** `paidan start`: until SIGTERM or SIGINT. */
import { loadConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { type Service, startService } from '../main.ts';

export async function startCommand(): Promise<number> {
  const began = performance.now();
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const log = makeLog(process.env['PAIDAN_LOG'] ?? 'warn');
  const service = await startService({ config, log });
  console.log(greeting(service, Math.round(performance.now() - began)));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  await service.stop();
  return 0;
}

function greeting({ url, sandbox, firstAdmin }: Service, ms: number): string {
  const lines = [`派单已启动 Paidan is ready: ${url} (${ms} ms)`];
  if (sandbox)
    lines.push(
      '',
      `  打开聊天页 open the chat page:  ${url}/sandbox/`,
      '  以「王晓」发「报修 打印机卡纸 紧急」，再看「陈伟」的聊天。',
      '  As 王晓 (wangxiao) send “报修 打印机卡纸 紧急”, then look at the chat of 陈伟.',
      '  问题分类选「网络问题」，就派给钉钉上的「宋杰」。With the category 网络问题 it goes to 宋杰, on DingTalk.',
    );
  if (firstAdmin) lines.push('', `  第一个管理员，24 小时内打开一次 first admin, once within 24 h:\n  ${firstAdmin}`);
  return lines.join('\n');
}
