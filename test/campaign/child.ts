/** A process that a campaign starts, and ends by its own id. */
import { spawn } from 'node:child_process';

export interface Child {
  /** Resolves with everything it wrote to stdout, once that fits. @throws Error with what it wrote when it ends before, or after a minute */
  says(pattern: RegExp): Promise<string>;
  /** Its log: JSON lines between whatever else it writes to stdout, and stderr. */
  output(): string;
  isRunning(): boolean;
  /** kill -9: nothing is finished, nothing is saved. */
  kill(): Promise<void>;
  /** SIGTERM. @returns its exit code; null when it had to be killed after 20 s */
  end(): Promise<number | null>;
}

interface Options {
  /** A script for node, and its arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

const PATIENCE_MS = 60_000;
const DRAIN_MS = 20_000;

export function startChild({ args, cwd, env = {} }: Options): Child {
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let running = true;
  const watchers = new Set<() => void>();
  const heard = (text: string) => {
    output += text;
    for (const look of watchers) look();
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', heard);
  const ended = new Promise<number | null>((resolve) => {
    const end = (code: number | null) => {
      running = false;
      for (const look of watchers) look();
      resolve(code);
    };
    child.once('exit', end);
    child.once('error', (error) => {
      heard(String(error));
      end(null);
    });
  });

  return {
    output: () => output,
    isRunning: () => running,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(late);
          watchers.delete(look);
        };
        const fail = (why: string) => {
          done();
          reject(new Error(`${args.join(' ')} ${why}:\n${output.slice(-4_000)}`));
        };
        const look = () => {
          if (pattern.test(output)) {
            done();
            resolve(output);
          } else if (!running) fail('ended');
        };
        const late = setTimeout(() => fail('is not ready in time'), PATIENCE_MS);
        watchers.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async end() {
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), DRAIN_MS);
      const code = await ended;
      clearTimeout(impatient);
      return code;
    },
  };
}
