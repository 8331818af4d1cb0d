/** `paidan template check FILE… [--json]` and `paidan template publish FILE`. */
import { readFile } from 'node:fs/promises';
import { loadConfig } from '../config.ts';
import { checkTemplate } from '../flow/check.ts';
import type { Finding } from '../flow/finding.ts';
import { makeApp } from '../app.ts';
import { openGround } from '../ground.ts';
import { makeLog } from '../log.ts';
import { readArgs, Usage } from './usage.ts';

type Located = Finding & { readonly file: string };

const HOW = '用法 usage: paidan template check FILE… [--json] · paidan template publish FILE [--json]';

export async function templateCommand(args: readonly string[]): Promise<number> {
  const [what, ...rest] = args;
  const { rest: files, given } = readArgs(rest, ['json'], []);
  const json = given.has('json');
  if (files.length === 0) throw new Usage(HOW);
  if (what === 'check') return check(files, json);
  if (what === 'publish') return publish(files, json);
  throw new Usage(HOW);
}

async function check(files: readonly string[], json: boolean): Promise<number> {
  const findings: Located[] = [];
  for (const file of files)
    findings.push(...checkTemplate(await read(file)).findings.map((finding) => ({ ...finding, file })));
  return report(findings, json, `${files.length} 个模板没有错误。${files.length} template(s) without an error.`);
}

async function publish(files: readonly string[], json: boolean): Promise<number> {
  const [file = '', ...more] = files;
  if (more.length > 0) throw new Usage(HOW);
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

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Usage(
      `读不到文件 ${file}。Cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`,
    );
  }
}

/** @returns the exit code: 1 with an error among the findings */
function report(findings: readonly Located[], json: boolean, done: string): number {
  const bad = findings.some(({ severity }) => severity === 'error');
  if (json) {
    const shown = findings.map(({ zh, en, fix, ...rest }) => ({
      ...rest,
      message: { zh, en },
      ...(fix === undefined ? {} : { fix }),
    }));
    console.log(JSON.stringify({ findings: shown }, null, 2));
    return bad ? 1 : 0;
  }
  for (const { file, line, column, severity, code, zh, en, fix } of findings)
    console.log(
      `${file}:${line}:${column} ${severity} ${code}\n  ${zh}\n  ${en}${fix === undefined ? '' : `\n  → ${fix}`}`,
    );
  if (!bad && done) console.log(done);
  return bad ? 1 : 0;
}
