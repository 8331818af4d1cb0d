/** Branches that run beside each other: that they can join, and that each has something to do and a name of its own. */
import type { Path } from '../order.ts';
import type { ParallelSpec } from '../spec/node.ts';
import type { Check, CheckContext } from './context.ts';
import { alwaysEnds, neverJoins } from './passing.ts';

export const checkParallel: Check = (context) => {
  for (const { spec, path } of context.placed) {
    if ('branches' in spec) {
      checkNames(context, spec.branches, [...path, 'branches']);
      checkJoin(context, spec, path);
    } else if ('cases' in spec) checkNames(context, spec.cases, [...path, 'cases']);
  }
};

function checkNames({ report }: CheckContext, all: readonly { name: string }[], path: Path): void {
  all.forEach(({ name }, i) => {
    if (all.findIndex((one) => one.name === name) < i) report('duplicate_name', [...path, i, 'name'], { name });
  });
}

function checkJoin({ report }: CheckContext, { branches, join }: ParallelSpec, path: Path): void {
  const count = branches.length;
  if (typeof join === 'number' && join > count) {
    report('join_too_many', [...path, 'join'], { join, count }, { fix: 'all' });
    return;
  }
  if (neverJoins(branches, join)) {
    const i = branches.findIndex(({ flow }) => alwaysEnds(flow));
    report('join_never', [...path, 'branches', i, 'name'], { name: branches[i]?.name ?? '' });
    return;
  }
  if (count === 1) {
    report('parallel_of_one', [...path, 'parallel'], {}, { atKey: true });
    return;
  }
  const idle = branches.findIndex(({ flow }) => flow.length === 0);
  if (idle < 0) return;
  const facts = { name: branches[idle]?.name ?? '' };
  const isWhole = join === undefined || join === 'all' || join === count;
  report(isWhole ? 'branch_does_nothing' : 'branch_joins_at_once', [...path, 'branches', idle, 'name'], facts);
}
