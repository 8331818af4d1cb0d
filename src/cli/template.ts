/** `paidan template check FILE… | --published [--json] [--lang zh|en]` and `paidan template publish FILE`. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CARD_LIMITS } from '../card/cardLimits.ts';
import { checkTemplate } from '../flow/check.ts';
import type { OtherTemplates } from '../flow/check/context.ts';
import { parseTemplate } from '../flow/parse.ts';
import { type Located, localeOf, read, report, type Shown } from './findings.ts';
import { readArgs, Usage } from './usage.ts';

const HOW =
  '用法 usage: paidan template check FILE… | --published [--json] [--lang zh|en] · paidan template publish FILE [--json] [--lang zh|en]';

export async function templateCommand(args: readonly string[]): Promise<number> {
  const [what, ...rest] = args;
  const { rest: files, given } = readArgs(rest, ['json', 'published'], ['lang']);
  const shown: Shown = { json: given.has('json'), locale: localeOf(given.get('lang'), process.env) };
  const [file] = files;
  if (given.has('published')) {
    if (what !== 'check' || file !== undefined) throw new Usage(HOW);
    const { checkPublished } = await import('./templatePublished.ts');
    return checkPublished(shown);
  }
  if (file === undefined) throw new Usage(HOW);
  if (what === 'check') return check(files, shown);
  if (what !== 'publish' || files.length > 1) throw new Usage(HOW);
  // The check alone needs neither settings nor a database.
  const { publish } = await import('./templatePublish.ts');
  return publish(file, shown);
}

async function check(files: readonly string[], shown: Shown): Promise<number> {
  const texts = await Promise.all(files.map(read));
  const around = { templates: await templatesBeside(files), allTemplates: false, cards: CARD_LIMITS };
  const findings = texts.flatMap((text, i): Located[] =>
    checkTemplate(text, null, 0, around).findings.map((finding) => ({ ...finding, file: files[i] ?? '' })),
  );
  const done = { zh: `${files.length} 个模板没有错误。`, en: `${files.length} template(s) without an error.` };
  return report(findings, shown, done);
}

/** What sub-flows may mean: the files themselves, and those that stand in the same folders. */
async function templatesBeside(files: readonly string[]): Promise<OtherTemplates> {
  const folders = [...new Set(files.map((file) => dirname(resolve(file))))];
  const beside = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  const all = [...files, ...beside.flat().filter((file) => /\.ya?ml$/.test(file) && !file.endsWith('.test.yaml'))];
  const texts = await Promise.all([...new Set(all.map((file) => resolve(file)))].map(read));
  return new Map(
    texts.flatMap((text) => {
      const { spec } = parseTemplate(text);
      return spec ? [[spec.template, spec] as const] : [];
    }),
  );
}
