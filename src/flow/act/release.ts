/** Un-claim: a pool's task goes back to its candidates, as if nobody had taken it. */
import type { Command } from '../command.ts';
import { actorOf, emit, tell, type Halt, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';

export function release(run: Run, task: Task, command: Extract<Command, { type: 'release' }>): Halt {
  const comment = command.comment.trim();
  emit(run, 'task.released', { n: task.n }, { comment }, run.by);
  const others = task.people.flatMap(({ personId, role }) => (role === 'candidate' ? [personId] : []));
  tell(run, others, { kind: 'released', by: actorOf(run), text: comment });
  return null;
}
