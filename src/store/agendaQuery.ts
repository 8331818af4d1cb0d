/** Finding agenda's jobs. There are about a dozen, so what SQL cannot say in one dialect is decided here. */
import type { AgendaJob, JobId } from './agendaJob.ts';
import type { Param } from './port.ts';

export type JobState = 'running' | 'scheduled' | 'queued' | 'completed' | 'failed' | 'repeating' | 'paused';
const STATES: readonly JobState[] = ['running', 'scheduled', 'queued', 'completed', 'failed', 'repeating', 'paused'];

/** Which jobs to remove, disable or enable. */
export interface JobFilter {
  id?: string;
  ids?: string[];
  name?: string;
  names?: string[];
  notNames?: string[];
  data?: unknown;
}
type Direction = 'asc' | 'desc' | 1 | -1;
export interface JobsQuery {
  name?: string;
  names?: string[];
  state?: JobState;
  id?: string;
  ids?: string[];
  search?: string;
  data?: unknown;
  includeDisabled?: boolean;
  sort?: { [K in 'nextRunAt' | 'lastRunAt' | 'lastFinishedAt' | 'priority' | 'name' | 'data']?: Direction };
  skip?: number;
  limit?: number;
}
export interface JobsOverview extends Record<JobState, number> {
  name: string;
  total: number;
}
export type FoundJob<Data = unknown> = AgendaJob<Data> & { _id: JobId; state: JobState };

/** @returns null for a filter without a condition, which matches nothing: `cancel({})` must not remove all jobs */
export function conditionOf({ id, ids, name, names, notNames }: JobFilter): { sql: string; params: Param[] } | null {
  const parts: [string, string[]][] = [];
  const one = (column: string, value: string) => parts.push([`${column} = ?`, [value]]);
  const many = (column: string, values: readonly string[], not = '') =>
    parts.push([`${column} ${not}IN (${values.map(() => '?').join(',')})`, [...values]]);
  if (id !== undefined) one('id', id);
  else if (ids?.length) many('id', ids);
  if (name !== undefined) one('name', name);
  else if (names?.length) many('name', names);
  else if (notNames?.length) many('name', notNames, 'NOT ');
  if (parts.length === 0) return null;
  return { sql: parts.map(([sql]) => sql).join(' AND '), params: parts.flatMap(([, params]) => params) };
}

/** Does the job's data hold everything that is asked for? */
export function holds(data: unknown, asked: unknown): boolean {
  if (asked === undefined) return true;
  if (typeof asked !== 'object' || asked === null) return data === asked;
  if (typeof data !== 'object' || data === null || Array.isArray(data) !== Array.isArray(asked)) return false;
  return Object.entries(asked).every(([key, value]) => holds((data as Record<string, unknown>)[key], value));
}

/** As agenda computes it (`computeJobState`); `paused` is only counted in the overview. */
export function stateOfJob(job: AgendaJob, now: number): JobState {
  if (job.lockedAt) return 'running';
  if (job.failedAt && (!job.lastFinishedAt || job.failedAt >= job.lastFinishedAt)) return 'failed';
  if (job.repeatInterval) return 'repeating';
  if (job.nextRunAt) return job.nextRunAt.getTime() > now ? 'scheduled' : 'queued';
  return 'completed';
}

export function select(jobs: readonly FoundJob[], query: JobsQuery): { jobs: FoundJob[]; total: number } {
  const { search, state, includeDisabled = true, data, skip = 0, limit } = query;
  const found = jobs.filter(
    (job) =>
      (search === undefined || job.name.toLowerCase().includes(search.toLowerCase())) &&
      (state === undefined || (state === 'paused' ? job.disabled === true : job.state === state)) &&
      (includeDisabled || !job.disabled) &&
      holds(job.data, data),
  );
  found.sort(comparing(query.sort ?? { nextRunAt: 'desc', lastRunAt: 'desc', lastFinishedAt: 'desc' }));
  return { jobs: found.slice(skip, limit ? skip + limit : undefined), total: found.length };
}

function comparing(sort: NonNullable<JobsQuery['sort']>): (a: FoundJob, b: FoundJob) => number {
  const keys = Object.entries(sort) as [keyof NonNullable<JobsQuery['sort']>, Direction][];
  const valueOf = (job: FoundJob, key: (typeof keys)[number][0]) => {
    const value = job[key];
    if (value instanceof Date) return value.getTime();
    return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value ?? null);
  };
  return (a, b) => {
    for (const [key, direction] of keys) {
      const [x, y] = [valueOf(a, key), valueOf(b, key)];
      if (x !== y) return (x < y ? -1 : 1) * (direction === 'desc' || direction === -1 ? -1 : 1);
    }
    return 0;
  };
}

export function overviewOf(jobs: readonly FoundJob[]): JobsOverview[] {
  const byName = new Map<string, JobsOverview>();
  for (const job of jobs) {
    const zero = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<JobState, number>;
    const counts = byName.get(job.name) ?? { name: job.name, total: 0, ...zero };
    counts.total += 1;
    counts[job.state] += 1;
    if (job.disabled) counts.paused += 1;
    byName.set(job.name, counts);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
