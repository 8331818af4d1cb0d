/** Return (退回): not a refusal. One person is enough whatever the node's rule; the way is walked again from there. */
import { refuse } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { enter, enterFiling } from '../enter.ts';
import { nodeOf, tokenOf, type Halt, type Run } from '../run.ts';
import type { ReturnTarget, Template } from '../template.ts';
import type { Task, Ticket } from '../ticket.ts';
import { closeVisit, endTask, needsComment } from './endTask.ts';

export function returnTask(run: Run, task: Task, command: Extract<Command, { type: 'return' }>): Halt {
  if (!returnTargets(run.template, run.ticket, task).includes(command.to))
    return refuse('bad_return_target', { to: run.template.nodes[command.to]?.name ?? command.to });
  const silent = needsComment(command.comment);
  if (silent) return silent;
  const token = tokenOf(run.ticket, task);
  endTask(run, task, 'returned', command.comment);
  closeVisit(run, task, 'cancelled', 'returned');
  return command.to === 'filing' ? enterFiling(run, token.id) : enter(run, command.to, token.id);
}

/** The requester's form, and the earlier nodes where somebody acted: one that was skipped has nobody to go back to. */
export function returnTargets(template: Template, ticket: Ticket, task: Task): readonly ReturnTarget[] {
  const { returnsTo } = nodeOf(template, task.node);
  return ['filing', ...returnsTo.filter((id) => ticket.tasks.some(({ node }) => node === id))];
}
