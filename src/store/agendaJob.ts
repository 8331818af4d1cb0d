/**
 * agenda's job and our row for it. The shapes are agenda 6's (`types/JobParameters.d.ts`), written down again because only
 * `automation/` may import agenda; a test hands our backend to the real one.
 */
import type { NewRow } from './port.ts';
import type { AgendaJobRow } from './entity/agendaJob.ts';

export type JobId = string & { readonly __brand: 'AgendaJobId' };

export interface AgendaJob<Data = unknown> {
  _id?: JobId;
  name: string;
  priority: number;
  nextRunAt: Date | null;
  /** single: one job of this name, updated when saved again. That is what `every` makes. */
  type: 'normal' | 'single';
  lockedAt?: Date;
  lastFinishedAt?: Date;
  failedAt?: Date;
  failCount?: number;
  failReason?: string;
  lastRunAt?: Date;
  progress?: number;
  data: Data;
  disabled?: boolean;
  lastModifiedBy?: string;
  repeatInterval?: string | number;
  repeatTimezone?: string;
  repeatAt?: string;
  fork?: boolean;
  startDate?: Date;
  endDate?: Date;
  skipDays?: number[];
  unique?: Record<string, unknown>;
}

const REST = ['repeatInterval', 'repeatTimezone', 'repeatAt', 'fork', 'skipDays'] as const;

/** What `saveJob` writes. Lock, runs and failures belong to `saveJobState`: a save must not undo what a running job writes. */
export function definitionOf(job: AgendaJob): NewRow {
  const rest: Record<string, unknown> = { startDate: job.startDate?.getTime(), endDate: job.endDate?.getTime() };
  for (const name of REST) rest[name] = job[name];
  return {
    name: job.name,
    type: job.type,
    priority: job.priority,
    next_run_at: ms(job.nextRunAt),
    data: job.data === undefined ? null : JSON.stringify(job.data),
    rest: JSON.stringify(rest),
  };
}

/** What `saveJobState` writes. */
export const stateOf = (job: AgendaJob): NewRow => ({
  locked_at: ms(job.lockedAt),
  next_run_at: ms(job.nextRunAt),
  last_run_at: ms(job.lastRunAt),
  last_finished_at: ms(job.lastFinishedAt),
  failed_at: ms(job.failedAt),
  fail_count: job.failCount ?? null,
  fail_reason: job.failReason ?? null,
  progress: job.progress ?? null,
});

export function jobOf<Data>(row: AgendaJobRow): AgendaJob<Data> & { _id: JobId } {
  const { startDate, endDate, ...rest } = JSON.parse(row.rest) as { startDate?: number; endDate?: number };
  return {
    ...rest,
    ...given('startDate', startDate, date),
    ...given('endDate', endDate, date),
    _id: String(row.id) as JobId,
    name: row.name,
    type: row.type === 'single' ? 'single' : 'normal',
    priority: row.priority,
    nextRunAt: row.next_run_at === null ? null : new Date(row.next_run_at),
    data: (row.data === null ? undefined : JSON.parse(row.data)) as Data,
    disabled: row.disabled === 1,
    ...given('lockedAt', row.locked_at, date),
    ...given('lastRunAt', row.last_run_at, date),
    ...given('lastFinishedAt', row.last_finished_at, date),
    ...given('failedAt', row.failed_at, date),
    ...given('failCount', row.fail_count, same),
    ...given('failReason', row.fail_reason, same),
    ...given('progress', row.progress, same),
    ...given('lastModifiedBy', row.last_modified_by, same),
  };
}

export const ms = (at: Date | null | undefined): number | null => at?.getTime() ?? null;
const date = (at: number) => new Date(at);
const same = <T>(value: T) => value;

/** `{ name: value }`, or nothing where there is none: agenda asks whether a field is there. */
function given<K extends string, T, U>(name: K, value: T | null | undefined, as: (value: T) => U): { [P in K]?: U } {
  return value === null || value === undefined ? {} : ({ [name]: as(value) } as { [P in K]?: U });
}
