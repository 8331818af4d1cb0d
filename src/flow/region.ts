/**
 * Parallel branches. A token that splits ends; each branch has a token of its own, and where enough of them came
 * together a new one goes on. `approval-semantics.md`, "Parallel branches, return and tokens".
 */
import { isOver, type Region, type Token } from './ticket.ts';
import { cancelVisit, leaveChildren } from './close.ts';
import { emit, newToken, nodeOf, type Halt, type Run, type Traveller } from './run.ts';
import type { BranchNode, JoinNode, NodeId, ParallelNode } from './template.ts';

type Enter = (run: Run, start: NodeId | null, token: Traveller) => Halt;

/** @param branches  to walk; none: the flow goes on behind the join */
export function split(
  run: Run,
  node: ParallelNode | BranchNode,
  branches: readonly { readonly to: NodeId | null }[],
  token: Traveller,
  enter: Enter,
): Halt {
  const join = nodeOf(run.template, joinOf(node.id));
  if (branches.length === 0) return enter(run, join.next, token);
  const visit = run.ticket.visits[node.id] ?? 1;
  const n = run.ticket.n + 1;
  const region = `r${n}`;
  const isParallel = node.kind === 'parallel';
  const data = {
    ...{ id: region, n, node: node.id, visit, outer: token.regions, total: branches.length, token: token.id },
    need: isParallel ? node.join : 'all',
    oneRefusalEndsAll: isParallel ? node.oneRefusalEndsAll : true,
  } as const;
  emit(run, 'region.opened', data, null);
  for (const { to } of branches) {
    // An earlier branch may have been enough, or have ended everything.
    if (isOver(run.ticket.status) || !regionOf(run, region)) return null;
    const halt = enter(run, to ?? join.id, newToken(run, [...token.regions, region]));
    if (halt) return halt;
  }
  return null;
}

export const joinOf = (node: NodeId): NodeId => `${node}.join`;

/** @returns the region that is through, or that it still waits for others */
export function arriveAtJoin(run: Run, node: JoinNode, token: Traveller): { regions: readonly string[] } | 'waits' {
  const id = token.regions.at(-1);
  if (id === undefined) throw new Error(`Nothing was split before "${node.id}"`);
  emit(run, 'token.ended', { token: token.id, region: id, because: 'joined' }, null);
  const region = regionOf(run, id);
  if (!region || !isThrough(region)) return 'waits';
  closeRegion(run, region, 'joined');
  return { regions: region.outer };
}

/**
 * A refusal that ends its way. Where branches decide alone, only this branch ends; else, and when nothing is left
 * that could join, the refusal goes on outside.
 * @returns how far it went: the token that goes on behind a join, nothing more to do, or out of all regions
 */
export function refuseBranch(
  run: Run,
  token: Traveller,
): { readonly token: Traveller; readonly next: NodeId | null } | 'waits' | 'refused' {
  const id = token.regions.at(-1);
  const region = id === undefined ? undefined : regionOf(run, id);
  if (!region) return 'refused';
  emit(run, 'token.ended', { token: token.id, region: region.id, because: 'refused' }, null);
  const now = regionOf(run, region.id) ?? region;
  if (!region.oneRefusalEndsAll && isThrough(now)) {
    closeRegion(run, now, 'joined');
    return { token: newToken(run, now.outer), next: nodeOf(run.template, joinOf(now.node)).next };
  }
  if (!region.oneRefusalEndsAll && canJoin(now)) return 'waits';
  closeRegion(run, now, 'refused');
  return refuseBranch(run, newToken(run, now.outer));
}

/** Enough have arrived. Of `all`, those that were refused are not waited for; one at least must have come. */
const isThrough = ({ need, total, arrived, refused }: Region): boolean =>
  need === 'all' ? arrived > 0 && arrived + refused === total : arrived >= need;

const canJoin = ({ need, total, refused }: Region): boolean => total - refused >= (need === 'all' ? 1 : need);

export const regionOf = (run: Run, id: string): Region | undefined =>
  run.ticket.regions.find((region) => region.id === id);

/** Ends what is still under way inside, also in regions within it. */
export function closeRegion(run: Run, region: Region, because: 'joined' | 'refused' | 'returned'): void {
  for (const token of run.ticket.tokens) {
    if (!token.regions.includes(region.id)) continue;
    cancelVisit(run, token, because === 'returned' ? 'returned' : 'ended');
    leaveBranch(run, token, token.regions.indexOf(region.id));
    emit(run, 'token.ended', { token: token.id, region: region.id, because: 'cancelled' }, null);
  }
  emit(run, 'region.closed', { region: region.id, node: region.node, because }, null);
}

/** Also what the branch has filed without waiting for it is given up with the branch. */
function leaveBranch(run: Run, { node }: Token, depth: number): void {
  const branch = nodeOf(run.template, node).within[depth];
  leaveChildren(run, (child) => nodeOf(run.template, child.node).within[depth] === branch);
}
