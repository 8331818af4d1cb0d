/** 拿回: a person undoes their own act; what it opened is cancelled, and their task is open again. */
import { closeTask } from '../close.ts';
import { distinct } from '../resolve.ts';
import { refuse } from '../../lib/refusal.ts';
import { actorOf, emit, tell, type Halt, type Run } from '../run.ts';
import { isOpen, whoHas } from '../ticket.ts';

export function takeBack(run: Run): Halt {
  const { undo } = run.ticket;
  if (!undo) return refuse('too_late_to_take_back');
  const { past } = run.env;
  if (past?.version !== undo.version - 1) return { need: 'past', version: undo.version - 1 };
  const since = run.ticket.tasks.filter((task) => past.tasks.every(({ n }) => n !== task.n));
  const by = actorOf(run);
  const had = run.ticket.tasks.filter(isOpen);
  for (const task of since) closeTask(run, task, 'cancelled', 'taken_back');
  emit(run, 'act.taken_back', { n: undo.n }, null, by);
  // In a sequence the next one's task was not opened by the act, but its turn had come by it.
  const lost = had.filter(({ n }) => !run.ticket.tasks.some((task) => task.n === n && isOpen(task)));
  tell(run, distinct(lost.flatMap(whoHas)).filter((id) => id !== by), { kind: 'taken_back', by }); // prettier-ignore
  return null;
}
