/** What a command that changes people works on: opened before, closed after, a refusal said in both languages. */
import { makeApp } from '../app.ts';
import { refusalText } from '../card/refusalText.ts';
import { loadConfig } from '../config.ts';
import type { Ground } from '../app.ts';
import type { Directory } from '../flow/directory.ts';
import { openGround } from '../ground.ts';
import { Refused } from '../lib/refusal.ts';
import { makeLog } from '../log.ts';

interface Open {
  readonly ground: Ground;
  /** Read anew each time. */
  readonly directory: () => Promise<Directory>;
}

/** @returns the exit code */
export async function onGround(work: (open: Open) => Promise<void>): Promise<number> {
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const ground = await openGround({ config, clock: Date.now, log: makeLog('warn'), sandbox: null });
  try {
    const { people } = makeApp(ground);
    await work({ ground, directory: people.refresh });
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
