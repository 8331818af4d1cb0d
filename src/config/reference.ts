/** Values kept elsewhere: `${ENV_NAME}` in any text, and `file:` where a secret is expected. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from './environment.ts';
import { isGroup, type Value } from './layer.ts';
import { type Path, pathText, type Problem } from './problem.ts';

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const SECRETS =
  /^(workspaces\[\d+\].*\.(secret|token|encoding_aes_key|client_secret|aes_key)|metrics\.token|(database|redis|mail)\.url)$/;

export interface Resolved {
  readonly value: Value;
  readonly problems: Omit<Problem, 'where'>[];
}

export function resolveReferences(value: Value, { env, cwd }: { env: Environment; cwd: string }): Resolved {
  const problems: Omit<Problem, 'where'>[] = [];
  const variable = (name: string, path: Path): string => {
    const found = env[name];
    if (found) return found;
    problems.push({
      path,
      zh: `引用了环境变量 ${name}，但它没有设置。请设置它，或直接写出值。`,
      en: `refers to the environment variable ${name}, which is not set; set it, or write the value here.`,
    });
    return '';
  };
  const content = (file: string, path: Path): string => {
    try {
      return readFileSync(resolve(cwd, file), 'utf8').trim();
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
      problems.push({
        path,
        zh: `引用的文件 ${file} 读不到（${why}）。请检查路径和权限。`,
        en: `names the file ${file}, which can't be read (${why}); check its path and permissions.`,
      });
      return '';
    }
  };
  const walk = (inner: Value, path: Path): Value => {
    if (Array.isArray(inner)) return inner.map((item, i) => walk(item, [...path, i]));
    if (isGroup(inner))
      return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one, [...path, key])]));
    if (inner === null) return null;
    const text = inner.replace(VARIABLE, (_whole, name: string) => variable(name, path));
    return text.startsWith('file:') && SECRETS.test(pathText(path)) ? content(text.slice('file:'.length), path) : text;
  };
  return { value: walk(value, []), problems };
}
