/** Withdraw (撤回): the requester takes the request back. Not a refusal, in words or in figures. */
import type { Command } from '../command.ts';
import { closeTicket } from '../close.ts';
import { actsAt, type Halt, type Run } from '../run.ts';
import { needsComment } from './endTask.ts';

export function withdraw(run: Run, command: Extract<Command, { type: 'withdraw' }>): Halt {
  const needsReason = run.ticket.tokens.some(
    ({ node }) => actsAt(run.template, node).withdraw === 'any_time_with_reason',
  );
  const silent = needsReason ? needsComment(command.comment) : null;
  if (silent) return silent;
  closeTicket(run, { status: 'withdrawn', outcome: 'withdrawn' }, command.comment.trim());
  return null;
}
