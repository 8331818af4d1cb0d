/** 超时处理: a task that nobody acts on climbs its node's ladder, rung by rung. */
import { refuse } from '../lib/refusal.ts';
import { closeVisit } from './act/endTask.ts';
import { admins } from './appoint.ts';
import { wake } from './automatic/wake.ts';
import { closeTicket } from './close.ts';
import type { SystemCommand } from './command.ts';
import type { PersonId } from './directory.ts';
import { climb } from './climb.ts';
import { onward } from './enter.ts';
import type { Did } from './event.ts';
import { pauseDue } from './pause.ts';
import { resolve } from './resolve.ts';
import { around, emit, nodeOf, tell, tokenOf, type Halt, type Run } from './run.ts';
import { giveUp, settle } from './settle.ts';
import { hasPart, isBarred, takingPart } from './takingPart.ts';
import type { Late, Selector } from './template.ts';
import { actsAs, isAdvice, isOpen, type Task, taskTimer, type Timer, whoHas, whoMayAct } from './ticket.ts';
import { enterRefused, goBack } from './wayBack.ts';

type Reaching = Extract<Late, { readonly people: Selector }>;

export function fire(run: Run, command: Extract<SystemCommand, { type: 'fire' }>): Halt {
  const timer = run.ticket.timers.find(({ key, at }) => key === command.key && at === command.at);
  if (!timer) return refuse('not_now', { act: 'fire' });
  if (timer.kind === 'timeout') return late(run, timer);
  if (timer.kind === 'pause') return pauseDue(run, timer);
  const token = run.ticket.tokens.find(({ node, visit }) => node === timer.node && visit === timer.visit);
  if (!token) return refuse('not_now', { act: 'fire' });
  emit(run, 'timer.fired', { key: timer.key, did: 'wait' }, null);
  return wake(run, token);
}

function late(run: Run, timer: Timer): Halt {
  const task = run.ticket.tasks.find(({ n }) => taskTimer(n) === timer.key);
  const step = nodeOf(run.template, timer.node).timeout[timer.rung];
  if (!task || !isOpen(task) || !step) return refuse('not_now', { act: 'fire' });
  const fired = (did: Did, to?: readonly PersonId[]) =>
    emit(run, 'timer.fired', { key: timer.key, did, ...(to ? { to } : {}) }, null);
  const { then } = step;
  if ('people' in then) {
    const to = reached(run, task, then);
    if (then.kind === 'transfer') {
      const next = to.find((id) => !hasPart(run, task, id) && !isBarred(run, task.node, id));
      fired(next === undefined ? 'nothing' : 'transfer', next === undefined ? [] : [next]);
      // Whoever should get it has a part here already: then the flow admin should know.
      if (next === undefined) tellLate(run, task, 'escalate', admins(run));
      else moveTo(run, task, next);
    } else {
      fired(to.length > 0 ? then.kind : 'nothing', to);
      tellLate(run, task, then.kind, to);
    }
    climb(run, task, timer.rung + 1);
    return null;
  }
  fired(then.kind);
  return decideInstead(run, task, then);
}

/** Who has the task is reminded; whoever else is named, by either word, is told who has it. */
function tellLate(run: Run, task: Task, kind: 'remind' | 'escalate', to: readonly PersonId[]): void {
  const holders = whoHas(task);
  const own = kind === 'remind' ? to.filter((id) => actsAs(task, id) !== null) : [];
  tell(run, own, { kind: 'reminder' });
  tell(
    run,
    to.filter((id) => !own.includes(id)),
    { kind: 'escalation', holders },
  );
}

/** `assignee` are those who have this very task, also while it is a pool's. */
function reached(run: Run, task: Task, { kind, people }: Reaching): readonly PersonId[] {
  if (kind === 'remind' && people.kind === 'assignee') return whoMayAct(task);
  const found = resolve(people, { ...around(run), assigneeId: task.assigneeId }).people;
  if (found.length > 0) return found;
  return kind === 'remind' ? whoMayAct(task) : admins(run);
}

function moveTo(run: Run, task: Task, to: PersonId): void {
  const { n, assigneeId: from } = task;
  if (to === from) return;
  emit(run, 'task.transferred', { n, from, to, people: takingPart(run, task, [to]) }, { comment: '' });
}

function decideInstead(run: Run, task: Task, then: Exclude<Late, Reaching>): Halt {
  // Nobody decides in the place of those who only advise: whoever asked decides without them.
  if (isAdvice(task)) return giveUp(run, task);
  const token = tokenOf(run.ticket, task);
  const reason = { because: 'timed_out' } as const;
  const node = nodeOf(run.template, task.node);
  if (node.kind === 'approve' && (then.kind === 'approve' || then.kind === 'refuse')) {
    // As if its person had said so: the others of the step keep their say.
    const result = then.kind === 'approve' ? 'agree' : 'refuse';
    emit(run, 'task.done', { n: task.n, result, values: {} }, { values: {}, comment: '' });
    return settle(run, task, reason);
  }
  if (then.kind === 'close') {
    closeTicket(run, { status: 'closed', outcome: then.outcome }, null);
    return null;
  }
  closeVisit(run, task, then.kind === 'return' ? 'cancelled' : 'closed', 'timed_out');
  if (then.kind === 'return') return goBack(run, then.to, token);
  if (then.kind === 'approve') return onward(run, token);
  return enterRefused(run, 'onRefuse' in node ? node.onRefuse : { kind: 'end' }, token, reason);
}
