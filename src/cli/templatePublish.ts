/** `paidan template publish FILE`: into the database that the configuration names; a running service sees it within seconds. */
import { read, report, type Shown } from './findings.ts';
import { withTemplates } from './templateDatabase.ts';

export async function publish(file: string, shown: Shown): Promise<number> {
  const text = await read(file);
  return withTemplates(async (templates) => {
    const { findings, published } = await templates.publish(text, null, 'command');
    const located = findings.map((finding) => ({ ...finding, file }));
    if (!published) return report(located, shown, { zh: '', en: '' });
    const { key, version, changed } = published;
    return report(located, shown, {
      zh: `已发布 ${key} v${version}${changed ? '' : '（内容未变）'}`,
      en: `Published ${key} v${version}${changed ? '' : ' (unchanged)'}`,
    });
  });
}
