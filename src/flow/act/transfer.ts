/** Transfer (转交): the duty moves to another person, the clocks go on. */
import { refuse, type FieldProblem, type Refusal } from '../../lib/refusal.ts';
import { admins } from '../appoint.ts';
import type { Command } from '../command.ts';
import { shareDepartment, shareManager } from '../department.ts';
import type { PersonId } from '../directory.ts';
import { distinct, resolve } from '../resolve.ts';
import { actorOf, actsAt, around, emit, nameOf, nodeOf, tell, type Halt, type Run } from '../run.ts';
import { hasPart, isBarred, takingPart } from '../takingPart.ts';
import type { Task } from '../ticket.ts';
import { needsComment } from './endTask.ts';

export function transfer(run: Run, task: Task, command: Extract<Command, { type: 'transfer' }>): Halt {
  const { person: to } = command;
  const no = receiverRefusal(run, task, to) ?? needsComment(command.comment);
  if (no) return no;
  passOn(run, task, to, command.comment.trim());
  return null;
}

/** From here on a task goes round in circles, and somebody should look at it. */
const TOO_OFTEN = 3;

function passOn(run: Run, task: Task, to: PersonId, comment: string): void {
  const times = task.transfers + 1;
  const people = takingPart(run, task, [to]);
  const moved = { n: task.n, from: task.assigneeId, to, people };
  const isTooOften = times >= TOO_OFTEN;
  emit(run, 'task.transferred', isTooOften ? { ...moved, times } : moved, { comment }, run.by);
  const giver = actorOf(run);
  if (times === TOO_OFTEN) tell(run, distinct([giver, ...admins(run)]), { kind: 'passed_on', by: giver, to, times });
}

function receiverRefusal(run: Run, task: Task, to: PersonId): Refusal | null {
  const { directory } = run.env;
  const name = nameOf(directory, to);
  if (!directory.people.get(to)?.active) return refuse('unknown_person', { person: name });
  if (to === run.by) return refuse('cannot_transfer_to_self');
  if (isBarred(run, task.node, to)) return refuse('cannot_transfer_to_requester');
  // Two duties of one person at one step would be two votes.
  if (hasPart(run, task, to) || to === task.assigneeId) {
    return notTo(
      name,
      `${name}在这一步已有待办，请选别人`,
      `${name} already has a part in this step: choose somebody else`,
    );
  }
  // A flow admin who stands in has to reach the right people wherever they are.
  return isNear(run, task, to) || admins(run).includes(actorOf(run)) ? null : tooFar(run, task, name);
}

/** As near to whose task it is, not to who stands in for them. */
function isNear(run: Run, task: Task, to: PersonId): boolean {
  const { directory } = run.env;
  const giver = run.forId ?? actorOf(run);
  switch (actsAt(run.template, task.node).transfer) {
    case 'anyone':
      return true;
    case 'department':
      return shareDepartment(directory, giver, to);
    case 'team':
      return shareManager(directory, giver, to) || isOfRule(run, task, to);
    case 'never':
      return false;
  }
}

/** Among those whom the step's rule would have found. */
function isOfRule(run: Run, { node }: Task, to: PersonId): boolean {
  const at = nodeOf(run.template, node);
  return 'people' in at && resolve(at.people, around(run)).people.includes(to);
}

function tooFar(run: Run, task: Task, name: string): Refusal {
  const [zh, en] = actsAt(run.template, task.node).transfer === 'team' ? ['同组', 'team'] : ['同部门', 'department'];
  return notTo(
    name,
    `只能转交给${zh}的人，${name}不在其中`,
    `Only colleagues of your ${en} may get it, and ${name} is not one`,
  );
}

function notTo(name: string, zh: string, en: string): Refusal {
  const problem: FieldProblem = { field: 'person', label: '转交给', zh, en };
  return refuse('bad_input', { person: name }, [problem]);
}
