/** Branches that run beside each other: those of `parallel`, and the cases of a branch with `every`. */
import type { Path } from '../order.ts';
import type { CheckContext } from './context.ts';

/** The branches around a node, outermost first: `flow.2.branches.0`. */
export function regionsOf({ placed }: CheckContext, path: Path): string[] {
  const every = new Set(placed.filter(({ spec }) => 'cases' in spec && spec.every).map((one) => one.path.join('.')));
  return path.flatMap((part, i) => {
    const isBeside = part === 'branches' || (part === 'cases' && every.has(path.slice(0, i).join('.')));
    return isBeside && path[i + 2] === 'flow' ? [path.slice(0, i + 2).join('.')] : [];
  });
}

/** Whether one place is in no branch that the other is not in: a way back leads only out of branches, or stays inside. */
export const isOutward = (to: readonly string[], from: readonly string[]): boolean =>
  to.every((region, i) => region === from[i]);

/** In different branches of one region, so that both may run at the same time. */
export function areBeside(a: readonly string[], b: readonly string[]): boolean {
  const parting = a.findIndex((branch, i) => branch !== b[i]);
  return parting >= 0 && splitOf(a[parting]) === splitOf(b[parting]);
}

/** What a branch is one of: `flow.2.branches`. */
const splitOf = (branch = ''): string => branch.slice(0, branch.lastIndexOf('.'));
