/** Going back: within the same branch only this token moves; before a split, what was split is given up. */
import { admins } from './appoint.ts';
import { closeRegion, refuseBranch, regionOf } from './region.ts';
import { closeTicket, leaveChildren, type Reason } from './close.ts';
import { arrive, enter } from './enter.ts';
import { openTask } from './open.ts';
import { newToken, nodeOf, type Halt, type Run, type Traveller } from './run.ts';
import { withinOf } from './returnTargets.ts';
import { standIn } from './standIn.ts';
import type { NodeId, OnRefuse, ReturnTarget } from './template.ts';
import type { Token } from './ticket.ts';

/** @param back where to go on when the step there is done; absent: along the flow */
export function goBack(run: Run, target: ReturnTarget, token: Token, back?: NodeId): Halt {
  if (back === undefined) leaveBehind(run, target);
  const traveller = unwound(run, target, token);
  const on = back === undefined ? traveller : { ...traveller, back };
  // A step that ran once is done again although its `when` holds no more.
  return target === 'filing' ? enterFiling(run, on) : enter(run, target, on, { always: true });
}

/** Sub-tickets of the steps that will be walked again, which ask for new ones. */
export function leaveBehind(run: Run, target: ReturnTarget): void {
  const { order } = run.template;
  const from = order.indexOf(target);
  const within = withinOf(run.template, target);
  leaveChildren(run, ({ node }) => {
    const inside = nodeOf(run.template, node).within;
    return order.indexOf(node) > from && within.every((branch, i) => branch === inside[i]);
  });
}

/** Along a refusal's way. */
export function enterRefused(run: Run, onRefuse: OnRefuse, token: Token, reason: Reason): Halt {
  if (onRefuse.kind === 'to') return goBack(run, onRefuse.target, token);
  const refused = refuseBranch(run, token);
  if (refused === 'waits') return null;
  if (refused !== 'refused') return enter(run, refused.next, refused.token);
  closeTicket(run, { status: 'refused', outcome: 'refused' }, reason);
  return null;
}

/** Closes the regions that the target is not in. The token's own visit is closed already. */
function unwound(run: Run, target: ReturnTarget, { id, regions }: Token): Traveller {
  const depth = withinOf(run.template, target).length;
  const outermost = regions[depth];
  const region = outermost === undefined ? undefined : regionOf(run, outermost);
  if (!region) return { id, regions };
  closeRegion(run, region, 'returned');
  return newToken(run, region.outer);
}

/** Back to the requester, who edits and submits again. */
export function enterFiling(run: Run, token: Traveller): null {
  const { requesterId } = run.ticket;
  const isHere = run.env.directory.people.get(requesterId)?.active === true;
  const people = isHere ? [requesterId] : admins(run).slice(0, 1);
  const rule = isHere ? 'requester' : 'requester; admin';
  const visit = arrive(run, 'filing', token);
  if (!isHere) standIn(run, 'filing', run.template.name, rule, people);
  openTask(run, { node: 'filing', visit, kind: 'edit', state: 'open', ord: 0, people, rule });
  return null;
}
