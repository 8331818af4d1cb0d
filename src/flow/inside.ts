/** Going to a node that lies in branches: the regions around it open for it alone, and join when it is through. */
import { arrive } from './enter.ts';
import { joinOf } from './region.ts';
import { emit, newToken, nodeOf, type Run, type Traveller } from './run.ts';

/** @param within the branches around the node, outermost first: `checks.0` @param token outside of them all */
export function openAround(run: Run, within: readonly string[], token: Traveller): Traveller {
  let traveller = token;
  for (const branch of within) {
    const node = branch.slice(0, branch.lastIndexOf('.'));
    // A template that was checked has the join of each region.
    nodeOf(run.template, joinOf(node));
    const visit = arrive(run, node, traveller);
    const n = run.ticket.n + 1;
    const { regions: outer, id } = traveller;
    const alone = { total: 1, need: 'all', oneRefusalEndsAll: true } as const;
    emit(run, 'region.opened', { id: `r${n}`, n, node, visit, outer, token: id, ...alone }, null);
    traveller = newToken(run, [...outer, `r${n}`]);
  }
  return traveller;
}
