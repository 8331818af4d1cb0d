/** Transfer (转交): the duty moves to another person, the clocks go on. */
import { refuse, type FieldProblem, type Refusal } from '../../lib/refusal.ts';
import { admins } from '../appoint.ts';
import type { Command } from '../command.ts';
import { shareDepartment } from '../department.ts';
import type { PersonId } from '../directory.ts';
import { actsAt } from '../guard.ts';
import { actorOf, emit, nameOf, visitOf, type Halt, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';
import { needsComment } from './endTask.ts';

export function transfer(run: Run, task: Task, command: Extract<Command, { type: 'transfer' }>): Halt {
  const { person: to } = command;
  const no = receiverRefusal(run, task, to) ?? needsComment(command.comment);
  if (no) return no;
  const personal = { comment: command.comment.trim() };
  emit(run, 'task.transferred', { n: task.n, from: task.assigneeId, to }, personal, run.by);
  return null;
}

function receiverRefusal(run: Run, task: Task, to: PersonId): Refusal | null {
  const { directory } = run.env;
  const name = nameOf(directory, to);
  if (!directory.people.get(to)?.active) return refuse('unknown_person', { person: name });
  if (to === run.by) return refuse('cannot_transfer_to_self');
  if (task.kind === 'approve' && to === run.ticket.requesterId) return refuse('cannot_transfer_to_requester');
  // Two duties of one person at one step would be two votes.
  const hasPart = visitOf(run.ticket, task).some(
    (other) => other.n !== task.n && other.assigneeId === to && other.kind === task.kind,
  );
  if (hasPart) {
    return notTo(
      name,
      `${name}在这一步已有待办，请选别人`,
      `${name} already has a part in this step: choose somebody else`,
    );
  }
  const isNear =
    actsAt(run.template, task.node).transfer === 'anyone' ||
    shareDepartment(directory, actorOf(run), to) ||
    // A flow admin who stands in has to reach the right people wherever they are.
    admins(run).includes(actorOf(run));
  return isNear
    ? null
    : notTo(
        name,
        `只能转交给同部门的人，${name}不在其中`,
        `Only colleagues of your department may get it, and ${name} is not one`,
      );
}

function notTo(name: string, zh: string, en: string): Refusal {
  const problem: FieldProblem = { field: 'to', label: '转交给', zh, en };
  return refuse('bad_input', { person: name }, [problem]);
}
