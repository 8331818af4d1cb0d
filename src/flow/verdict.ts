/**
 * What the tasks of one visit have decided, as early as it is settled: 或签 by the first act, 会签 by the last agreement
 * or the first refusal, a share by its count, 依次 one after the other. `approval-semantics.md`, "Acts".
 *
 * Of those who were added (加签), `parallel` ones count like the step's own; `after` ones must agree once the rule is
 * fulfilled, and their refusal decides; advice decides nothing, unless the step says that a refusal is `binding`.
 */
import type { ApproveNode, ConfirmNode } from './template.ts';
import { isAdvice, isPending, type Task } from './ticket.ts';

/** `awaited`: the rule is fulfilled, and only those who were added after somebody's agreement are still asked. */
export type Verdict = 'agreed' | 'refused' | 'open' | 'awaited';

export function verdict(node: ApproveNode | ConfirmNode, tasks: readonly Task[]): Verdict {
  const after = tasks.filter((task) => task.via === 'after');
  if (after.some(isRefusal)) return 'refused';
  if (node.acts.addSign === 'binding' && tasks.some((task) => task.via === 'before' && isRefusal(task)))
    return 'refused';
  const ruled = byRule(
    node,
    tasks.filter((task) => task.via !== 'after' && !isAdvice(task)),
  );
  return ruled === 'agreed' && after.some(isPending) ? 'awaited' : ruled;
}

const isRefusal = ({ state }: Task): boolean => state === 'done:refuse';

function byRule(node: ApproveNode | ConfirmNode, tasks: readonly Task[]): Exclude<Verdict, 'awaited'> {
  const agreed = tasks.filter(({ state }) => state === 'done:agree').length;
  const refused = tasks.filter(isRefusal).length;
  const total = agreed + refused + tasks.filter(isPending).length;
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
