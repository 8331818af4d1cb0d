/** Which way of a branch a step lies on. */
import { joinOf } from './region.ts';
import { nodeOf } from './run.ts';
import type { BranchNode, NodeId, Template } from './template.ts';

/** @returns undefined: on none of them */
export const caseOf = (
  template: Template,
  branch: BranchNode,
  sought: NodeId,
): BranchNode['cases'][number] | undefined =>
  branch.cases.find(({ to }) => holds(template, { from: to, until: branch.next }, sought));

interface Stretch {
  readonly from: NodeId | null;
  readonly until: NodeId | null;
}

function holds(template: Template, { from, until }: Stretch, sought: NodeId): boolean {
  for (let id = from; id !== null && id !== until;) {
    const node = nodeOf(template, id);
    if (id === sought || inside(template, id).some((stretch) => holds(template, stretch, sought))) return true;
    id = node.next;
  }
  return false;
}

/** The lists that a step holds, each up to where it ends. */
function inside(template: Template, id: NodeId): readonly Stretch[] {
  const node = nodeOf(template, id);
  if (node.kind === 'parallel') return node.branches.map(({ to }) => ({ from: to, until: joinOf(id) }));
  if (node.kind !== 'branch') return [];
  return node.cases.map(({ to }) => ({ from: to, until: node.every ? joinOf(id) : node.next }));
}
