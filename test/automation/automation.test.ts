import { expect, it } from '@jest/globals';
import { type Job, makeAutomation } from '../../src/automation/automation.ts';
import type { Database } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !isSo(); i += 1) await pause(10);
  expect(isSo()).toBe(true);
}
/** A job that counts its runs and how many went on at the same time. */
function aJob(more: Partial<Job> & { work?: () => Promise<unknown> } = {}) {
  const seen = { runs: 0, now: 0, most: 0 };
  const { work = async () => undefined, ...rest } = more;
  const run = async () => {
    seen.runs += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await work().finally(() => (seen.now -= 1));
  };
  return { seen, job: { name: 'sweep', every: '1 second', lockMs: 1_000, run, ...rest } };
}

eachDatabase('automation', (open) => {
  const start = async (db: Database, jobs: Job[], log = aLog()) => {
    const automation = makeAutomation({ db, log, jobs, pollMs: 50, leaseMs: 600 });
    await automation.start();
    return automation;
  };

  it('runs a job at the first start, then every interval; two processes share it', async () => {
    const { database, url } = await open();
    const { database: other } = await open({ url });
    const { job, seen } = aJob({ work: () => pause(100) });
    const both = await Promise.all([start(database, [job]), start(other, [job])]);
    await until(() => seen.runs === 1);
    await pause(600);
    expect(seen.runs).toBe(1);
    await until(() => seen.runs === 3);
    expect(seen.most).toBe(1);
    await Promise.all(both.map((one) => one.stop()));
    const rows = await database.read((reader) => reader.rows('SELECT name, locked_at FROM agenda_job'));
    expect(rows).toEqual([{ name: 'sweep', locked_at: null }]);
  });

  it('a restart keeps to the plan instead of running everything', async () => {
    const { database } = await open();
    const { job, seen } = aJob({ every: '1 hour' });
    const first = await start(database, [job]);
    await until(() => seen.runs === 1);
    await first.stop();
    const second = await start(database, [job]);
    await pause(300);
    expect(seen.runs).toBe(1);
    await second.stop();
  });

  it('a job that fails is logged by name and runs again', async () => {
    const { database } = await open();
    const log = aLog();
    const { job, seen } = aJob({ work: () => Promise.reject(new Error('no luck')) });
    const automation = await start(database, [job], log);
    await until(() => seen.runs === 2);
    await automation.stop();
    const [line] = log.lines.filter(({ level }) => level === 'error');
    expect(line?.facts).toMatchObject({ job: 'sweep', error: new Error('no luck') });
  });

  it('stop waits for what is running, and begins nothing more', async () => {
    const { database } = await open();
    const { job, seen } = aJob({ work: () => pause(500), lockMs: 1_000 });
    const automation = await start(database, [job]);
    await until(() => seen.now === 1);
    await automation.stop();
    expect(seen).toMatchObject({ runs: 1, now: 0 });
    const rows = await database.read((reader) => reader.rows('SELECT locked_at FROM agenda_job'));
    expect(rows).toEqual([{ locked_at: null }]);
    await pause(1_200);
    expect(seen.runs).toBe(1);
  });

  it('a run longer than the lease keeps its job; one that is stuck gives it up', async () => {
    const { database, url } = await open();
    const { database: other } = await open({ url });
    const log = aLog();
    const long = aJob({ name: 'long', lockMs: 5_000, work: () => pause(1_500) });
    const held: (() => void)[] = [];
    const stuck = aJob({ name: 'stuck', lockMs: 500, work: () => new Promise<void>((resolve) => held.push(resolve)) });
    const both = await Promise.all([database, other].map((db) => start(db, [long.job, stuck.job], log)));
    await until(() => stuck.seen.most === 2);
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error', facts: { job: 'stuck', lockMs: 500 } }));
    expect(long.seen).toMatchObject({ runs: 1, most: 1 });
    const stopped = Promise.all(both.map((one) => one.stop()));
    for (const free of held) free();
    await stopped;
  });

  it('takes over from a process that died while it ran', async () => {
    const { database } = await open();
    const { job, seen } = aJob({ every: '1 hour' });
    const first = await start(database, [job]);
    await until(() => seen.runs === 1);
    await first.stop();
    const long = Date.now() - 60_000;
    await database.write((tx) => tx.run('UPDATE agenda_job SET locked_at = ?, next_run_at = ?', [long, long]));
    const second = await start(database, [job]);
    await until(() => seen.runs === 2);
    await second.stop();
  });

  it('an interval that is none stops the start', async () => {
    const { database } = await open();
    const automation = makeAutomation({ db: database, log: aLog(), jobs: [aJob({ every: 'now and then' }).job] });
    await expect(automation.start()).rejects.toThrow('The job sweep says every "now and then", which is no interval');
    await automation.stop();
  });
});
