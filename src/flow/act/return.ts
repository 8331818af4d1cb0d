/** Return (退回): not a refusal. One person is enough whatever the node's rule. */
import { refuse } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { nodeOf, tokenOf, type Halt, type Run } from '../run.ts';
import { mayResume, returnTargets } from '../returnTargets.ts';
import type { NodeId, Template } from '../template.ts';
import type { Task } from '../ticket.ts';
import { goBack } from '../wayBack.ts';
import { closeVisit, endTask, needsComment } from './endTask.ts';

type Return = Extract<Command, { type: 'return' }>;

export function returnTask(run: Run, task: Task, command: Return): Halt {
  if (!returnTargets(run.template, run.ticket, task).includes(command.to))
    return refuse('bad_return_target', { to: run.template.nodes[command.to]?.name ?? command.to });
  const silent = needsComment(command.comment);
  if (silent) return silent;
  const token = tokenOf(run.ticket, task);
  endTask(run, task, 'returned', command.comment);
  closeVisit(run, task, 'cancelled', 'returned');
  return goBack(run, command.to, token, resumesAt(run.template, task, command));
}

/** Where it comes back to at once; undefined: the way is walked again. */
function resumesAt(template: Template, task: Task, { to, then }: Return): NodeId | undefined {
  const { afterReturn } = nodeOf(template, task.node);
  const resumes = afterReturn === 'resume' || (afterReturn === 'ask' && then === 'resume');
  return resumes && mayResume(template, task, to) ? task.node : undefined;
}
