/** A step that runs by itself did not work: the flow admin tries again, or goes on without it. Nobody's ticket is stuck. */
import { refuse } from '../../lib/refusal.ts';
import { admins } from '../appoint.ts';
import { endTask } from '../act/endTask.ts';
import type { Command, Notice } from '../command.ts';
import { enter, onward } from '../enter.ts';
import { openTask } from '../open.ts';
import { emit, tell, tokenOf, type Halt, type Run } from '../run.ts';
import type { Node } from '../template.ts';
import type { Task, Token } from '../ticket.ts';

export function askForRescue(run: Run, node: Node, { visit }: Token, why: Notice): Halt {
  const people = admins(run);
  if (people.length === 0) return refuse('template_faulty', { node: node.name });
  openTask(run, { node: node.id, visit, kind: 'rescue', state: 'open', ord: 0, people, rule: 'admin' });
  tell(run, people, why);
  return null;
}

export function rescue(run: Run, task: Task, command: Extract<Command, { type: 'retry' | 'skip' }>): Halt {
  const token = tokenOf(run.ticket, task);
  if (task.assigneeId === null) emit(run, 'task.claimed', { n: task.n }, null, run.by);
  endTask(run, task, command.type, command.comment);
  return command.type === 'retry' ? enter(run, token.node, token) : onward(run, token);
}
