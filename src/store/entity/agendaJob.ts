/** agenda's jobs. `single_key` is the name for jobs of type `single`, so that two starting processes make one row. */
import { autoId, flag, int, long, orNull, type RowOf, time, word } from './columns.ts';

export const agendaJob = {
  id: autoId,
  name: word(128),
  type: word(12),
  single_key: orNull(word(128)),
  priority: int,
  next_run_at: orNull(time),
  locked_at: orNull(time),
  last_run_at: orNull(time),
  last_finished_at: orNull(time),
  failed_at: orNull(time),
  fail_count: orNull(int),
  fail_reason: orNull(long),
  disabled: flag,
  progress: orNull(int),
  last_modified_by: orNull(word(128)),
  data: orNull(long),
  /** What agenda keeps beside: repeat rules, unique, debounce, start and end, as JSON. */
  rest: long,
};
export type AgendaJobRow = RowOf<typeof agendaJob>;
