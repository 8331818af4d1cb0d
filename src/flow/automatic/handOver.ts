/** 审批人离职: what somebody who has left still had to do goes on with those who are here. Positions in a sequence stay. */
import { refuse } from '../../lib/refusal.ts';
import { admins } from '../appoint.ts';
import { closeTask } from '../close.ts';
import type { PersonId } from '../directory.ts';
import { onward } from '../enter.ts';
import { heirOf } from '../heir.ts';
import { resolve } from '../resolve.ts';
import { around, emit, nodeOf, tell, tokenOf, visitOf, type Halt, type Run } from '../run.ts';
import { giveUp } from '../settle.ts';
import { standIn } from '../standIn.ts';
import type { Node } from '../template.ts';
import { hasPart, isBarred, takingPart } from '../takingPart.ts';
import { isAdvice, isPending, type Task } from '../ticket.ts';

export function handOver(run: Run, personId: PersonId): Halt {
  if (run.env.directory.people.get(personId)?.active) return refuse('not_now', { act: 'hand_over' });
  const isTheirs = (task: Task) => isPending(task) && task.people.some((one) => one.personId === personId);
  const theirs = run.ticket.tasks.filter(isTheirs);
  if (theirs.length === 0) return refuse('not_now', { act: 'hand_over' });
  for (const { n } of theirs) {
    // What became of an earlier one may have ended this one.
    const task = run.ticket.tasks.find((one) => one.n === n && isTheirs(one));
    const halt = task ? handOne(run, task, personId) : null;
    if (halt) return halt;
  }
  return null;
}

function handOne(run: Run, task: Task, from: PersonId): Halt {
  const others = task.people.filter((one) => one.personId !== from && one.for !== from);
  // Of a pool, or of somebody who only stood in or was named beside: the others keep it.
  if (task.assigneeId === null ? others.some(({ role }) => role === 'candidate') : task.assigneeId !== from) {
    emit(run, 'task.handed_over', { n: task.n, from, to: null, people: others }, null);
    return null;
  }
  // An opinion is that person's own: whoever asked goes on without it.
  return task.kind === 'advise' || isAdvice(task) ? giveUp(run, task) : inherit(run, task, from);
}

function inherit(run: Run, task: Task, from: PersonId): Halt {
  const heir = heirFor(run, task, from);
  if (heir !== null) return passOn(run, task, from, heir);
  const node = task.node === 'filing' ? null : nodeOf(run.template, task.node);
  if (node && passes(run, node, task)) {
    emit(run, 'node.skipped', { node: node.id, because: 'nobody', people: [from] }, null);
    const token = tokenOf(run.ticket, task);
    closeTask(run, task, 'closed', 'ended');
    return onward(run, token);
  }
  const written = node && 'ifEmpty' in node && node.ifEmpty.kind === 'people' ? node.ifEmpty.of : null;
  const named = written ? resolve(written, around(run)).people : [];
  const second = named.find((id) => mayHave(run, task, id));
  if (second !== undefined) return passOn(run, task, from, second);
  const barred = task.kind === 'approve' ? run.ticket.requesterId : null;
  const standIns = admins(run, barred).filter((id) => id !== from);
  // Better an admin who has a part here already than nobody.
  const to = standIns.find((id) => mayHave(run, task, id)) ?? standIns[0];
  if (to === undefined) return refuse('template_faulty', { node: node?.name ?? run.template.name });
  handTo(run, task, from, to);
  standIn(run, task.node, node?.name ?? run.template.name, `${task.rule}; left`, [to]);
  return null;
}

function passOn(run: Run, task: Task, from: PersonId, to: PersonId): null {
  handTo(run, task, from, to);
  tell(run, [to], { kind: 'handed_over', from });
  return null;
}

function handTo(run: Run, task: Task, from: PersonId, to: PersonId): void {
  emit(run, 'task.handed_over', { n: task.n, from, to, people: takingPart(run, task, [to]) }, null);
}

/** The requester's own part is nobody's to inherit. */
function heirFor(run: Run, task: Task, from: PersonId): PersonId | null {
  if (task.kind === 'edit' || task.kind === 'rescue') return null;
  if (task.kind === 'confirm' && from === run.ticket.requesterId) return null;
  const heir = heirOf(run.env.directory, from);
  return heir !== null && mayHave(run, task, heir) ? heir : null;
}

/** Nobody decides on their own request by inheritance, and nobody has two parts in one step. */
const mayHave = (run: Run, task: Task, personId: PersonId): boolean =>
  !isBarred(run, task.node, personId) && !hasPart(run, task, personId);

/** `if_empty: approve`, where there is nobody else to ask at the step. */
function passes(run: Run, node: Node, task: Task): boolean {
  if (!('ifEmpty' in node) || node.ifEmpty.kind !== 'approve' || node.kind === 'handle') return false;
  if (node.kind === 'approve' && node.control) return false;
  return visitOf(run.ticket, task).length === 1;
}
