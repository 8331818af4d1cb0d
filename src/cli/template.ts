/** `paidan template check FILE… [--json]` and `paidan template publish FILE`. */
import { checkTemplate } from '../flow/check.ts';
import { type Located, read, report } from './findings.ts';
import { readArgs, Usage } from './usage.ts';

const HOW = '用法 usage: paidan template check FILE… [--json] · paidan template publish FILE [--json]';

export async function templateCommand(args: readonly string[]): Promise<number> {
  const [what, ...rest] = args;
  const { rest: files, given } = readArgs(rest, ['json'], []);
  const json = given.has('json');
  const [file] = files;
  if (file === undefined) throw new Usage(HOW);
  if (what === 'check') return check(files, json);
  if (what !== 'publish' || files.length > 1) throw new Usage(HOW);
  // The check alone needs neither settings nor a database.
  const { publish } = await import('./templatePublish.ts');
  return publish(file, json);
}

async function check(files: readonly string[], json: boolean): Promise<number> {
  const findings: Located[] = [];
  for (const file of files)
    findings.push(...checkTemplate(await read(file)).findings.map((finding) => ({ ...finding, file })));
  return report(findings, json, `${files.length} 个模板没有错误。${files.length} template(s) without an error.`);
}
