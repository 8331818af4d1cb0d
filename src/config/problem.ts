/** What is wrong with a configuration: where, which key, and what is expected there. Never the value, it may be a secret. */
import type { Words } from '../lib/locale.ts';

/** Key names and list positions from the root: `['workspaces', 0, 'secret']`. */
export type Path = readonly (string | number)[];

export interface Problem extends Words {
  readonly path: Path;
  /** `config/my.yaml:12`, or the name of an environment variable. */
  readonly where: string;
}

export const pathText = (path: Path): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');

/** All problems at once, each with its place, in Chinese and in English. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];
  /** @param head what follows from it, in both languages */
  constructor(problems: readonly Problem[], head = notStarted(problems.length)) {
    super([head, ...problems.map(problemText)].join('\n'));
    this.problems = problems;
  }
}

const notStarted = (count: number): string =>
  `配置有 ${count} 处要改，服务没有启动。 / ${count} ${count === 1 ? 'thing' : 'things'} to change in the configuration; nothing was started.`;

function problemText({ where, path, zh, en }: Problem): string {
  const key = pathText(path);
  return `${where}: ${key ? `${key} ` : ''}${zh}\n  ${key ? `${key} ` : ''}${en}`;
}
