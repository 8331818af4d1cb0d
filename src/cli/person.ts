/** `paidan person link|unlink WORKSPACE/ACCOUNT WORKSPACE/ACCOUNT`: one person on two platforms, or two people after all. */
import { makeApp } from '../app.ts';
import { refusalText } from '../card/refusalText.ts';
import { loadConfig } from '../config.ts';
import { openGround } from '../ground.ts';
import { Refused } from '../lib/refusal.ts';
import { makeLog } from '../log.ts';
import { linkAccounts, unlinkAccounts } from '../people/link.ts';
import { readArgs, Usage } from './usage.ts';

const HOW =
  '用法 usage: paidan person link FROM INTO · paidan person unlink FROM INTO，账号写成 accounts as 工作区/账号 workspace/account';

export async function personCommand(args: readonly string[]): Promise<number> {
  const [what, from, into, ...more] = readArgs(args, [], []).rest;
  const change = what === 'link' ? linkAccounts : what === 'unlink' ? unlinkAccounts : null;
  if (!change || !from || !into || more.length > 0) throw new Usage(HOW);
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const ground = await openGround({ config, clock: Date.now, log: makeLog('warn'), sandbox: null });
  try {
    const personId = await change(ground.db, { from, into, announcer: ground.cache });
    const person = (await makeApp(ground).people.refresh()).people.get(personId);
    const accounts = person?.places.map(({ workspace, account }) => `${workspace}/${account}`) ?? [];
    console.log(`${person?.name ?? ''}: ${accounts.join(', ')}`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(`${refusalText(error.refusal, 'zh-CN')}\n${refusalText(error.refusal, 'en')}`);
    return 1;
  } finally {
    await ground.cache.close();
    await ground.db.close();
  }
}
