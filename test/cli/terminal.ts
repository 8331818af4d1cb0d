/** A folder of its own to run commands in, with a database there, and what they print. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, jest } from '@jest/globals';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { aLog } from '../support/log.ts';

export interface Terminal {
  /** Where the commands run. */
  readonly folder: () => string;
  /** The lines of the present test, since it was last told to forget. */
  readonly said: () => readonly string[];
  /** Those on standard output, which a script may read. */
  readonly printed: () => readonly string[];
  readonly forget: () => void;
}

/** For the whole file. @param fill  what the database holds before; absent: the first command makes it */
export function aTerminal(fill?: (db: Database) => Promise<void>): Terminal {
  const cwd = process.cwd();
  const env = { ...process.env };
  let folder = '';
  let said: { way: 'log' | 'error'; line: string }[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paidan-cli-'));
    const url = `sqlite:${join(folder, 'p.db')}`;
    Object.assign(process.env, { DATABASE_URL: url });
    process.chdir(folder);
    if (!fill) return;
    const db = await openDatabase({ url, log: aLog() });
    await migrate(db);
    await fill(db);
    await db.close();
  });
  afterAll(async () => {
    process.chdir(cwd);
    process.env = env;
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    said = [];
    for (const way of ['log', 'error'] as const)
      jest.spyOn(console, way).mockImplementation((line: string) => void said.push({ way, line }));
  });
  return {
    folder: () => folder,
    said: () => said.map(({ line }) => line),
    printed: () => said.filter(({ way }) => way === 'log').map(({ line }) => line),
    forget: () => void (said = []),
  };
}
