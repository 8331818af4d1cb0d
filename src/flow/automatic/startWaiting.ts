/** A `wait` node: until a moment, for a while, or until a condition holds. A timer wakes it in any case. */
import { dueAt } from '../due.ts';
import { emit, scopeOf, type Run } from '../run.ts';
import type { WaitNode } from '../template.ts';
import { waitTimer } from '../ticket.ts';

/** A condition may depend on the time or on the directory: it is looked at this often, beside after each act. */
const LOOK_AGAIN_MS = 3_600_000;

/** @returns false when there is nothing to wait for */
export function startWaiting(run: Run, node: WaitNode, visit: number): boolean {
  const due = wakeAt(run, node);
  if (due === null) return false;
  const { at, provisional } = due;
  const where = { node: node.id, visit, rung: 0, from: run.env.now };
  emit(run, 'timer.set', { key: waitTimer(node.id, visit), kind: 'wait', at, provisional, ...where }, null);
  return true;
}

/** @returns null: now */
function wakeAt(run: Run, { id, until }: WaitNode): { at: number; provisional: boolean } | null {
  const { now } = run.env;
  switch (until.kind) {
    case 'while':
      return dueAt(run, now, until.duration);
    case 'condition':
      return until.holds(scopeOf(run)) ? null : { at: now + LOOK_AGAIN_MS, provisional: false };
    case 'moment': {
      const at = until.at(scopeOf(run));
      if (at === null) emit(run, 'node.skipped', { node: id, because: 'unset' }, null);
      return at === null || at <= now ? null : { at, provisional: false };
    }
  }
}
