/** Templates in the database that the configuration names, and the directory beside them, for one command. */
import { makeApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { openGround } from '../ground.ts';
import { makeLog } from '../log.ts';
import type { Templates } from '../ticket/templates.ts';

export async function withTemplates<T>(work: (templates: Templates) => Promise<T>): Promise<T> {
  const log = makeLog('warn');
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const ground = await openGround({ config, clock: Date.now, log, sandbox: null });
  try {
    const { people, templates } = makeApp(ground);
    await Promise.all([people.refresh(), templates.refresh()]);
    return await work(templates);
  } finally {
    await ground.cache.close();
    await ground.db.close();
  }
}
