/** What every act that ends a task leaves behind. */
import { isBlank } from '../../form/typed.ts';
import { refuse, type Refusal } from '../../lib/refusal.ts';
import type { EventOf, Result } from '../event.ts';
import { closeTask } from '../close.ts';
import { dueAt } from '../due.ts';
import { actorOf, actsAt, emit, visitOf, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';
import { emitForm, part, type Filling } from '../write.ts';

const NOTHING: Filling = { node: {}, form: null };

export function endTask(run: Run, task: Task, result: Result, comment: string, filling: Filling = NOTHING): void {
  const fields = run.template.nodes[task.node]?.form ?? [];
  const { data, personal } = part(fields, filling.node);
  // The form first: the task's end is the last thing that its person did.
  if (filling.form) emitForm(run, filling.form, actorOf(run));
  const { takeBack } = actsAt(run.template, task.node);
  const { n } = task;
  const done =
    takeBack === null
      ? { n, result, values: data }
      : { n, result, values: data, until: dueAt(run, run.env.now, takeBack).at };
  emit(run, 'task.done', done, { values: personal, comment: comment.trim() }, run.by);
}

type Closed = EventOf<'task.closed'>['data'];

/** Ends what is left of the task's visit. */
export function closeVisit(run: Run, task: Task, state: Closed['state'], because: Closed['because']): void {
  for (const other of visitOf(run.ticket, task)) closeTask(run, other, state, because);
}

export const needsComment = (comment: string): Refusal | null => (isBlank(comment) ? refuse('comment_required') : null);
