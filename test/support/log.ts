/** A log for tests: keeps its lines to be looked at, prints nothing. */
import type { Log } from '../../src/lib/log.ts';

export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
export interface KeptLog extends Log {
  readonly lines: readonly Line[];
}

export function aLog(lines: Line[] = [], more: Record<string, unknown> = {}): KeptLog {
  const keep =
    (level: Line['level']) =>
    (message: string, facts: Record<string, unknown> = {}) =>
      void lines.push({ level, message, facts: { ...more, ...facts } });
  return {
    lines,
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    with: (facts) => aLog(lines, { ...more, ...facts }),
  };
}
