/**
 * agenda's backend on our own database: its Redis backend reads every pending job for each claim and loses all with Redis
 * (shared/design/performance.md). Hand the result to agenda as `backend`.
 *
 * A job whose run outlives its lockLifetime may run twice, so handlers are idempotent or fenced. agenda's `unique` and
 * `debounce` are not supported: what is due stands in our tables, and agenda only runs the recurring sweeps.
 */
import { type AgendaJob, definitionOf, type JobId, jobOf, ms, stateOf } from './agendaJob.ts';
import {
  conditionOf,
  type FoundJob,
  holds,
  type JobFilter,
  type JobsOverview,
  type JobsQuery,
  overviewOf,
  select,
  stateOfJob,
} from './agendaQuery.ts';
import { forUpdate } from './claim.ts';
import type { AgendaJobRow } from './entity/agendaJob.ts';
import type { Database, NewRow, Param, Tx } from './port.ts';

interface By {
  lastModifiedBy?: string;
}

export interface AgendaRepository {
  connect(): Promise<void>;
  queryJobs(query?: JobsQuery): Promise<{ jobs: FoundJob[]; total: number }>;
  getJobsOverview(): Promise<JobsOverview[]>;
  getDistinctJobNames(): Promise<string[]>;
  getJobById(id: string): Promise<AgendaJob | null>;
  getQueueSize(): Promise<number>;
  removeJobs(filter: JobFilter): Promise<number>;
  saveJob<Data = unknown>(job: AgendaJob<Data>, by: By | undefined): Promise<AgendaJob<Data>>;
  saveJobState(job: AgendaJob, by: By | undefined): Promise<void>;
  lockJob(job: AgendaJob, by: By | undefined): Promise<AgendaJob | undefined>;
  unlockJob(job: AgendaJob): Promise<void>;
  unlockJobs(ids: (JobId | string)[]): Promise<void>;
  getNextJobToRun(
    name: string,
    nextScanAt: Date,
    lockDeadline: Date,
    now: Date | undefined,
    by: By | undefined,
  ): Promise<AgendaJob | undefined>;
  disableJobs(filter: JobFilter): Promise<number>;
  enableJobs(filter: JobFilter): Promise<number>;
  purgeAllJobs(): Promise<number>;
}

export interface AgendaBackend {
  readonly name: string;
  readonly repository: AgendaRepository;
  /** The database is not agenda's to close. */
  readonly ownsConnection: false;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

export function makeAgendaBackend(database: Database): AgendaBackend {
  const nothing = async () => undefined;
  return {
    name: 'Paidan',
    ownsConnection: false,
    connect: nothing,
    disconnect: nothing,
    repository: { connect: nothing, ...findingIn(database), ...savingIn(database), ...lockingIn(database) },
  };
}

function findingIn(database: Database) {
  const find = (filter: JobFilter): Promise<FoundJob[]> =>
    database.read(async (reader) => {
      const condition = conditionOf(filter);
      const where = condition ? ` WHERE ${condition.sql}` : '';
      const rows = await reader.rows<AgendaJobRow>(`SELECT * FROM agenda_job${where}`, condition?.params);
      const now = Date.now();
      return rows.map((row) => {
        const job = jobOf(row);
        return { ...job, state: stateOfJob(job, now) };
      });
    });
  /** Runs `act` on the jobs of the filter. SQL cannot look into `data`, so they are found first. */
  const onEach = async (filter: JobFilter, act: string): Promise<number> => {
    if (!conditionOf(filter) && filter.data === undefined) return 0;
    const ids = (await find(filter)).filter((job) => holds(job.data, filter.data)).map(({ _id }) => _id);
    if (ids.length === 0) return 0;
    return database.write((tx) => tx.run(`${act} WHERE id IN (${ids.map(() => '?').join(',')})`, ids));
  };
  return {
    queryJobs: async (query: JobsQuery = {}) => select(await find(query), query),
    getJobsOverview: async () => overviewOf(await find({})),
    getDistinctJobNames: () =>
      database.read(async (reader) => {
        const rows = await reader.rows<{ name: string }>('SELECT DISTINCT name FROM agenda_job ORDER BY name');
        return rows.map(({ name }) => name);
      }),
    getJobById: async (id: string) => (await find({ id }))[0] ?? null,
    getQueueSize: () =>
      database.read(async (reader) => {
        const sql = 'SELECT COUNT(*) AS n FROM agenda_job WHERE next_run_at < ?';
        return (await reader.one<{ n: number }>(sql, [Date.now()]))?.n ?? 0;
      }),
    removeJobs: (filter: JobFilter) => onEach(filter, 'DELETE FROM agenda_job'),
    disableJobs: (filter: JobFilter) => onEach(filter, 'UPDATE agenda_job SET disabled = 1'),
    enableJobs: (filter: JobFilter) => onEach(filter, 'UPDATE agenda_job SET disabled = 0'),
    purgeAllJobs: () => database.write((tx) => tx.run('DELETE FROM agenda_job')),
  };
}

function savingIn(database: Database) {
  const single = async (tx: Tx, job: AgendaJob, row: NewRow): Promise<number> => {
    const look = () =>
      tx.one<{ id: number; next_run_at: number | null }>(
        `SELECT id, next_run_at FROM agenda_job WHERE single_key = ?${forUpdate(tx)}`,
        [job.name],
      );
    let found = await look();
    if (!found) {
      try {
        return await tx.insertId('agenda_job', { ...row, single_key: job.name });
      } catch (error) {
        if (!database.isDuplicate(error)) throw error;
        found = await look(); // Another process, starting too, was first.
      }
    }
    if (!found) throw new Error(`The job ${job.name} was removed while it was saved`);
    // A start says "now"; the run that is already planned stays, or each start would run everything.
    const isNow = job.nextRunAt !== null && job.nextRunAt.getTime() <= Date.now();
    await update(tx, found.id, isNow && found.next_run_at !== null ? { ...row, next_run_at: found.next_run_at } : row);
    return found.id;
  };
  return {
    async saveJob<Data = unknown>(job: AgendaJob<Data>, by: By | undefined): Promise<AgendaJob<Data>> {
      if (job.unique) throw new Error(`The job ${job.name} has "unique", which this backend does not support`);
      const disabled = job.disabled === undefined ? {} : { disabled: job.disabled ? 1 : 0 };
      const row = { ...definitionOf(job), ...disabled, last_modified_by: by?.lastModifiedBy ?? null };
      return database.write(async (tx) => {
        let id = Number(job._id);
        if (job._id !== undefined) await update(tx, id, row);
        else id = job.type === 'single' ? await single(tx, job, row) : await tx.insertId('agenda_job', row);
        const saved = await tx.one<AgendaJobRow>('SELECT * FROM agenda_job WHERE id = ?', [id]);
        return saved ? jobOf<Data>(saved) : job; // Removed meanwhile: agenda keeps what it has.
      });
    },
    async saveJobState(job: AgendaJob, by: By | undefined): Promise<void> {
      const row = { ...stateOf(job), last_modified_by: by?.lastModifiedBy ?? null };
      const changed = await database.write((tx) => update(tx, Number(job._id), row));
      if (changed !== 1) throw new Error(`The job ${job.name} was removed while it ran`);
    },
  };
}

function lockingIn(database: Database) {
  /** Takes the lock if the job is still as it was seen. */
  const lock = (id: number, at: number, by: By | undefined, seen: { sql: string; params: readonly Param[] }) =>
    database.write(async (tx) => {
      const changed = await tx.run(
        `UPDATE agenda_job SET locked_at = ?, last_modified_by = ? WHERE id = ? AND disabled = 0 AND ${seen.sql}`,
        [at, by?.lastModifiedBy ?? null, id, ...seen.params],
      );
      if (changed !== 1) return undefined;
      const row = await tx.one<AgendaJobRow>('SELECT * FROM agenda_job WHERE id = ?', [id]);
      return row ? jobOf(row) : undefined;
    });
  return {
    lockJob: async (job: AgendaJob, by: By | undefined) =>
      lock(Number(job._id), Date.now(), by, {
        sql: 'name = ? AND locked_at IS NULL AND next_run_at = ?',
        params: [job.name, ms(job.nextRunAt)],
      }),
    unlockJob: async (job: AgendaJob) => {
      // Without a next run it is at work right now.
      const sql = 'UPDATE agenda_job SET locked_at = NULL WHERE id = ? AND next_run_at IS NOT NULL';
      await database.write((tx) => tx.run(sql, [Number(job._id)]));
    },
    unlockJobs: async (ids: (JobId | string)[]) => {
      if (ids.length === 0) return;
      const sql = `UPDATE agenda_job SET locked_at = NULL WHERE id IN (${ids.map(() => '?').join(',')})`;
      await database.write((tx) => tx.run(sql, ids));
    },
    async getNextJobToRun(
      name: string,
      nextScanAt: Date,
      lockDeadline: Date,
      now: Date | undefined,
      by: By | undefined,
    ) {
      // Read first: nearly always nothing is due, and a look takes no lock.
      const candidates = await database.read((reader) =>
        reader.rows<{ id: number; locked_at: number | null; next_run_at: number | null }>(
          `SELECT id, locked_at, next_run_at FROM agenda_job WHERE name = ? AND disabled = 0
           AND ((locked_at IS NULL AND next_run_at <= ?) OR locked_at <= ?) ORDER BY next_run_at, priority DESC LIMIT 5`,
          [name, nextScanAt.getTime(), lockDeadline.getTime()],
        ),
      );
      for (const { id, ...seen } of candidates) {
        const same = Object.entries(seen).map(([column, value]) =>
          value === null ? { sql: `${column} IS NULL`, params: [] } : { sql: `${column} = ?`, params: [value] },
        );
        const asSeen = { sql: same.map(({ sql }) => sql).join(' AND '), params: same.flatMap(({ params }) => params) };
        const job = await lock(id, (now ?? new Date()).getTime(), by, asSeen);
        if (job) return job;
      }
      return undefined;
    },
  };
}

function update(tx: Tx, id: number, row: NewRow): Promise<number> {
  const sets = Object.keys(row).map((column) => `${column} = ?`);
  const values = Object.values(row).map((value) => value ?? null);
  return tx.run(`UPDATE agenda_job SET ${sets.join(', ')} WHERE id = ?`, [...values, id]);
}
