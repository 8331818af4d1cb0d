/** `paidan template publish FILE`: into the database that the configuration names; a running service sees it within seconds. */
import { makeApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { openGround } from '../ground.ts';
import { makeLog } from '../log.ts';
import { read, report, type Shown } from './findings.ts';

export async function publish(file: string, shown: Shown): Promise<number> {
  const text = await read(file);
  const log = makeLog('warn');
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const ground = await openGround({ config, clock: Date.now, log, sandbox: null });
  try {
    const { people, templates } = makeApp(ground);
    await Promise.all([people.refresh(), templates.refresh()]);
    const { findings, published } = await templates.publish(text, null, 'command');
    const located = findings.map((finding) => ({ ...finding, file }));
    if (!published) return report(located, shown, { zh: '', en: '' });
    const { key, version, changed } = published;
    return report(located, shown, {
      zh: `已发布 ${key} v${version}${changed ? '' : '（内容未变）'}`,
      en: `Published ${key} v${version}${changed ? '' : ' (unchanged)'}`,
    });
  } finally {
    await ground.cache.close();
    await ground.db.close();
  }
}
