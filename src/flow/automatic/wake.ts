/** What waited goes on: its time has come, or its condition holds. */
import { cancelVisit } from '../close.ts';
import { onward } from '../enter.ts';
import { nodeOf, scopeOf, type Halt, type Run } from '../run.ts';
import { isOver, type Token } from '../ticket.ts';
import { startWaiting } from './startWaiting.ts';

/** The timer is due: on, unless it was only time to look again. */
export function wake(run: Run, token: Token): Halt {
  const node = nodeOf(run.template, token.node);
  if (node.kind !== 'wait') throw new Error(`Nothing waits at "${node.id}"`);
  if (node.until.kind === 'condition' && startWaiting(run, node, token.visit)) return null;
  return goOn(run, token);
}

/** Whoever was asked about it because it seemed to wait in vain need not decide any more. */
function goOn(run: Run, token: Token): Halt {
  cancelVisit(run, token, 'ended');
  return onward(run, token);
}

/** What has just happened may be what a token waits for. */
export function wakeWhereItHolds(run: Run): Halt {
  for (const token of run.ticket.tokens) {
    // An earlier one may have ended this one.
    if (isOver(run.ticket.status) || !run.ticket.tokens.includes(token) || token.node === 'filing') continue;
    const node = nodeOf(run.template, token.node);
    if (node.kind !== 'wait' || node.until.kind !== 'condition' || !node.until.holds(scopeOf(run))) continue;
    const halt = goOn(run, token);
    if (halt) return halt;
  }
  return null;
}
