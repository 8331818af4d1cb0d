/** A process of the bench: started, waited for until it says that it stands, ended by its own id. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Child {
  readonly pid: number;
  /** Everything it wrote until it was ready. */
  readonly greeting: string;
  /** CPU time used so far, user and system, ms. */
  cpuMs(): number;
  /** Stands still and keeps its connections: a platform that has gone silent. */
  pause(): void;
  resume(): void;
  end(): Promise<void>;
}

export interface ChildOptions {
  /** A script for node, and its arguments. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** What it writes to stdout once it is ready. */
  readonly ready: RegExp;
}

/** Linux counts CPU time in hundredths of a second, whatever the kernel's own tick. */
const TICK_MS = 10;
const PATIENCE_MS = 60_000;

/** @throws Error with what it wrote to stderr when it ends before it is ready */
export async function startChild({ args, env = {}, cwd, ready }: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const greeting = await readiness(child, ready, args);
  const pid = child.pid ?? 0;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid,
    greeting,
    cpuMs: () => cpuMs(pid),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async end() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(impatient);
    },
  };
}

function readiness(child: ChildProcess, ready: RegExp, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${args.join(' ')}: ${why}\n${err || out}`));
    };
    const late = setTimeout(() => fail('not ready in time'), PATIENCE_MS);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (!ready.test(out)) return;
      clearTimeout(late);
      resolve(out);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err = `${err}${text}`.slice(-4_000)));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      clearTimeout(late);
      fail(`ended with ${code}`);
    });
  });
}

/** Fields 14 and 15 of /proc/<pid>/stat, counted from behind the name, which may hold spaces. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
