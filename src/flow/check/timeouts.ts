/** Ladders of timeouts: at nodes that wait for people, each step one act that fits there, in the order of time. */
import { type Duration, durationOf, surelyShorter } from '../../worktime/duration.ts';
import type { NodeKind } from '../spec/node.ts';
import type { PlacedNode } from '../order.ts';
import type { Check, CheckContext } from './context.ts';

const ACTIONS = ['remind', 'escalate', 'transfer', 'return', 'approve', 'refuse', 'close'] as const;
/** After these the node is left, and no later step can come. */
const FINAL = ['return', 'approve', 'refuse', 'close'] as const;
/** Timeouts run from the moment when somebody got the task. */
const WITH_TASKS: readonly NodeKind[] = ['handle', 'approve', 'confirm'];

export const checkTimeouts: Check = (context) => {
  for (const node of context.placed) {
    if (!node.spec.timeout) continue;
    if (!WITH_TASKS.includes(node.kind)) {
      context.report('timeout_without_task', [...node.path, 'timeout'], { kind: node.kind }, { atKey: true });
      continue;
    }
    checkSteps(context, node);
    checkTimes(context, node);
  }
};

function checkSteps({ report }: CheckContext, { spec, kind, path }: PlacedNode): void {
  const steps = spec.timeout ?? [];
  const last = steps.findIndex((step) => FINAL.some((key) => step[key] !== undefined));
  steps.forEach((step, i) => {
    const at = [...path, 'timeout', i];
    if (ACTIONS.filter((key) => step[key] !== undefined).length !== 1)
      report('one_action', at, { keys: ACTIONS.join(' ') });
    for (const key of ['approve', 'refuse'] as const)
      if (step[key] === false)
        report('wrong_value', [...at, key], { value: 'false', allowed: 'true' }, { fix: 'true' });
    // A deed is done by somebody: neither work nor a confirmation happens by waiting.
    if (step.approve && kind !== 'approve') report('auto_pass_of_work', [...at, 'approve'], { kind });
    if (step.refuse && kind === 'handle') report('refuse_of_work', [...at, 'refuse'], {}, { atKey: true });
    if (last >= 0 && i === last + 1) report('timeout_after_final', at);
  });
}

/** Working time and the clock's cannot always be compared: what is certain is an error, what is likely a warning. */
function checkTimes({ report }: CheckContext, { spec, path }: PlacedNode): void {
  let before: Duration | null = null;
  spec.timeout?.forEach((step, i) => {
    const length = durationOf(step.after);
    if (before && length) {
      const at = [...path, 'timeout', i, 'after'];
      if (surelyShorter(length, before)) report('timeout_order', at);
      else if (length.kind !== before.kind && usualMs(length) < usualMs(before)) report('timeout_order_unsure', at);
    }
    before = length;
  });
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long it usually takes by the clock, with days of eight working hours. */
export function usualMs(length: Duration): number {
  if (length.kind === 'workdays') return length.n * DAY_MS;
  const days = length.ms / (8 * HOUR_MS);
  return length.kind === 'wall' || days < 1 ? length.ms : days * DAY_MS;
}
