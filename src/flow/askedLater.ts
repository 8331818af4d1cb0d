/**
 * 审批人去重 `last`: who will surely be asked at a later step passes here. Surely means: along every way from here, at a
 * step without `when` that no timeout passes by itself, where nobody else can decide before them, by a rule that
 * nothing filled in later can change. What is not sure is asked for here.
 */
import type { PersonId } from './directory.ts';
import { resolve } from './resolve.ts';
import { joinOf } from './region.ts';
import { around, nodeOf, type Run } from './run.ts';
import type { ApproveNode, Node, NodeId, Selector, Template } from './template.ts';

/** @returns the nearest such step that satisfies `isOpen`; null: there is none */
export function askedLater(
  run: Run,
  node: ApproveNode,
  personId: PersonId,
  isOpen: (later: ApproveNode) => boolean,
): NodeId | null {
  const { template } = run;
  for (let id = follows(template, node); id !== null;) {
    const at = nodeOf(template, id);
    if (at.kind === 'approve' && isSure(template, at) && asks(run, at, personId) && isOpen(at)) return at.id;
    id = follows(template, at);
  }
  return null;
}

/** What is done after it on every way; null: nothing more is sure. */
function follows(template: Template, node: Node): NodeId | null {
  if (node.kind === 'end') return null;
  if (node.kind !== 'branch' && node.kind !== 'parallel') return node.next;
  // One of its ways may end the ticket.
  if (Object.values(template.nodes).some(({ kind }) => kind === 'end')) return null;
  return node.kind === 'parallel' || node.every ? nodeOf(template, joinOf(node.id)).next : node.next;
}

function isSure(template: Template, { when, timeout, within }: ApproveNode): boolean {
  const passes = timeout.some(({ then }) => ['approve', 'close', 'transfer'].includes(then.kind));
  return when === null && !passes && within.every((branch) => waitsForAll(template, branch));
}

/** @param branch `checks.0` */
function waitsForAll({ nodes }: Template, branch: string): boolean {
  const region = nodes[branch.slice(0, branch.lastIndexOf('.'))];
  return region?.kind === 'branch' || (region?.kind === 'parallel' && region.join === 'all');
}

/** Nobody can decide in their place. */
function asks(run: Run, node: ApproveNode, personId: PersonId): boolean {
  if (!isFixed(node.people)) return false;
  if (node.selfApproval !== 'allow' && personId === run.ticket.requesterId) return false;
  const { people } = resolve(node.people, around(run));
  const isAsked = people.includes(personId);
  return isAsked && (people.length === 1 || node.mode === 'all' || node.mode === 'sequence');
}

/** Found by the directory and the requester alone. */
function isFixed(selector: Selector): boolean {
  switch (selector.kind) {
    case 'requester':
    case 'users':
    case 'department':
      return true;
    case 'role':
      return selector.in === null;
    case 'department_head':
    case 'manager':
    case 'manager_chain':
      return selector.of !== 'assignee';
    case 'together':
      return selector.all.every(isFixed);
    default:
      return false;
  }
}
