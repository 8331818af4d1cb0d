/** Agree and refuse, at approvals and confirmations. When a node is decided: `../verdict.ts`. */
import { isRefusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { onward } from '../enter.ts';
import { activate } from '../open.ts';
import { nodeOf, tokenOf, visitOf, type Halt, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';
import { verdict } from '../verdict.ts';
import { enterRefused } from '../wayBack.ts';
import { fillNode } from '../write.ts';
import { closeVisit, endTask, needsComment } from './endTask.ts';

type Decide = Extract<Command, { type: 'agree' | 'refuse' }>;

export function decide(run: Run, task: Task, command: Decide): Halt {
  const node = nodeOf(run.template, task.node);
  if (node.kind !== 'approve' && node.kind !== 'confirm') throw new Error(`Nobody decides at "${node.id}"`);
  const token = tokenOf(run.ticket, task);
  const refuses = command.type === 'refuse';
  const silent = refuses ? needsComment(command.comment) : null;
  if (silent) return silent;
  const filling = fillNode(run, node, command.values, refuses);
  if (isRefusal(filling)) return filling;
  endTask(run, task, command.type, command.comment, filling);

  switch (verdict(node, visitOf(run.ticket, task))) {
    case 'open':
      activateNext(run, task);
      return null;
    case 'agreed':
      closeVisit(run, task, 'closed', 'decided');
      return onward(run, token);
    case 'refused':
      closeVisit(run, task, 'closed', 'decided');
      return enterRefused(run, node.onRefuse, token, command.comment.trim());
  }
}

/** In a sequence, the next one's turn has come. */
function activateNext(run: Run, task: Task): void {
  const next = visitOf(run.ticket, task).find(({ state }) => state === 'waiting');
  if (next) activate(run, next);
}
