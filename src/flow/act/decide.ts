/** Agree and refuse, at approvals and confirmations. When a node is decided: `../verdict.ts`. */
import { isRefusal, refuse, type Refusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { nodeOf, type Halt, type Run } from '../run.ts';
import { settle } from '../settle.ts';
import { isAdvice, type Task } from '../ticket.ts';
import { fillNode, type Filling } from '../write.ts';
import { tellAsker } from './advise.ts';
import { endTask, needsComment } from './endTask.ts';

type Decide = Extract<Command, { type: 'agree' | 'refuse' }>;

export function decide(run: Run, task: Task, command: Decide): Halt {
  const refuses = command.type === 'refuse';
  const silent = refuses ? needsComment(command.comment) : null;
  if (silent) return silent;
  const filling = filled(run, task, command);
  if (isRefusal(filling)) return filling;
  endTask(run, task, command.type, command.comment, filling);
  if (isAdvice(task)) tellAsker(run, task, refuses, command.comment);
  return settle(run, task, command.comment.trim());
}

/** Who only advises leaves the form to whoever decides. */
function filled(run: Run, task: Task, { type, values }: Decide): Filling | Refusal {
  if (!isAdvice(task)) return fillNode(run, nodeOf(run.template, task.node), values, type === 'refuse');
  const [field] = Object.keys(values);
  return field === undefined ? { node: {}, form: null } : refuse('unknown_field', { field });
}
