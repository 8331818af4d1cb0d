/** 加签 and 委托: whoever has a task asks others, to answer first, to agree as well, to decide beside them, or for an opinion. */
import { isRefusal, refuse, type FieldProblem, type Refusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import type { PersonId } from '../directory.ts';
import { openTask } from '../open.ts';
import { actorOf, emit, nameOf, nodeOf, tell, type Halt, type Run } from '../run.ts';
import { settle } from '../settle.ts';
import { signWays } from '../signWays.ts';
import { hasPart, isBarred } from '../takingPart.ts';
import { type Task, type Via, whoHas } from '../ticket.ts';
import { fillNode } from '../write.ts';
import { endTask, needsComment } from './endTask.ts';
import { takeQuietly } from './take.ts';

/** At once. */
const MOST = 10;

export function addSign(run: Run, task: Task, command: Extract<Command, { type: 'add_sign' }>): Halt {
  const { people, how, values } = command;
  if (!signWays(run.template, run.ticket, task).includes(how)) return notThisWay();
  const no = peopleRefusal(run, task, people, 'people');
  if (no) return no;
  const [stray] = how === 'after' ? [] : Object.keys(values);
  if (stray !== undefined) return refuse('unknown_field', { field: stray });
  if (how === 'after') {
    const filling = fillNode(run, nodeOf(run.template, task.node), values, false);
    if (isRefusal(filling)) return filling;
    endTask(run, task, 'agree', command.comment, filling);
  }
  ask(run, task, how, people, command.comment.trim());
  return settle(run, task, '');
}

export function delegate(run: Run, task: Task, command: Extract<Command, { type: 'delegate' }>): Halt {
  const { person } = command;
  const no = peopleRefusal(run, task, [person], 'person') ?? needsComment(command.comment);
  if (no) return no;
  ask(run, task, 'delegate', [person], command.comment.trim());
  return null;
}

function ask(run: Run, task: Task, via: Via, people: readonly PersonId[], comment: string): void {
  const { n: parent, node, visit, ord } = task;
  if (task.kind === 'handle') takeQuietly(run, task);
  emit(run, 'task.sign_added', { n: parent, via, to: people }, { comment }, run.by);
  const kind = via === 'delegate' || task.kind === 'handle' ? 'advise' : 'approve';
  const rule = via === 'delegate' ? 'delegate' : `add_sign: ${via}`;
  for (const personId of people)
    openTask(run, { node, visit, kind, state: 'open', ord, people: [personId], rule, added: { via, parent } });
  tell(run, people, { kind: 'asked', by: actorOf(run), via, text: comment });
}

function peopleRefusal(run: Run, task: Task, people: readonly PersonId[], field: string): Refusal | null {
  if (people.length === 0 || people.length > MOST || new Set(people).size < people.length)
    return wrong(field, `请选择 1 到 ${MOST} 人，每人一次`, `Choose 1 to ${MOST} people, each of them once`);
  for (const personId of people) {
    const no = personRefusal(run, task, personId, field);
    if (no) return no;
  }
  return null;
}

function personRefusal(run: Run, task: Task, personId: PersonId, field: string): Refusal | null {
  const { directory } = run.env;
  const name = nameOf(directory, personId);
  if (!directory.people.get(personId)?.active) return refuse('unknown_person', { person: name });
  if (personId === run.by || whoHas(task).includes(personId))
    return wrong(field, `${name}已经在办理这条待办，请选别人`, `${name} has this task already: choose somebody else`);
  if (isBarred(run, task.node, personId))
    return wrong(
      field,
      `${name}是提报人，不能审批自己的申请，请选别人`,
      `${name} filed it and can’t decide on it: choose somebody else`,
    );
  return hasPart(run, task, personId)
    ? wrong(
        field,
        `${name}在这一步已有待办或已经表态，请选别人`,
        `${name} already has a part in this step: choose somebody else`,
      )
    : null;
}

const notThisWay = (): Refusal =>
  wrong('how', '这一步不能这样加签，请换一种方式', 'People can’t be added to this step in this way: choose another');

function wrong(field: string, zh: string, en: string): Refusal {
  const label = field === 'how' ? '加签方式' : '加签给';
  const problem: FieldProblem = { field, label, zh, en };
  return refuse('bad_input', {}, [problem]);
}
