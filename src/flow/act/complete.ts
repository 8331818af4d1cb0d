/** The work is done: the node's form is filled, and the flow goes on once nobody else has a part of it. */
import { isRefusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { onward } from '../enter.ts';
import { nodeOf, tokenOf, visitOf, type Halt, type Run } from '../run.ts';
import { isPending, type Task } from '../ticket.ts';
import { fillNode } from '../write.ts';
import { endTask } from './endTask.ts';
import { takeQuietly } from './take.ts';

export function complete(run: Run, task: Task, command: Extract<Command, { type: 'complete' }>): Halt {
  const node = nodeOf(run.template, task.node);
  const token = tokenOf(run.ticket, task);
  const filling = fillNode(run, node, command.values, false);
  if (isRefusal(filling)) return filling;
  takeQuietly(run, task);
  endTask(run, task, 'complete', command.comment, filling);
  // Each of several has a task of their own: the step is done with the last.
  return visitOf(run.ticket, task).some(isPending) ? null : onward(run, token);
}
