/**
 * What the tasks of one visit have decided, as early as it is settled: 或签 by the first act, 会签 by the last agreement
 * or the first refusal, a share by its count, 依次 one after the other. `approval-semantics.md`, "Acts".
 */
import type { ApproveNode, ConfirmNode } from './template.ts';
import type { Task } from './ticket.ts';

export type Verdict = 'agreed' | 'refused' | 'open';

export function verdict(node: ApproveNode | ConfirmNode, tasks: readonly Task[]): Verdict {
  const agreed = tasks.filter(({ state }) => state === 'done:agree').length;
  const refused = tasks.filter(({ state }) => state === 'done:refuse').length;
  const pending = tasks.filter(({ state }) => state === 'open' || state === 'waiting').length;
  const total = agreed + refused + pending;
  const need = agreementsNeeded(node, total);
  if (agreed >= need) return 'agreed';
  return refused > 0 && refused >= refusalsNeeded(node, total, need) ? 'refused' : 'open';
}

/** @param total how many decide, from 1 */
export function agreementsNeeded(node: ApproveNode | ConfirmNode, total: number): number {
  if (node.kind === 'confirm' || node.mode === 'any') return 1;
  if (node.mode === 'all' || node.mode === 'sequence') return total;
  if ('min' in node.mode) return Math.min(node.mode.min, total);
  return Math.max(1, Math.ceil((total * node.mode.percent) / 100));
}

function refusalsNeeded(node: ApproveNode | ConfirmNode, total: number, need: number): number {
  if (node.kind === 'confirm') return 1;
  if (node.mode === 'any') return node.refuseNeeds === 'all' ? total : 1;
  // As soon as the others can't reach the number any more.
  return total - need + 1;
}
