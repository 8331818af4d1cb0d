/** Withdraw (撤回): the requester takes the request back. Not a refusal, in words or in figures. */
import type { Command } from '../command.ts';
import { actsAt } from '../guard.ts';
import { emit, type Halt, type Run } from '../run.ts';
import { closeTask, needsComment } from './endTask.ts';

export function withdraw(run: Run, command: Extract<Command, { type: 'withdraw' }>): Halt {
  const needsReason = run.ticket.tokens.some(
    ({ node }) => actsAt(run.template, node).withdraw === 'any_time_with_reason',
  );
  const silent = needsReason ? needsComment(command.comment) : null;
  if (silent) return silent;
  for (const task of run.ticket.tasks) closeTask(run, task, 'cancelled', 'withdrawn');
  const reason = command.comment.trim();
  emit(run, 'ticket.closed', { status: 'withdrawn', outcome: 'withdrawn' }, { reason }, run.by);
  return null;
}
