/**
 * `npm run campaign [-- --short] [--seed N] [--kills N] [--on sqlite|mariadb] [--keep]`: fault campaigns, which find
 * what no test thinks of. Exit code 1 when a promise was broken; the seed that is printed tries the same again.
 *
 * On SQLite DingTalk calls over Stream, on MariaDB (with Redis) over HTTP. TEST_MYSQL_URL names the MariaDB server (default: root on this machine); Redis is started for the run.
 * What can be looked at afterwards stands in the folder that is printed with --keep.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArgs } from '../../src/cli/usage.ts';
import { anOwnRedis } from '../support/redis.ts';
import { crash, type CrashReport } from './crash.ts';
import { freshMariadb, freshSqlite } from './freshDatabase.ts';

interface Run {
  readonly seed: number;
  readonly kills: number;
  readonly slack: number;
  readonly folder: string;
  readonly keep: boolean;
}

const UNDER_WAY = 50;
const SHOWN = 8;

async function main(args: readonly string[]): Promise<number> {
  const { given } = readArgs(args, ['short', 'keep'], ['seed', 'kills', 'on']);
  const short = given.has('short');
  const seed = Number(given.get('seed') ?? Math.floor(Math.random() * 1_000_000));
  const folder = await mkdtemp(join(tmpdir(), 'paidan-campaign-'));
  const run: Run = {
    ...{ seed, folder, keep: given.has('keep') },
    kills: Number(given.get('kills') ?? (short ? 3 : 10)),
    slack: short ? 5 : 1,
  };
  const on = given.get('on');
  const wanted = ([['sqlite', onSqlite], ['mariadb', onMariadb]] as const).filter(([name]) => on === undefined || on === name); // prettier-ignore
  console.log(
    `crash: seed ${seed}, ${run.kills} kills, ${UNDER_WAY} tickets under way${run.keep ? `, ${folder}` : ''}`,
  );
  try {
    let failed = 0;
    let passed = 0;
    const play = async ([name, campaign]: (typeof wanted)[number]) => {
      try {
        const report = await campaign(run);
        const broken = tell(name, report);
        failed += broken;
        passed += report.verdicts.length - broken;
      } catch (error) {
        // The other one still ends what it started.
        console.log(`\n${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        failed += 1;
      }
    };
    // The short form is mostly waiting for leases, so both can wait together.
    if (short) await Promise.all(wanted.map(play));
    else for (const one of wanted) await play(one);
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    if (!run.keep) await rm(folder, { recursive: true, force: true });
  }
}

async function onSqlite(run: Run): Promise<CrashReport> {
  const folder = join(run.folder, 'sqlite');
  await mkdir(folder);
  return crash({
    ...run,
    folder,
    underWay: UNDER_WAY,
    database: await freshSqlite(folder),
    redisUrl: null,
    transport: 'stream',
  });
}

async function onMariadb(run: Run): Promise<CrashReport> {
  const folder = join(run.folder, 'mariadb');
  await mkdir(folder);
  const database = await freshMariadb(process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/');
  const redis = await anOwnRedis();
  try {
    await redis.start();
    return await crash({ ...run, folder, underWay: UNDER_WAY, database, redisUrl: redis.url, transport: 'http' });
  } finally {
    await redis.remove();
    await database.remove(run.keep);
  }
}

/** @returns how many promises were broken */
function tell(name: string, { verdicts, figures }: CrashReport): number {
  console.log(`\n${name}: ${figures}`);
  for (const { id, what, looked, wrong } of verdicts) {
    console.log(`  ${wrong.length === 0 ? '✔' : '✘'} ${id} ${what} (${looked})`);
    for (const problem of wrong.slice(0, SHOWN)) console.log(`      ${problem}`);
    if (wrong.length > SHOWN) console.log(`      … and ${wrong.length - SHOWN} more`);
  }
  return verdicts.filter(({ wrong }) => wrong.length > 0).length;
}

// Stories that hang may still wait for their cards.
process.exit(await main(process.argv.slice(2)));
