/** What the check of a template found, on a terminal: files in, findings out. */
import { readFile } from 'node:fs/promises';
import type { Finding } from '../flow/finding.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
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

export interface Shown {
  readonly json: boolean;
  readonly locale: Locale;
}

/** `--lang zh|en`, else the terminal's own language. @throws Usage */
export function localeOf(lang: string | undefined, env: NodeJS.ProcessEnv): Locale {
  if (lang !== undefined && lang !== 'zh' && lang !== 'en')
    throw new Usage(`--lang 只能是 zh 或 en。--lang is zh or en, not ${lang}`);
  const own = lang ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return own.startsWith('en') ? 'en' : 'zh-CN';
}

/** @returns the exit code: 1 with an error among the findings */
export function report(findings: readonly Located[], { json, locale }: Shown, done: Words): number {
  const bad = findings.some(({ severity }) => severity === 'error');
  if (json) {
    const shown = findings.map((one) => ({
      code: one.code,
      severity: one.severity,
      file: one.file,
      line: one.line,
      column: one.column,
      message: inWords(one, locale),
      fix: one.fix ?? null,
    }));
    console.log(JSON.stringify({ findings: shown }, null, 2));
    return bad ? 1 : 0;
  }
  for (const one of findings) {
    const place = `${one.file}:${one.line}:${one.column} ${one.severity} ${one.code}`;
    console.log(`${place}\n  ${inWords(one, locale)}${one.fix === undefined ? '' : `\n  → ${one.fix}`}`);
  }
  const words = inWords(done, locale);
  if (!bad && words) console.log(words);
  return bad ? 1 : 0;
}
