/** Claim and accept: somebody has the work in hand. Claiming counts as accepting. */
import { actorOf, emit, tell, type Halt, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';

export function take(run: Run, task: Task): Halt {
  takeQuietly(run, task);
  const { requesterId } = run.ticket;
  if (requesterId !== run.by) tell(run, [requesterId], { kind: 'accepted', by: actorOf(run) });
  return null;
}

/** Takes the task as part of another act, which says enough by itself. */
export function takeQuietly(run: Run, task: Task): void {
  if (task.assigneeId === null) emit(run, 'task.claimed', { n: task.n }, null, run.by);
  else if (task.acceptedAt === null) emit(run, 'task.accepted', { n: task.n }, null, run.by);
}
