/** To-dos as one person sees them. */
import type { Todo } from '../client.ts';
import type { TodoRow } from './rows.ts';

/** The person's own: open ones first, each group newest first. */
export const todosOf = (rows: Iterable<readonly [string, TodoRow]>, unionId: string): Todo[] =>
  [...rows]
    .filter(([, row]) => row.executors.includes(unionId))
    .map(([id, row]) => ({
      id,
      subject: row.subject,
      url: row.url,
      dueAt: row.dueTime,
      done: row.done || row.doneBy.includes(unionId),
    }))
    .reverse()
    .sort((a, b) => Number(a.done) - Number(b.done));
