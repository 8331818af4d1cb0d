/**
 * Who is asked at a node: the rule's people; without any, the node's fall-back; in the end the flow admin, with an alarm.
 * An approver who is the requester is replaced here, and one who has just agreed is spared.
 */
import { isRefusal, refuse, type Refusal } from '../lib/refusal.ts';
import type { PersonId } from './directory.ts';
import { agreementsNeeded } from './verdict.ts';
import { isCovered } from './covered.ts';
import { DISPATCHER_ROLE } from './dispatcher.ts';
import { distinct, resolve, superiorOf, type Found } from './resolve.ts';
import { around, type Run, visitOf } from './run.ts';
import { lastHeld } from './status.ts';
import type { ApproveNode, ConfirmNode, HandleNode, NodeId } from './template.ts';

export interface Appointed extends Found {
  /** The rule found nobody: the flow admin stands in. */
  readonly missing: boolean;
  /** The work comes back to those who had accepted it. */
  readonly accepted: readonly PersonId[];
  /** They pick who does it. */
  readonly dispatches: boolean;
  /** Who passed without being asked, having agreed at the node `from`. */
  readonly spared: { readonly people: readonly PersonId[]; readonly from: NodeId } | null;
}
/** Nobody need be asked. */
export interface Passed {
  readonly skip: 'same_approver' | 'self' | 'nobody';
  readonly from?: NodeId;
}
/** How a step is entered when a person says so. */
export interface Manner {
  /** Whatever its `when` says, and whoever has agreed before. */
  readonly always?: boolean;
  /** Its rule is asked anew, as if nobody had had it before. */
  readonly afresh?: boolean;
}
export type Appointment = Appointed | Passed | Refusal;

export const isPassed = (appointment: Appointment): appointment is Passed => 'skip' in appointment;

export function appoint(run: Run, node: HandleNode | ApproveNode | ConfirmNode, manner: Manner = {}): Appointment {
  if (node.kind === 'approve') return appointApprovers(run, manner.always ? { ...node, dedupe: 'none' } : node);
  const again = node.kind === 'handle' && node.onReturn === 'same' && !manner.afresh ? sameAgain(run, node) : null;
  if (again) return again;
  if (node.kind === 'handle' && node.strategy === 'dispatcher') return dispatchers(run, node);
  const found = resolve(node.people, around(run));
  return found.people.length > 0 ? appointed(found) : fallBack(run, node, found.rule, null);
}

/** Who had the work at the last visit, as far as they are still here. */
function sameAgain(run: Run, node: HandleNode): Appointed | null {
  const last = lastHeld(run.ticket, node.id);
  if (!last) return null;
  const held = node.strategy === 'all' ? visitOf(run.ticket, last) : [last];
  const people = active(
    run,
    held.flatMap(({ assigneeId }) => assigneeId ?? []),
  );
  if (people.length === 0) return null;
  const accepted = people.filter((id) => held.some((task) => task.assigneeId === id && task.acceptedAt !== null));
  return appointed({ people, rule: `handler_of: ${node.id}` }, { accepted });
}

function dispatchers(run: Run, node: HandleNode): Appointment {
  const { people, rule } = resolve({ kind: 'role', role: DISPATCHER_ROLE, in: null }, around(run));
  const found = people.length > 0 ? appointed({ people, rule }) : fallBack(run, node, rule, null);
  return isRefusal(found) || isPassed(found) ? found : { ...found, dispatches: true };
}

function appointApprovers(run: Run, node: ApproveNode): Appointment {
  const { requesterId } = run.ticket;
  const found = resolve(node.people, around(run));
  const barred = node.selfApproval === 'allow' ? null : requesterId;
  const others = found.people.filter((id) => id !== barred);
  if (others.length > 0) return spare(run, node, { ...found, people: others });
  if (found.people.length === 0) return thenSpare(run, node, fallBack(run, node, found.rule, barred));
  if (node.selfApproval === 'skip' && !node.control) return { skip: 'self' };
  const rule = `${found.rule}; self_approval: superior`;
  const above = active(run, superiorOf(run.env.directory, requesterId));
  if (above.length > 0) return spare(run, node, { people: above, rule });
  return thenSpare(run, node, fallBack(run, node, rule, barred));
}

/** @param barred  who may not be asked here as long as there is anybody else */
function fallBack(
  run: Run,
  node: HandleNode | ApproveNode | ConfirmNode,
  rule: string,
  barred: PersonId | null,
): Appointment {
  const { ifEmpty } = node;
  const mustAsk = node.kind === 'handle' || (node.kind === 'approve' && node.control);
  if (ifEmpty.kind === 'approve' && !mustAsk) return { skip: 'nobody' };
  if (ifEmpty.kind === 'people') {
    const second = resolve(ifEmpty.of, around(run));
    const people = second.people.filter((id) => id !== barred);
    if (people.length > 0) return appointed({ people, rule: `${rule}; if_empty: ${second.rule}` });
  }
  const standIns = admins(run, barred);
  if (standIns.length === 0) return refuse('template_faulty', { node: node.name });
  // Where each of several must agree, one admin is enough: standing in is not a duty of all of them.
  const people = node.kind === 'approve' && node.mode !== 'any' ? standIns.slice(0, 1) : standIns;
  return appointed({ people, rule: `${rule}; admin` }, { missing: true });
}

/** The flow admins; never `barred` while there is another. Empty only in a service without any admin. */
export function admins(run: Run, barred: PersonId | null = null): readonly PersonId[] {
  const { template, env } = run;
  const own = template.admin ? resolve(template.admin, around(run)).people : [];
  const others = (ids: readonly PersonId[]): readonly PersonId[] => ids.filter((id) => id !== barred);
  const service = active(run, env.directory.admins);
  return [others(own), others(service), own, service].find((ids) => ids.length > 0) ?? [];
}

function thenSpare(run: Run, node: ApproveNode, appointment: Appointment): Appointment {
  if (isRefusal(appointment) || isPassed(appointment) || appointment.missing) return appointment;
  return spare(run, node, appointment);
}

/** Leaves out whoever agreed a moment ago to the same thing. */
function spare(run: Run, node: ApproveNode, found: Found): Appointed | Passed {
  const covered = found.people.flatMap((id) => {
    const from = isCovered(run, node, id);
    return from === null ? [] : [{ id, from }];
  });
  const [first] = covered;
  if (!first) return appointed(found);
  const left = found.people.filter((id) => !covered.some((one) => one.id === id));
  // Those who pass count as having agreed.
  if (covered.length >= agreementsNeeded(node, found.people.length)) return { skip: 'same_approver', from: first.from };
  // Of a share, who passed would have to count as well: so everybody is asked.
  if (typeof node.mode === 'object') return appointed(found);
  const spared = { people: covered.map(({ id }) => id), from: first.from };
  return appointed({ people: left, rule: found.rule }, { spared });
}

function appointed(found: Found, marks: Partial<Pick<Appointed, 'missing' | 'accepted' | 'spared'>> = {}): Appointed {
  const { missing = false, accepted = [], spared = null } = marks;
  return { people: found.people, rule: found.rule, missing, accepted, dispatches: false, spared };
}

const active = (run: Run, ids: readonly PersonId[]): readonly PersonId[] =>
  distinct(ids).filter((id) => run.env.directory.people.get(id)?.active);
