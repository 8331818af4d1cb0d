/** The work is done: the node's form is filled, and the flow goes on. */
import { isRefusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { onward } from '../enter.ts';
import { nodeOf, tokenOf, type Halt, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';
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
  return onward(run, token);
}
