/** `paidan template publish FILE`: into the database that the configuration names; a running service sees it within seconds. */
import { makeApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { openGround } from '../ground.ts';
import { makeLog } from '../log.ts';
import { read, report } from './findings.ts';

export async function publish(file: string, json: boolean): Promise<number> {
  const text = await read(file);
  const log = makeLog('warn');
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const ground = await openGround({ config, clock: Date.now, log, sandbox: null });
  try {
    const { people, templates } = makeApp(ground);
    await people.refresh();
    const { findings, published } = await templates.publish(text, null, 'command');
    const done = published
      ? `已发布 published: ${published.key} v${published.version}${published.changed ? '' : '（未变 unchanged）'}`
      : '';
    return report(
      findings.map((finding) => ({ ...finding, file })),
      json,
      done,
    );
  } finally {
    await ground.cache.close();
    await ground.db.close();
  }
}
