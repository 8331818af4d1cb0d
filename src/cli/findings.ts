/** What the check of a template found, on a terminal: files in, findings out. */
import { readFile } from 'node:fs/promises';
import type { Finding } from '../flow/finding.ts';
import { Usage } from './usage.ts';

export type Located = Finding & { readonly file: string };

/** @throws Usage */
export async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Usage(
      `读不到文件 ${file}。Cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`,
    );
  }
}

/** @returns the exit code: 1 with an error among the findings */
export function report(findings: readonly Located[], json: boolean, done: string): number {
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
