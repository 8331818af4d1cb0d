/** Ladders of timeouts, compiled. */
import type { TimeoutSpec } from '../spec/node.ts';
import type { Late, NodeId, TimeoutStep } from '../template.ts';
import { durationOf } from '../../worktime/duration.ts';
import type { Path } from '../order.ts';
import type { Build, Place } from './build.ts';
import { compileSelector } from './people.ts';

export function compileTimeout(build: Build, ladder: TimeoutSpec, path: Path, node: NodeId): TimeoutStep[] {
  return ladder.flatMap((step, i) => {
    const after = durationOf(step.after);
    const then = lateOf(build, step, [...path, 'timeout', i], { kind: 'telling', node });
    // What is missing is a finding.
    return after && then ? [{ after, then }] : [];
  });
}

function lateOf(build: Build, step: TimeoutSpec[number], path: Path, place: Place): Late | null {
  for (const kind of ['remind', 'escalate', 'transfer'] as const) {
    const people = step[kind];
    if (people !== undefined) return { kind, people: compileSelector(build, people, [...path, kind], place) };
  }
  if (step.return !== undefined) return { kind: 'return', to: step.return };
  if (step.approve) return { kind: 'approve' };
  if (step.refuse) return { kind: 'refuse' };
  return step.close === undefined ? null : { kind: 'close', outcome: step.close };
}
