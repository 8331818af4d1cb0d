/**
 * `npm run bench [-- P4 P11] [--quick] [--json FILE] [--profile FOLDER]`: the goals of shared/design/performance.md,
 * each beside its limit in the same run.
 *
 * TEST_MYSQL_URL names the MariaDB server (default: root on this machine), TEST_REDIS_URL a Redis to use with it.
 * Exit code 1 when a row is five times worse than its goal: less than that may be the neighbours.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readArgs } from '../../src/cli/usage.ts';
import { actRate } from './actRow.ts';
import { callbackRate, forgedCpu } from './callbackRows.ts';
import { engineSteps } from './engineRows.ts';
import { fileLatency, fileRate } from './fileRows.ts';
import { type Load, startLoad } from './load.ts';
import { openMariadb } from './mariadb.ts';
import { machineLine, type Report, table } from './report.ts';
import { isFar, type Row } from './row.ts';
import { FULL, QUICK, type Size } from './size.ts';
import { sqliteRate } from './sqliteRow.ts';
import { checkTime, startTime } from './startRows.ts';
import { timerClaims } from './timerRow.ts';
import { startWorld, type World } from './world.ts';

const ON_MARIADB: Readonly<Record<string, (world: World) => Promise<Row>>> = {
  P1: fileRate,
  P2: fileLatency,
  P3: actRate,
  P4: (world) => callbackRate(world, 'help'),
  'P4 mix': (world) => callbackRate(world, 'mix'),
  P5: forgedCpu,
};

interface Run {
  readonly size: Size;
  readonly wants: (id: string) => boolean;
  readonly folder: string;
  readonly load: Load;
  readonly nodeArgs: readonly string[];
  readonly tell: (row: Row) => void;
}

async function main(args: readonly string[]): Promise<number> {
  const { given, rest } = readArgs(args, ['quick'], ['json', 'profile']);
  const profile = given.get('profile');
  const folder = await mkdtemp(join(tmpdir(), 'paidan-bench-'));
  const load = startLoad();
  const rows: Row[] = [];
  const run: Run = {
    ...{ folder, load, size: given.has('quick') ? QUICK : FULL },
    wants: (id) => rest.length === 0 || rest.some((asked) => id.split(' ')[0] === asked.toUpperCase()),
    nodeArgs: profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`] : [],
    tell: (row) =>
      void (
        rows.push(row),
        console.error(`${row.id}: ${row.ratio.toFixed(2)}  ${row.ours}  ${row.limit}  ${row.more ?? ''}`)
      ),
  };
  try {
    const server = [...Object.keys(ON_MARIADB), 'P7'].some(run.wants) ? await onMariadb(run) : [];
    if (run.wants('P6')) for (const row of await engineSteps(run.size === QUICK)) run.tell(row);
    if (run.wants('P11')) run.tell(await sqliteRate(run));
    if (run.wants('P14')) {
      run.tell(await startTime(folder));
      run.tell(checkTime());
    }
    const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    await publish({ at: new Date().toISOString(), command, machine: machineLine(server), rows }, given.get('json'));
  } finally {
    load.end();
    await rm(folder, { recursive: true, force: true });
  }
  return rows.some(isFar) ? 1 : 0;
}

async function onMariadb({ wants, tell, ...options }: Run): Promise<string[]> {
  const redisUrl = process.env['TEST_REDIS_URL'] ?? null;
  const mariadb = await openMariadb(process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/');
  try {
    if (wants('P7')) tell(await timerClaims(mariadb, options.size === QUICK));
    const asked = Object.entries(ON_MARIADB).filter(([id]) => wants(id));
    const world = asked.length > 0 ? await startWorld({ ...options, mariadb, redisUrl }) : null;
    try {
      for (const [, measure] of asked) if (world) tell(await measure(world));
    } finally {
      await world?.end();
    }
  } finally {
    await mariadb.close();
  }
  return [mariadb.version, redisUrl ? 'with Redis' : 'without Redis'];
}

async function publish(report: Report, file = `data/bench/${report.at.replace(/[:.]/g, '-')}.json`): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  console.log(table(report));
}

process.exitCode = await main(process.argv.slice(2));
