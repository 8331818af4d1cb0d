/**
 * A ticket is the fold of its events: nothing else changes one, in the engine or out of it.
 * Its parts are replaced, never changed: untouched ones keep their identity, so "what changed" compares references.
 */
import { copied } from './copies.ts';
import { copyTicket } from './copyTicket.ts';
import type { PersonId } from './directory.ts';
import { appliesToFlow, type Copy, flowChanged, leave } from './foldFlow.ts';
import { appliesToLife, lifeChanged } from './foldLife.ts';
import type { EventOf, TicketEvent } from './event.ts';
import { filed } from './foldFiled.ts';
import { isAdvice, isOpen, isPending, type Task, taskTimer, type Ticket, type Urged, type Via } from './ticket.ts';
import { takenBack, undoAfter } from './undo.ts';
import { localDay } from './zone.ts';

type TaskEvent = Extract<TicketEvent, { type: `task.${string}` }>;

/** @throws Error when there is no event, or the first is not `ticket.filed` */
export function fold(events: readonly TicketEvent[]): Ticket {
  let ticket: Ticket | null = null;
  for (const event of events) {
    const undone = event.type === 'act.taken_back' ? ticket?.undo?.version : undefined;
    const past = undone === undefined ? undefined : fold(events.filter(({ version }) => version < undone));
    ticket = applyTo(ticket, event, past);
  }
  if (!ticket) throw new Error('A ticket without an event does not exist');
  return ticket;
}

/** @param ticket null before the first event */
export const apply = (ticket: Ticket | null, event: TicketEvent): Ticket =>
  applyTo(ticket && copyTicket(ticket), event);

/**
 * As `apply`, on a ticket that nobody else holds: it is changed itself.
 * @param past  the ticket before the act that this event takes back
 */
export function applyTo(own: Copy<Ticket> | null, event: TicketEvent, past?: Ticket): Ticket {
  if (event.type === 'ticket.filed') return filed(event);
  if (!own) throw new Error(`A ticket cannot begin with ${event.type}`);
  const { undo, values } = own;
  own.version = event.version;
  own.seq = event.seq;
  if (event.type === 'act.taken_back') {
    if (!past) throw new Error(`Ticket ${own.id} has nothing to take back to`);
    takenBack(own, past);
  } else change(own, event);
  own.undo = undoAfter(undo, event);
  if (own.values !== values) own.content = { seq: event.seq, at: event.at, by: event.actorId };
  return own;
}

function change(ticket: Copy<Ticket>, event: Exclude<TicketEvent, { type: 'ticket.filed' | 'act.taken_back' }>): void {
  if (appliesToFlow(event)) return flowChanged(ticket, event);
  if (appliesToLife(event)) return lifeChanged(ticket, event);
  switch (event.type) {
    case 'form.changed':
      return formChanged(ticket, event);
    case 'comment.added':
      if (isReply(ticket, event.actorId)) ticket.firstResponseAt = event.at;
      return;
    case 'status.changed':
      ticket.status = event.data.to;
      return;
    case 'ticket.closed':
      return closed(ticket, event);
    case 'notice.sent':
      ticket.cc = copied(ticket.cc, event.data.to, event.data.node, event.seq);
      return;
    case 'ticket.copied':
      ticket.cc = copied(ticket.cc, event.data.to, null, event.seq);
      return;
    case 'ticket.urged':
      ticket.tasks = ticket.tasks.map((task) =>
        event.data.tasks.includes(task.n) ? { ...task, urged: urgedAgain(task.urged, event.at) } : task,
      );
      return;
    case 'admin.intervened':
    case 'node.skipped':
    case 'people.missing':
    case 'act.final':
      return;
    default:
      return taskChanged(ticket, event);
  }
}

/** No new version of the task: whoever is about to act on it is not held up. */
const urgedAgain = (before: Urged | null, at: number): Urged => ({
  count: (before?.count ?? 0) + 1,
  at,
  today: before && localDay(before.at) === localDay(at) ? before.today + 1 : 1,
});

function closed(ticket: Copy<Ticket>, { data, at }: EventOf<'ticket.closed'>): void {
  for (const token of ticket.tokens) leave(ticket, token);
  ticket.status = data.status;
  ticket.outcome = data.outcome;
  ticket.closedAt = at;
  ticket.reopenUntil = data.reopenUntil ?? null;
  // Nobody answered: what could be done was done.
  if (data.outcome === 'no_reply') ticket.resolvedAt ??= at;
  ticket.tokens = [];
  ticket.regions = [];
}

function formChanged(ticket: Copy<Ticket>, { data, personal }: EventOf<'form.changed'>): void {
  ticket.title = personal.title;
  ticket.urgency = data.urgency;
  ticket.category = data.category;
  ticket.values = { ...ticket.values, form: { ...ticket.values['form'], ...data.values, ...personal.values } };
}

function taskChanged(ticket: Copy<Ticket>, event: TaskEvent): void {
  ticket.tasks = event.type === 'task.opened' ? [...ticket.tasks, opened(event)] : changedTasks(ticket.tasks, event);
  if (GIVES.includes(event.type)) ticket.tasks = standingInOnce(ticket.tasks, event.data.n);
  // Whoever gave it back is not accountable for it any more.
  ticket.assigneeId = assigneeOf(ticket.tasks, event.type === 'task.released' ? null : ticket.assigneeId);
  switch (event.type) {
    case 'task.opened':
      ticket.n = event.data.n;
      // Work that is open again was not resolved after all.
      if (event.data.kind === 'handle') ticket.resolvedAt = null;
      return;
    case 'task.claimed':
    case 'task.accepted':
      // No answer to the requester: the service's own acceptance of work that comes back, and a dispatcher's.
      if (event.actorId !== null && kindOf(ticket, event.data.n) !== 'dispatch') ticket.firstResponseAt ??= event.at;
      return;
    case 'task.done':
      dropTimerUnlessOpen(ticket, event.data.n);
      return taskDone(ticket, event);
    case 'task.closed':
    case 'task.sign_added':
      return dropTimerUnlessOpen(ticket, event.data.n);
    case 'task.activated':
    case 'task.released':
    case 'task.transferred':
    case 'task.handed_over':
      return;
  }
}

const kindOf = (ticket: Ticket, n: number): Task['kind'] | undefined =>
  ticket.tasks.findLast((task) => task.n === n)?.kind;

/** The node's values are replaced, not merged: each visit fills its form anew. */
function taskDone(ticket: Copy<Ticket>, { data, personal, at }: EventOf<'task.done'>): void {
  if (data.result === 'complete') ticket.resolvedAt = at;
  const values = { ...data.values, ...personal.values };
  const task = ticket.tasks.find(({ n }) => n === data.n);
  if (task && Object.keys(values).length > 0) ticket.values = { ...ticket.values, [task.node]: values };
}

/** Nobody is reminded of a task that is over or set aside. */
function dropTimerUnlessOpen(ticket: Copy<Ticket>, n: number): void {
  const task = ticket.tasks.findLast((one) => one.n === n);
  if (!task || !isOpen(task)) dropTimer(ticket, n);
}

function dropTimer(ticket: Copy<Ticket>, task: number): void {
  const key = taskTimer(task);
  if (ticket.timers.some((timer) => timer.key === key))
    ticket.timers = ticket.timers.filter((timer) => timer.key !== key);
}

function opened({ data, at }: EventOf<'task.opened'>): Task {
  return {
    n: data.n,
    node: data.node,
    visit: data.visit,
    kind: data.kind,
    state: data.state,
    ord: data.ord,
    assigneeId: data.assigneeId,
    people: data.people,
    openedAt: at,
    acceptedAt: null,
    doneAt: null,
    endedBy: null,
    version: 1,
    rule: data.rule,
    via: data.via ?? null,
    parent: data.parent ?? null,
    transfers: 0,
    former: [],
    urged: null,
  };
}

function changedTasks(tasks: readonly Task[], event: Exclude<TaskEvent, { type: 'task.opened' }>): readonly Task[] {
  const index = tasks.findLastIndex(({ n }) => n === event.data.n);
  const old = tasks[index];
  if (!old) throw new Error(`${event.type} names task ${event.data.n}, which does not exist`);
  const task: Copy<Task> = { ...old };
  task.version += 1;
  changeTask(task, event);
  return tasks.with(index, task);
}

function changeTask(task: Copy<Task>, event: Exclude<TaskEvent, { type: 'task.opened' }>): void {
  switch (event.type) {
    case 'task.activated':
      task.state = 'open';
      task.openedAt = event.at;
      task.people = event.data.people ?? task.people;
      return;
    case 'task.sign_added':
      task.state = setAside(task.state, event.data.via);
      return;
    case 'task.claimed':
      task.assigneeId = event.forId ?? event.actorId;
      task.people = claimedBy(task, task.assigneeId);
      task.acceptedAt = event.at;
      return;
    case 'task.accepted':
      task.acceptedAt = event.at;
      return;
    case 'task.released':
      task.people = task.people.map((one) =>
        one.personId === task.assigneeId ? { personId: one.personId, role: 'candidate' } : one,
      );
      task.assigneeId = null;
      task.acceptedAt = null;
      return;
    case 'task.done':
      task.state = `done:${event.data.result}`;
      task.doneAt = event.at;
      task.endedBy = event.actorId;
      return;
    case 'task.closed':
      task.state = event.data.state;
      task.doneAt = event.at;
      task.endedBy = event.actorId;
      return;
    case 'task.transferred':
      task.assigneeId = event.data.to;
      task.people = event.data.people ?? [{ personId: event.data.to, role: 'assignee' }];
      task.acceptedAt = null;
      if (event.actorId !== null) task.transfers += 1;
      task.former = withOne(task.former, event.data.from ?? event.actorId);
      return;
    case 'task.handed_over':
      task.people = event.data.people;
      if (event.data.to === null) return;
      task.assigneeId = event.data.to;
      task.acceptedAt = null;
      return;
  }
}

/** Who asked first waits for the answers; who only added others goes on, or is done. */
function setAside(state: Task['state'], via: Via): Task['state'] {
  if (via === 'before') return 'waiting';
  return via === 'delegate' ? 'delegated' : state;
}

const withOne = (people: readonly PersonId[], one: PersonId | null): readonly PersonId[] =>
  one === null || people.includes(one) ? people : [...people, one];

/** The other candidates stay named: whoever clicks late is told who was first. */
const claimedBy = (task: Task, claimant: PersonId | null): Task['people'] =>
  task.people.map((one) => (one.personId === claimant ? { personId: claimant, role: 'assignee' } : one));

/** After which somebody has a task of their own that they had not. */
const GIVES: readonly TaskEvent['type'][] = ['task.opened', 'task.transferred', 'task.handed_over'];

/** Who has a task of their own at this visit stands in for nobody there. A part less is no act: versions stay. */
function standingInOnce(tasks: readonly Task[], n: number): readonly Task[] {
  const own = tasks.findLast((task) => task.n === n);
  const holds = (personId: PersonId): boolean =>
    own?.people.some((one) => one.personId === personId && one.role !== 'substitute') ?? false;
  const stands = ({ role, personId }: Task['people'][number]): boolean => role === 'substitute' && holds(personId);
  const isTwice = (task: Task): boolean =>
    task.n !== n && isPending(task) && task.node === own?.node && task.visit === own.visit && task.people.some(stands);
  if (!tasks.some(isTwice)) return tasks;
  return tasks.map((task) => (isTwice(task) ? { ...task, people: task.people.filter((one) => !stands(one)) } : task));
}

function assigneeOf(tasks: readonly Task[], last: PersonId | null): PersonId | null {
  for (const task of tasks) if (isOpen(task) && task.assigneeId !== null && !isAdvice(task)) return task.assigneeId;
  return last;
}

/** A handler's first comment answers the requester as well as an acceptance does. */
function isReply(ticket: Ticket, actorId: PersonId | null): boolean {
  return (
    ticket.firstResponseAt === null &&
    actorId !== ticket.requesterId &&
    ticket.tasks.some(
      (task) => task.kind === 'handle' && isPending(task) && task.people.some(({ personId }) => personId === actorId),
    )
  );
}
