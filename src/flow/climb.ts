/** The timers of a task: one at a time, for the next rung of its node's ladder. */
import { dueAtStep } from './due.ts';
import { emit, nodeOf, type Run } from './run.ts';
import { type Task, taskTimer } from './ticket.ts';

/** Sets the timer of a task's next rung, if its node has one. */
export function climb(run: Run, task: Task, rung: number): void {
  if (task.node === 'filing' || task.kind === 'rescue') return;
  const step = nodeOf(run.template, task.node).timeout[rung];
  if (!step) return;
  const { at, provisional } = dueAtStep(run, task, task.openedAt, step.after);
  const { n, node, visit, openedAt: from } = task;
  emit(run, 'timer.set', { key: taskTimer(n), kind: 'timeout', at, from, node, visit, rung, provisional }, null);
}
