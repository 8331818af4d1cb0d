/**
 * Agree and refuse, at approvals and confirmations. A node is decided as early as it is settled:
 * 或签 by the first act, 会签 by the last agreement or the first refusal, 依次 one after the other.
 */
import { isRefusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { enter, enterRefused } from '../enter.ts';
import { emit, nodeOf, tokenOf, visitOf, type Halt, type Run } from '../run.ts';
import type { ApproveNode, ConfirmNode } from '../template.ts';
import type { Task } from '../ticket.ts';
import { fillNode } from '../write.ts';
import { closeVisit, endTask, needsComment } from './endTask.ts';

type Decide = Extract<Command, { type: 'agree' | 'refuse' }>;
type Decided = 'agreed' | 'refused' | 'open';

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

  switch (decided(node, visitOf(run.ticket, task), command.type)) {
    case 'open':
      if (node.kind === 'approve' && node.mode === 'sequence') activateNext(run, task);
      return null;
    case 'agreed':
      closeVisit(run, task, 'closed', 'decided');
      return enter(run, node.next, token.id);
    case 'refused':
      closeVisit(run, task, 'closed', 'decided');
      return enterRefused(run, node.onRefuse, token.id, command.comment.trim());
  }
}

function decided(node: ApproveNode | ConfirmNode, tasks: readonly Task[], act: Decide['type']): Decided {
  if (node.kind === 'confirm') return act === 'agree' ? 'agreed' : 'refused';
  const pending = tasks.some(({ state }) => state === 'open' || state === 'waiting');
  if (act === 'agree') return node.mode === 'any' || !pending ? 'agreed' : 'open';
  const waitsForOthers = node.mode === 'any' && node.refuseNeeds === 'all' && pending;
  return waitsForOthers ? 'open' : 'refused';
}

function activateNext(run: Run, task: Task): void {
  const next = visitOf(run.ticket, task).find(({ state }) => state === 'waiting');
  if (next) emit(run, 'task.activated', { n: next.n }, null);
}
