/**
 * Arriving at a node, whichever way: skip it, pass through it, open its tasks, or come to the end.
 * Filing, a decision, a return and a new submission all arrive here, and must do the same.
 */
import { isRefusal } from '../lib/refusal.ts';
import { unreachable } from '../lib/unreachable.ts';
import { appoint, isPassed, type Manner } from './appoint.ts';
import { sendCall } from './automatic/sendCall.ts';
import { askForChild } from './automatic/askForChild.ts';
import { notify } from './automatic/notify.ts';
import { startWaiting } from './automatic/startWaiting.ts';
import { closeTicket } from './close.ts';
import { openTasks } from './open.ts';
import { arriveAtJoin, split } from './region.ts';
import { emit, newToken, nodeOf, scopeOf, type Halt, type Run, type Traveller } from './run.ts';
import { standIn } from './standIn.ts';
import { outcomeOf } from './status.ts';
import type {
  BranchNode,
  CallNode,
  EndNode,
  Node,
  NodeId,
  NotifyNode,
  PeopleNode,
  Place,
  SubflowNode,
  WaitNode,
} from './template.ts';
import type { Token } from './ticket.ts';

/** As the flow says. */
const BY_ITSELF: Manner = {};

/** Moves a token to a node and on, until somebody must act or the flow ends. */
export function enter(run: Run, start: NodeId | null, traveller: Traveller, how: Manner = BY_ITSELF): Halt {
  // Nothing that passes by itself leads back, so a checked template passes each node once at most.
  let left = Object.keys(run.template.nodes).length;
  let at = { id: start, token: traveller };
  let manner = how;
  for (; at.id !== null; left -= 1) {
    if (left === 0)
      throw new Error(`Template ${run.template.key} v${run.template.version} runs in a ring at "${at.id}"`);
    const node = nodeOf(run.template, at.id);
    const next = through(run, node, at.token, manner);
    manner = BY_ITSELF;
    if ('halt' in next) return next.halt;
    at = next;
  }
  closeTicket(run, { status: 'closed', outcome: outcomeOf(run.template, run.ticket) }, null);
  return null;
}

/** Where the token goes on at once, or why it stays. */
type Passage = { readonly id: NodeId | null; readonly token: Traveller } | { readonly halt: Halt };

function through(run: Run, node: Node, token: Traveller, manner: Manner): Passage {
  const on = { id: node.next, token };
  if (!manner.always && node.when && !node.when(scopeOf(run))) {
    emit(run, 'node.skipped', { node: node.id, because: 'when' }, null);
    return on;
  }
  switch (node.kind) {
    case 'branch':
      arrive(run, node.id, token);
      return node.every
        ? { halt: split(run, node, holding(run, node), token, enter) }
        : { ...on, id: chosen(run, node) };
    case 'parallel':
      arrive(run, node.id, token);
      return { halt: split(run, node, node.branches, token, enter) };
    case 'join': {
      const region = arriveAtJoin(run, node, token);
      return region === 'waits' ? { halt: null } : { ...on, token: newToken(run, region.regions) };
    }
    case 'end':
      arrive(run, node.id, token);
      return { halt: endHere(run, node) };
    case 'handle':
    case 'approve':
    case 'confirm': {
      const asked = ask(run, node, token, manner);
      return asked === 'passed' ? on : { halt: asked };
    }
    default:
      return automatic(run, node, arrive(run, node.id, token)) === 'waits' ? { halt: null } : on;
  }
}

/** Steps that run by themselves. */
function automatic(run: Run, node: NotifyNode | CallNode | SubflowNode | WaitNode, visit: number): 'waits' | 'passes' {
  switch (node.kind) {
    case 'notify':
      notify(run, node);
      return 'passes';
    case 'call':
      sendCall(run, node, visit);
      return 'waits';
    case 'subflow':
      askForChild(run, node, visit);
      return node.blocking ? 'waits' : 'passes';
    case 'wait':
      return startWaiting(run, node, visit) ? 'waits' : 'passes';
    default:
      return unreachable(node);
  }
}

/** From a step that is done: straight back to where it was returned from, or along the flow. */
export function onward(run: Run, token: Token): Halt {
  const { id, regions, back } = token;
  const next = token.node === 'filing' ? run.template.start : nodeOf(run.template, token.node).next;
  return enter(run, back ?? next, { id, regions });
}

function ask(run: Run, node: PeopleNode, token: Traveller, manner: Manner): Halt | 'passed' {
  const appointed = appoint(run, node, manner);
  if (isRefusal(appointed)) return appointed;
  if (isPassed(appointed)) {
    const from = appointed.from === undefined ? {} : { from: appointed.from };
    emit(run, 'node.skipped', { node: node.id, because: appointed.skip, ...from }, null);
    return 'passed';
  }
  const visit = arrive(run, node.id, token);
  if (appointed.spared)
    emit(run, 'node.skipped', { node: node.id, because: 'same_approver', ...appointed.spared }, null);
  if (appointed.missing) standIn(run, node.id, node.name, appointed.rule, appointed.people);
  return openTasks(run, node, visit, appointed);
}

/** @returns the visit */
export function arrive(run: Run, node: Place, { id: token, regions, back }: Traveller): number {
  const { visits } = run.ticket;
  const visit = (Object.hasOwn(visits, node) ? (visits[node] ?? 0) : 0) + 1;
  const data = { token, node, visit, regions };
  emit(run, 'node.entered', back === undefined ? data : { ...data, back }, null);
  return visit;
}

/** Without a case that holds, the branch passes: a default with an empty flow would do the same. */
export function chosen(run: Run, node: BranchNode): NodeId | null {
  const found = node.cases.find(({ when }) => when === null || when(scopeOf(run)));
  return found?.to ?? node.next;
}

/** All that hold; the default only when no other does. */
function holding(run: Run, node: BranchNode): BranchNode['cases'] {
  const held = node.cases.filter(({ when }) => when?.(scopeOf(run)) === true);
  return held.length > 0 ? held : node.cases.filter(({ when }) => when === null);
}

function endHere(run: Run, node: EndNode): null {
  const status = node.outcome === 'refused' ? 'refused' : 'closed';
  closeTicket(run, { status, outcome: node.outcome === 'closed' ? 'done' : node.outcome }, null);
  return null;
}
