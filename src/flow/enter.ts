/**
 * Arriving at a node, whichever way: skip it, pass through it, open its tasks, or come to the end.
 * Filing, a decision, a return and a new submission all arrive here, and must do the same.
 */
import { isRefusal } from '../lib/refusal.ts';
import { unreachable } from '../lib/unreachable.ts';
import { admins, appoint, isPassed } from './appoint.ts';
import { openTask, openTasks } from './open.ts';
import { resolve } from './resolve.ts';
import { around, emit, nodeOf, scopeOf, tell, type Halt, type Run } from './run.ts';
import { outcomeOf } from './status.ts';
import type {
  ApproveNode,
  BranchNode,
  ConfirmNode,
  EndNode,
  HandleNode,
  NodeId,
  NotifyNode,
  OnRefuse,
  Place,
} from './template.ts';

/** Moves a token to a node and on, until somebody must act or the flow ends. */
export function enter(run: Run, start: NodeId | null, token: string): Halt {
  // Nothing that passes by itself leads back, so a checked template passes each node once at most.
  let left = run.template.order.length;
  for (let id = start; id !== null; left -= 1) {
    if (left === 0) throw new Error(`Template ${run.template.key} v${run.template.version} runs in a ring at "${id}"`);
    const node = nodeOf(run.template, id);
    if (node.when && !node.when(scopeOf(run))) {
      emit(run, 'node.skipped', { node: id, because: 'when' }, null);
      id = node.next;
      continue;
    }
    switch (node.kind) {
      case 'branch':
        arrive(run, id, token);
        id = chosen(run, node);
        break;
      case 'notify':
        arrive(run, id, token);
        notify(run, node);
        id = node.next;
        break;
      case 'end':
        arrive(run, id, token);
        return endHere(run, node);
      case 'handle':
      case 'approve':
      case 'confirm': {
        const asked = ask(run, node, token);
        if (asked !== 'passed') return asked;
        id = node.next;
        break;
      }
      default:
        return unreachable(node);
    }
  }
  const outcome = outcomeOf(run.template, run.ticket);
  emit(run, 'ticket.closed', { status: 'closed', outcome }, null);
  return null;
}

/** Along a refusal's way. */
export function enterRefused(run: Run, onRefuse: OnRefuse, token: string, reason: string): Halt {
  if (onRefuse.kind === 'to')
    return onRefuse.target === 'filing' ? enterFiling(run, token) : enter(run, onRefuse.target, token);
  emit(run, 'ticket.closed', { status: 'refused', outcome: 'refused' }, { reason }, run.by);
  return null;
}

/** Back to the requester, who edits and submits again. */
export function enterFiling(run: Run, token: string): Halt {
  const { requesterId } = run.ticket;
  const isHere = run.env.directory.people.get(requesterId)?.active === true;
  const people = isHere ? [requesterId] : admins(run).slice(0, 1);
  const rule = isHere ? 'requester' : 'requester; admin';
  const visit = arrive(run, 'filing', token);
  if (!isHere) standIn(run, 'filing', run.template.name, rule, people);
  openTask(run, { node: 'filing', visit, kind: 'edit', state: 'open', ord: 0, people, rule });
  return null;
}

function ask(run: Run, node: HandleNode | ApproveNode | ConfirmNode, token: string): Halt | 'passed' {
  const appointed = appoint(run, node);
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

function arrive(run: Run, node: NodeId, token: string): number {
  const { tokens, visits } = run.ticket;
  const visit = (Object.hasOwn(visits, node) ? (visits[node] ?? 0) : 0) + 1;
  const regions = tokens.find(({ id }) => id === token)?.regions ?? [];
  emit(run, 'node.entered', { token, node, visit, regions }, null);
  return visit;
}

/** Without a case that holds, the branch passes: a default with an empty flow would do the same. */
function chosen(run: Run, node: BranchNode): NodeId | null {
  const found = node.cases.find(({ when }) => when === null || when(scopeOf(run)));
  return found?.to ?? node.next;
}

function notify(run: Run, node: NotifyNode): void {
  const to = resolve(node.people, around(run)).people;
  const text = node.text(scopeOf(run));
  emit(run, 'notice.sent', { node: node.id, to }, null);
  tell(run, to, { kind: 'text', text });
}

function endHere(run: Run, node: EndNode): null {
  const status = node.outcome === 'refused' ? 'refused' : 'closed';
  emit(run, 'ticket.closed', { status, outcome: node.outcome === 'closed' ? 'done' : node.outcome }, null);
  return null;
}

function standIn(run: Run, node: Place, name: string, rule: string, people: readonly number[]): void {
  emit(run, 'people.missing', { node, rule }, null);
  const words = {
    zh: `「${name}」按规则（${rule}）找不到人，已转给您代办：请办理或转交，并检查流程和通讯录`,
    en: `Nobody fits the rule (${rule}) of “${name}”: it is now yours. Act or transfer it, then check the template and the directory`,
  };
  tell(run, people, { kind: 'alarm', words });
}
