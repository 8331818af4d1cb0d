import { expect, it } from '@jest/globals';
import { Agenda } from 'agenda';
import type { AgendaJob } from '../../src/store/agendaJob.ts';
import { makeAgendaBackend } from '../../src/store/agendaRepository.ts';
import { eachDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

const MINUTE = 60_000;
const inMs = (ms: number) => new Date(Date.now() + ms);
const aJob = (overrides: Partial<AgendaJob> = {}): AgendaJob => ({
  name: 'sweep',
  priority: 0,
  nextRunAt: inMs(-1_000),
  type: 'normal',
  data: {},
  ...overrides,
});
const TICK = 200;
/** Longer than any tick runs, in ms. */
const LOCKED = 500;
const by = { lastModifiedBy: 'test' };

eachDatabase("agenda's repository", (open) => {
  const aRepository = async () => makeAgendaBackend((await open()).database).repository;
  const next = (repository: Awaited<ReturnType<typeof aRepository>>, name = 'sweep', scanMs = 5_000) =>
    repository.getNextJobToRun(name, inMs(scanMs), inMs(-10 * MINUTE), new Date(), by);

  it('keeps every field of a job', async () => {
    const repository = await aRepository();
    const job = aJob({
      priority: 10,
      data: { 名称: '打印机', list: [1, null] },
      repeatInterval: '5 minutes',
      repeatTimezone: 'Asia/Shanghai',
      startDate: inMs(MINUTE),
      endDate: inMs(2 * MINUTE),
      skipDays: [0, 6],
      disabled: true,
    });
    const saved = await repository.saveJob(job, by);
    expect(saved).toEqual({ ...job, _id: saved._id, lastModifiedBy: 'test' });
    expect(await repository.getJobById(String(saved._id))).toEqual({ ...saved, state: 'repeating' });
    expect(await repository.getJobById('999')).toBeNull();
  });

  it('updates a job that has an id, and leaves its lock and runs alone', async () => {
    const repository = await aRepository();
    const saved = await repository.saveJob(aJob(), by);
    const locked = await repository.lockJob(saved, by);
    const again = await repository.saveJob({ ...saved, priority: 20, data: { version: 2 } }, by);
    expect([again._id, again.priority, again.data]).toEqual([saved._id, 20, { version: 2 }]);
    expect(again.lockedAt).toEqual(locked?.lockedAt);
    await repository.removeJobs({ id: String(saved._id) });
    const gone = { ...saved, priority: 3 };
    expect(await repository.saveJob(gone, by)).toBe(gone);
  });

  it('has a single job once, even when two processes start together, and keeps its planned run at a restart', async () => {
    const repository = await aRepository();
    const start = (nextRunAt: Date) => repository.saveJob(aJob({ type: 'single', nextRunAt }), by);
    const [one, two] = await Promise.all([start(new Date()), start(new Date())]);
    expect(two._id).toBe(one._id);
    const planned = inMs(MINUTE);
    expect((await start(planned)).nextRunAt).toEqual(planned);
    expect((await start(new Date())).nextRunAt).toEqual(planned);
    expect((await repository.queryJobs({ name: 'sweep' })).total).toBe(1);
    await repository.disableJobs({ name: 'sweep' });
    expect((await start(planned)).disabled).toBe(true);
  });

  it('refuses what it does not support instead of doing something else', async () => {
    const repository = await aRepository();
    await expect(repository.saveJob(aJob({ unique: { 'data.id': 1 } }), by)).rejects.toThrow('does not support');
  });

  it('finds jobs by name, text, state, data, and page by page', async () => {
    const repository = await aRepository();
    await repository.saveJob(aJob({ name: 'job-a', data: { kind: 'x', n: 1 }, nextRunAt: inMs(MINUTE) }), by);
    await repository.saveJob(aJob({ name: 'job-b', data: { kind: 'y' }, disabled: true }), by);
    await repository.saveJob(aJob({ name: 'job-a', data: { kind: 'x', n: 2 }, nextRunAt: inMs(2 * MINUTE) }), by);
    const total = async (query: Parameters<typeof repository.queryJobs>[0]) =>
      (await repository.queryJobs(query)).total;
    expect(await total({})).toBe(3);
    expect(await total({ name: 'job-a' })).toBe(2);
    expect(await total({ names: ['job-a', 'job-b'] })).toBe(3);
    expect(await total({ search: 'JOB-' })).toBe(3);
    expect(await total({ includeDisabled: false })).toBe(2);
    expect(await total({ state: 'scheduled' })).toBe(2);
    expect(await total({ data: { kind: 'x', n: 2 } })).toBe(1);
    const page = await repository.queryJobs({ name: 'job-a', sort: { nextRunAt: 'asc' }, skip: 1, limit: 1 });
    expect([page.total, page.jobs.map(({ data }) => data)]).toEqual([2, [{ kind: 'x', n: 2 }]]);
    expect(await repository.getDistinctJobNames()).toEqual(['job-a', 'job-b']);
    expect(await repository.getQueueSize()).toBe(1);
    expect(
      (await repository.getJobsOverview()).map(({ name, scheduled, paused }) => [name, scheduled, paused]),
    ).toEqual([
      ['job-a', 2, 0],
      ['job-b', 0, 1],
    ]);
  });

  it('removes, disables and enables what a filter names, and nothing for a filter without one', async () => {
    const repository = await aRepository();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c'])
      ids.push(String((await repository.saveJob(aJob({ name, data: { name } }), by))._id));
    expect(await repository.removeJobs({})).toBe(0);
    expect(await repository.disableJobs({ names: ['a', 'b'] })).toBe(2);
    expect(await next(repository, 'a')).toBeUndefined();
    expect(await repository.enableJobs({ name: 'a' })).toBe(1);
    expect((await next(repository, 'a'))?.name).toBe('a');
    expect(await repository.removeJobs({ notNames: ['a', 'b'] })).toBe(1);
    expect(await repository.removeJobs({ data: { name: 'b' } })).toBe(1);
    expect(await repository.removeJobs({ ids })).toBe(1);
    await repository.saveJob(aJob(), by);
    expect(await repository.purgeAllJobs()).toBe(1);
  });

  it('locks a job once, and only as it was seen', async () => {
    const repository = await aRepository();
    const saved = await repository.saveJob(aJob(), by);
    const locks = await Promise.all([1, 2, 3].map(() => repository.lockJob(saved, by)));
    expect(locks.filter(Boolean)).toHaveLength(1);
    await repository.unlockJob(saved);
    expect((await repository.getJobById(String(saved._id)))?.lockedAt).toBeUndefined();
    expect(await repository.lockJob({ ...saved, nextRunAt: inMs(MINUTE) }, by)).toBeUndefined();
    expect(await repository.lockJob(saved, by)).toBeDefined();
    await repository.unlockJobs([String(saved._id)]);
    expect(await repository.lockJob(saved, by)).toBeDefined();
  });

  it('gives the next job to one of many: due soon, by priority, not disabled, or its lock is over', async () => {
    const repository = await aRepository();
    const at = inMs(-1_000);
    await repository.saveJob(aJob({ priority: 5, nextRunAt: at, data: 'low' }), by);
    await repository.saveJob(aJob({ priority: 10, nextRunAt: at, data: 'high' }), by);
    await repository.saveJob(aJob({ nextRunAt: inMs(MINUTE), data: 'later' }), by);
    await repository.saveJob(aJob({ nextRunAt: at, data: 'never', disabled: true }), by);
    expect((await next(repository))?.data).toBe('high');
    const rest = await Promise.all([next(repository), next(repository), next(repository)]);
    expect(rest.map((job) => job?.data).filter(Boolean)).toEqual(['low']);
    const expired = await repository.getNextJobToRun('sweep', inMs(0), inMs(1), inMs(20), by);
    expect(expired?.data).toBe('high');
  });

  it('keeps the state of a run, and says when the job is gone', async () => {
    const repository = await aRepository();
    const saved = await repository.saveJob(aJob(), by);
    const locked = await repository.lockJob(saved, by);
    if (!locked) throw new Error('it was free');
    const { lockedAt: _over, ...rest } = locked;
    const ran = {
      ...rest,
      lastRunAt: inMs(0),
      lastFinishedAt: inMs(0),
      progress: 50,
      failCount: 1,
      failReason: '超时',
    };
    await repository.saveJobState({ ...ran, nextRunAt: null }, by);
    expect(await repository.getJobById(String(saved._id))).toEqual({ ...ran, nextRunAt: null, state: 'completed' });
    await repository.removeJobs({ id: String(saved._id) });
    await expect(repository.saveJobState(ran, by)).rejects.toThrow('was removed while it ran');
  });
});

eachDatabase('agenda itself, on our backend', (open) => {
  it('runs a recurring job once a tick over two processes, and takes over from one that died', async () => {
    const { database, url } = await open();
    const { database: otherDatabase } = await open({ url });
    const ticks: { by: string; at: number }[] = [];
    const aProcess = (name: string, on: typeof database) => {
      const agenda = new Agenda({
        name,
        backend: makeAgendaBackend(on),
        processEvery: 50,
        defaultLockLifetime: LOCKED,
      });
      agenda.define('sweep', () => {
        ticks.push({ by: name, at: Date.now() });
      });
      return agenda;
    };
    // However slow the machine: there are no more ticks than the time has room for.
    const from = Date.now();
    const one = aProcess('one', database);
    const two = aProcess('two', otherDatabase);
    await Promise.all([one, two].map(async (agenda) => (await agenda.start(), agenda.every(TICK, 'sweep'))));
    await eventually(async () => expect(ticks.length).toBeGreaterThanOrEqual(8));
    await one.stop();
    await two.stop();
    expect(ticks.length).toBeLessThanOrEqual((Date.now() - from) / TICK + 2);
    const rows = await database.read((reader) => reader.rows('SELECT name FROM agenda_job'));
    expect(rows).toEqual([{ name: 'sweep' }]);

    // A process that died holding the lock: what it leaves is a lock that nobody renews.
    const died = Date.now();
    await database.write((tx) => tx.run('UPDATE agenda_job SET locked_at = ?, next_run_at = ?', [died, died]));
    ticks.length = 0;
    const heir = aProcess('heir', database);
    await heir.start();
    await eventually(async () => expect(ticks.length).toBeGreaterThan(0));
    await heir.stop();
    expect(ticks[0]?.by).toBe('heir');
    expect(ticks[0]?.at).toBeGreaterThanOrEqual(died + LOCKED);
  });
});
