/** `paidan template check --published`: what stands in the database, against the people of today. Changes nothing. */
import { type Located, report, type Shown } from './findings.ts';
import { withTemplates } from './templateDatabase.ts';

export function checkPublished(shown: Shown): Promise<number> {
  return withTemplates(async (templates) => {
    const found: Located[] = [];
    for (const { key, version } of templates.current().values()) {
      const file = `${key} v${version}`;
      found.push(...((await templates.judge(key)) ?? []).map((finding) => ({ ...finding, file })));
    }
    const { size } = templates.current();
    const done = { zh: `${size} 个已发布的模板没有错误。`, en: `${size} published template(s) without an error.` };
    return report(found, shown, done);
  });
}
