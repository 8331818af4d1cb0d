/** What a command works on: the database and the rest that the configuration names, opened before and closed after. */
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

export async function withGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const ground = await openGround({ config, clock: Date.now, log: makeLog('warn'), sandbox: null });
  try {
    return await work(ground);
  } finally {
    await ground.cache.close();
    await ground.db.close();
  }
}

/** For commands about people: a refusal is said in both languages. @returns the exit code */
export const onGround = (work: (open: Open) => Promise<void>): Promise<number> =>
  withGround(async (ground) => {
    try {
      await work({ ground, directory: makeApp(ground).people.refresh });
      return 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(`${refusalText(error.refusal, 'zh-CN')}\n${refusalText(error.refusal, 'en')}`);
      return 1;
    }
  });
