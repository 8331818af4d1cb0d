/** Which statuses a ticket of this flow can have: `approval-semantics.md`, "Status and outcome". */
import type { NodeKind, NodeSpec } from '../spec/node.ts';
import { type Status, STATUSES } from '../ticket.ts';
import type { CheckContext } from './context.ts';

const OF_KIND: Partial<Record<NodeKind, readonly Status[]>> = {
  handle: ['pending', 'processing'],
  approve: ['approving', 'refused'],
  confirm: ['confirming'],
};

export function statusesOf({ placed, spec }: CheckContext): readonly Status[] {
  // A flow in which nobody acts keeps the status that a ticket begins with.
  if (!placed.some(({ kind }) => OF_KIND[kind])) return STATUSES;
  const found = new Set<Status>(['closed', 'returned', 'suspended']);
  for (const { kind, spec: node } of placed) {
    for (const status of OF_KIND[kind] ?? []) found.add(status);
    if (mayRefuse(node)) found.add('refused');
  }
  if (spec.acts?.withdraw !== 'never') found.add('withdrawn');
  // "Not solved" makes it processing, and so does going on after a pause.
  if (found.has('confirming')) found.add('processing');
  return STATUSES.filter((status) => found.has(status));
}

const mayRefuse = (node: NodeSpec): boolean =>
  ('end' in node && node.outcome === 'refused') || 'subflow' in node || 'call' in node;
