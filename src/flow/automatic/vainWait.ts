/**
 * A condition that is waited for while nothing is under way that could make it true: nobody has a task, nothing else is
 * awaited. Looking again every hour would go on for ever, so the flow admin decides.
 */
import { admins } from '../appoint.ts';
import { nodeOf, type Run } from '../run.ts';
import type { WaitNode } from '../template.ts';
import { isOpen, isOver, type Token } from '../ticket.ts';
import { askForRescue } from './rescue.ts';

export function askWhereItIsVain(run: Run): void {
  const { ticket } = run;
  if (isOver(ticket.status) || ticket.tasks.some(isOpen)) return;
  const vain = ticket.tokens.flatMap((token) => {
    const node = vainAt(run, token);
    return node ? [{ node, token }] : [];
  });
  if (vain.length < ticket.tokens.length || admins(run).length === 0) return;
  for (const { node, token } of vain) {
    const words = {
      zh: `「${node.name}」等待的条件还没有成立，而流程里已经没有人能改变它：请跳过这一步，或撤回工单`,
      en: `What “${node.name}” waits for has not come true, and nobody in the flow can change it any more: skip the step, or have the ticket withdrawn`,
    };
    askForRescue(run, node, token, { kind: 'alarm', words });
  }
}

function vainAt({ template }: Run, { node: at }: Token): WaitNode | null {
  const node = at === 'filing' ? null : nodeOf(template, at);
  return node?.kind === 'wait' && node.until.kind === 'condition' && !node.until.mayTurn ? node : null;
}
