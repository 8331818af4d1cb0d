/**
 * Recurring jobs on agenda, standing on our own database: each runs in one process at a time, and in another one when that
 * dies. What is due stands in our tables; a job only sweeps them, so a run that is missed or doubled does no harm.
 */
import { Agenda, type Job as AgendaJob } from 'agenda';
import type { Log } from '../lib/log.ts';
import { makeAgendaBackend } from '../store/agendaRepository.ts';
import type { Database } from '../store/database.ts';

export interface Job {
  /** For ever: the row in `agenda_job` is found by it. */
  readonly name: string;
  /** As agenda reads it: `2 seconds`, `10 minutes`, or a cron expression. */
  readonly every: string;
  readonly run: () => Promise<unknown>;
  /** After this the run counts as stuck and another may begin beside it: the longest run, and some more. */
  readonly lockMs: number;
}

export interface Automation {
  /** @throws Error when an `every` can't be read, or the database can't be written */
  start(): Promise<void>;
  /** Begins nothing more; waits up to 10 s for what is running. */
  stop(): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly log: Log;
  readonly jobs: readonly Job[];
  /** How often the table is looked at. */
  readonly pollMs?: number;
  /** How long after the death of a process its runs are taken up by another. */
  readonly leaseMs?: number;
}

const STOP_MS = 10_000;
/** Short, and renewed during a run: agenda also keeps the process alive for half of it after each run. */
const LEASE_MS = 9_000;

export function makeAutomation({ db, log, jobs, pollMs = 1_000, leaseMs = LEASE_MS }: Parts): Automation {
  const agenda = new Agenda({ backend: makeAgendaBackend(db), processEvery: pollMs, defaultConcurrency: 1 });
  const running = makeRunning();
  let stopping = false;

  agenda.on('error', (error) => {
    // While stopping, agenda may still look at a database that is being closed.
    if (!stopping) log.warn('jobs could not be read or written; tried again', { error });
  });
  agenda.on('fail', (error: Error | string, job: { attrs?: { name: string } }) => {
    log.error('a job failed; it runs again at its next time', { job: job.attrs?.name, error });
  });
  // After its state was saved: only then is the database no longer needed.
  agenda.on('complete', (job: object) => running.end(job));
  for (const { name, run, lockMs } of jobs) {
    const handler = async (job: AgendaJob) => {
      if (stopping) return;
      running.begin(job);
      const release = holdLease(job, { everyMs: leaseMs / 3, mostMs: lockMs, log: log.with({ job: name }) });
      await run().finally(release);
    };
    agenda.define(name, handler, { lockLifetime: Math.min(leaseMs, lockMs), concurrency: 1, lockLimit: 1 });
  }

  return {
    async start() {
      await agenda.start();
      for (const { name, every } of jobs) {
        const job = await agenda.every(every, name);
        if (!job.attrs.nextRunAt) throw new Error(`The job ${name} says every "${every}", which is no interval`);
      }
    },
    async stop() {
      stopping = true;
      await agenda.stop(false);
      const left = await running.wait(STOP_MS);
      if (left > 0) log.warn('jobs did not end in time; another process takes them up', { jobs: left });
    },
  };
}

/** Renews the job's lock every so often, for `mostMs` at most. @returns what ends it; no renewal is under way after that */
function holdLease(job: AgendaJob, { everyMs, mostMs, log }: { everyMs: number; mostMs: number; log: Log }) {
  let renewal: Promise<void> = Promise.resolve();
  const renew = () => {
    renewal = job.touch().catch((error: unknown) => log.warn('the lock of a job was not renewed', { error }));
  };
  const beat = setInterval(renew, everyMs);
  const end = setTimeout(() => {
    clearInterval(beat);
    log.error('a job takes too long and is given up', { lockMs: mostMs });
  }, mostMs);
  return async () => {
    clearInterval(beat);
    clearTimeout(end);
    await renewal;
  };
}

/** The runs under way, each named by its job's object. */
function makeRunning() {
  const jobs = new Set<object>();
  let atRest = () => {};
  return {
    begin: (job: object) => void jobs.add(job),
    end(job: object) {
      jobs.delete(job);
      if (jobs.size === 0) atRest();
    },
    /** @returns how many are still under way after `ms` */
    async wait(ms: number): Promise<number> {
      if (jobs.size === 0) return 0;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        atRest = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      return jobs.size;
    },
  };
}
