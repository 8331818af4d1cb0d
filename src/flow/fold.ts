/**
 * A ticket is the fold of its events: nothing else changes one, in the engine or out of it.
 * Untouched parts keep their identity, so that "what changed" is a comparison of references.
 */
import type { PersonId } from './directory.ts';
import type { EventOf, TicketEvent } from './event.ts';
import { isOpen, type Task, type Ticket } from './ticket.ts';

/** @throws Error when there is no event, or the first is not `ticket.filed` */
export function fold(events: readonly TicketEvent[]): Ticket {
  let ticket: Ticket | null = null;
  for (const event of events) ticket = apply(ticket, event);
  if (!ticket) throw new Error('A ticket without an event does not exist');
  return ticket;
}

/** @param ticket null before the first event */
export function apply(ticket: Ticket | null, event: TicketEvent): Ticket {
  if (event.type === 'ticket.filed') return filed(event);
  if (!ticket) throw new Error(`A ticket cannot begin with ${event.type}`);
  return { ...ticket, ...change(ticket, event), version: event.version, seq: event.seq };
}

function change(ticket: Ticket, event: Exclude<TicketEvent, { type: 'ticket.filed' }>): Partial<Ticket> {
  switch (event.type) {
    case 'node.entered':
      return entered(ticket, event);
    case 'token.ended':
      return { tokens: ticket.tokens.filter((token) => token.id !== event.data.token) };
    case 'form.changed':
      return formChanged(ticket, event);
    case 'comment.added':
      return isReply(ticket, event.actorId) ? { firstResponseAt: event.at } : {};
    case 'status.changed':
      return { status: event.data.to };
    case 'ticket.closed':
      return { status: event.data.status, outcome: event.data.outcome, closedAt: event.at, tokens: [] };
    case 'node.skipped':
    case 'notice.sent':
    case 'people.missing':
      return {};
    default:
      return taskChange(ticket, event);
  }
}

function filed(event: EventOf<'ticket.filed'>): Ticket {
  const { values, ...data } = event.data;
  return {
    ...data,
    assigneeId: null,
    title: event.personal.title,
    status: 'pending',
    outcome: null,
    filedAt: event.at,
    firstResponseAt: null,
    resolvedAt: null,
    closedAt: null,
    version: event.version,
    seq: event.seq,
    n: 0,
    tokens: [],
    visits: {},
    tasks: [],
    values: { form: { ...values, ...event.personal.values } },
  };
}

function entered(ticket: Ticket, { data }: EventOf<'node.entered'>): Partial<Ticket> {
  const token = { id: data.token, node: data.node, visit: data.visit, regions: data.regions };
  const isNew = !ticket.tokens.some(({ id }) => id === data.token);
  return {
    n: isNew ? ticket.n + 1 : ticket.n,
    tokens: isNew ? [...ticket.tokens, token] : ticket.tokens.map((old) => (old.id === token.id ? token : old)),
    visits: { ...ticket.visits, [data.node]: data.visit },
  };
}

function formChanged(ticket: Ticket, { data, personal }: EventOf<'form.changed'>): Partial<Ticket> {
  return {
    title: personal.title,
    urgency: data.urgency,
    category: data.category,
    values: { ...ticket.values, form: { ...ticket.values['form'], ...data.values, ...personal.values } },
  };
}

type TaskEvent = Extract<TicketEvent, { type: `task.${string}` }>;

function taskChange(ticket: Ticket, event: TaskEvent): Partial<Ticket> {
  const tasks = event.type === 'task.opened' ? [...ticket.tasks, opened(event)] : changedTasks(ticket.tasks, event);
  const changes = { tasks, assigneeId: assigneeOf(tasks, ticket.assigneeId) };
  switch (event.type) {
    case 'task.opened':
      // Work that is open again was not resolved after all.
      return { ...changes, n: event.data.n, resolvedAt: event.data.kind === 'handle' ? null : ticket.resolvedAt };
    case 'task.claimed':
    case 'task.accepted':
      // The service's own acceptance (work that comes back to the same person) is no answer to the requester.
      return event.actorId === null ? changes : { ...changes, firstResponseAt: ticket.firstResponseAt ?? event.at };
    case 'task.done':
      return { ...changes, ...doneChange(ticket, event) };
    default:
      return changes;
  }
}

/** The node's values are replaced, not merged: each visit fills its form anew. */
function doneChange(ticket: Ticket, { data, personal, at }: EventOf<'task.done'>): Partial<Ticket> {
  const values = { ...data.values, ...personal.values };
  const task = ticket.tasks.find(({ n }) => n === data.n);
  const hasValues = Object.keys(values).length > 0;
  return {
    ...(task && hasValues ? { values: { ...ticket.values, [task.node]: values } } : {}),
    ...(data.result === 'complete' ? { resolvedAt: at } : {}),
  };
}

function opened({ data, at }: EventOf<'task.opened'>): Task {
  const { revision: _, ...task } = data;
  return { ...task, openedAt: at, acceptedAt: null, doneAt: null, endedBy: null, version: 1 };
}

function changedTasks(tasks: readonly Task[], event: Exclude<TaskEvent, { type: 'task.opened' }>): Task[] {
  const index = tasks.findLastIndex(({ n }) => n === event.data.n);
  const task = tasks[index];
  if (!task) throw new Error(`${event.type} names task ${event.data.n}, which does not exist`);
  return tasks.with(index, { ...task, ...taskPart(task, event), version: task.version + 1 });
}

function taskPart(task: Task, event: Exclude<TaskEvent, { type: 'task.opened' }>): Partial<Task> {
  switch (event.type) {
    case 'task.activated':
      return { state: 'open', openedAt: event.at };
    case 'task.claimed':
      return { ...given(task, event.actorId), acceptedAt: event.at };
    case 'task.accepted':
      return { acceptedAt: event.at };
    case 'task.done':
      return { state: `done:${event.data.result}`, doneAt: event.at, endedBy: event.actorId };
    case 'task.closed':
      return { state: event.data.state, doneAt: event.at, endedBy: event.actorId };
    case 'task.transferred':
      return {
        assigneeId: event.data.to,
        people: [{ personId: event.data.to, role: 'assignee' }],
        acceptedAt: null,
      };
  }
}

/** The other candidates stay named: whoever clicks late is told who was first. */
function given(task: Task, personId: PersonId | null): Partial<Task> {
  const people = task.people.map((one) => (one.personId === personId ? { personId, role: 'assignee' as const } : one));
  return { assigneeId: personId, people };
}

function assigneeOf(tasks: readonly Task[], last: PersonId | null): PersonId | null {
  for (const task of tasks) if (isOpen(task) && task.assigneeId !== null) return task.assigneeId;
  return last;
}

/** A handler's first comment answers the requester as well as an acceptance does. */
function isReply(ticket: Ticket, actorId: PersonId | null): boolean {
  return (
    ticket.firstResponseAt === null &&
    actorId !== ticket.requesterId &&
    ticket.tasks.some(
      (task) => task.kind === 'handle' && isOpen(task) && task.people.some(({ personId }) => personId === actorId),
    )
  );
}
