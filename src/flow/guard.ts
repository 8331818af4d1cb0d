/**
 * May this person do this now? The one answer, for `step` and for every card and page that shows buttons (`query.ts`).
 * What comes with an act (comment, values, target, receiver) is judged by the act itself.
 */
import { refuse, type Refusal } from '../lib/refusal.ts';
import type { TaskAct, TicketAct } from './acts.ts';
import type { Directory, PersonId } from './directory.ts';
import { nameOf, nodeOf, visitOf } from './run.ts';
import type { Acts, Template } from './template.ts';
import { removable, signWays } from './signWays.ts';
import { actsAs, isAdvice, isAside, isOpen, isOver, isPending, type Task, type Ticket } from './ticket.ts';

export interface Guarded {
  readonly template: Template;
  readonly ticket: Ticket;
  readonly directory: Directory;
}

export function taskRefusal(on: Guarded, task: Task, act: TaskAct, by: PersonId): Refusal | null {
  const stranger = personRefusal(on, by);
  if (stranger) return stranger;
  if (act === 'remove_sign') return removable(on, task, by).length > 0 ? null : refuse('not_now', { act });
  return holderRefusal(on, task, act, by) ?? fitRefusal(on, task, act);
}

export function ticketRefusal(on: Guarded, act: TicketAct, by: PersonId): Refusal | null {
  const { ticket } = on;
  const stranger = personRefusal(on, by);
  if (stranger) return stranger;
  if (!(act === 'comment' ? takesPart(on, by) : isRequester(ticket, by))) return refuse('not_allowed', { act });
  if (isOver(ticket.status)) return closedRefusal(ticket);
  return act === 'withdraw' ? withdrawRefusal(on) : null;
}

export const closedRefusal = (ticket: Ticket): Refusal =>
  refuse('ticket_closed', { number: ticket.number, status: ticket.status });

/** Acts in force where the task stands; the requester's own form has the template's. */
export const actsAt = (template: Template, node: string): Acts =>
  node === 'filing' ? template.acts : nodeOf(template, node).acts;

const personRefusal = ({ directory }: Guarded, by: PersonId): Refusal | null =>
  directory.people.get(by)?.active ? null : refuse('unknown_person', { person: nameOf(directory, by) });

const isRequester = (ticket: Ticket, by: PersonId): boolean => by === ticket.requesterId || by === ticket.filerId;

function takesPart({ ticket, directory }: Guarded, by: PersonId): boolean {
  if (isRequester(ticket, by) || directory.admins.includes(by)) return true;
  return ticket.tasks.some((task) => task.endedBy === by || task.people.some(({ personId }) => personId === by));
}

/** Whose task it is, and whether somebody was first. Told before any version: a name helps, a number does not. */
function holderRefusal({ ticket, directory }: Guarded, task: Task, act: TaskAct, by: PersonId): Refusal | null {
  if (!task.people.some(({ personId }) => personId === by))
    return refuse('not_your_task', { by: nameOf(directory, task.assigneeId) });
  if (!isPending(task))
    return refuse('task_over', { by: nameOf(directory, task.endedBy), result: resultOf(ticket, task) });
  // A task that waits for others' answers can still go to somebody else, who will decide.
  if (!isOpen(task) && !(act === 'transfer' && isAside(ticket.tasks, task))) return refuse('not_now', { act });
  if (actsAs(task, by) !== null) return null;
  return refuse('already_claimed', { by: nameOf(directory, task.assigneeId) });
}

/** What became of a task that is over: its own result, or that of the act which ended it. */
function resultOf(ticket: Ticket, task: Task): string {
  if (task.state.startsWith('done:')) return task.state.slice('done:'.length);
  if (task.state === 'removed') return task.state;
  const deciding = visitOf(ticket, task).findLast(
    ({ state, endedBy }) => state.startsWith('done:') && endedBy === task.endedBy,
  );
  if (deciding) return deciding.state.slice('done:'.length);
  return ticket.status === 'withdrawn' ? 'withdrawn' : task.state;
}

function fitRefusal({ template, ticket }: Guarded, task: Task, act: TaskAct): Refusal | null {
  if (!FITS[act](task)) return refuse('not_now', { act });
  if (act === 'add_sign' || act === 'delegate') return signRefusal(template, ticket, task, act);
  if (act !== 'return' && act !== 'transfer') return null;
  const acts = actsAt(template, task.node);
  return (act === 'return' ? acts.returns : acts.transfer !== 'never') ? null : refuse('not_allowed', { act });
}

const isWork = ({ kind }: Task): boolean => kind === 'handle' || kind === 'approve' || kind === 'dispatch';
/** It was somebody's by claiming it: the others are still named. */
const isPool = ({ people }: Task): boolean => people.some(({ role }) => role === 'candidate');
function signRefusal(template: Template, ticket: Ticket, task: Task, act: TaskAct): Refusal | null {
  if (actsAt(template, task.node).addSign === 'never') return refuse('not_allowed', { act });
  return signWays(template, ticket, task).length > 0 ? null : refuse('not_now', { act });
}

const isDecided = ({ kind }: Task): boolean => kind === 'approve' || kind === 'confirm';

/** At which open tasks each act has a meaning. */
const FITS: Readonly<Record<TaskAct, (task: Task) => boolean>> = {
  claim: ({ assigneeId }) => assigneeId === null,
  accept: ({ kind, acceptedAt }) => kind === 'handle' && acceptedAt === null,
  release: (task) => task.assigneeId !== null && isPool(task),
  dispatch: ({ kind }) => kind === 'dispatch',
  complete: ({ kind }) => kind === 'handle',
  agree: isDecided,
  refuse: isDecided,
  submit: ({ kind }) => kind === 'edit',
  retry: ({ kind }) => kind === 'rescue',
  skip: ({ kind }) => kind === 'rescue',
  // Advice decides nothing, so it sends nothing back either.
  return: (task) => isWork(task) && !isAdvice(task),
  transfer: (task) => isWork(task) || task.kind === 'advise',
  add_sign: isWork,
  remove_sign: () => true,
  delegate: (task) => isWork(task) && !isAdvice(task),
  advise: ({ kind }) => kind === 'advise',
};

function withdrawRefusal({ template, ticket }: Guarded): Refusal | null {
  for (const { node } of ticket.tokens) {
    const { withdraw } = actsAt(template, node);
    if (withdraw === 'never') return refuse('not_allowed', { act: 'withdraw' });
    if (withdraw === 'until_first_act' && hasActed(ticket)) return refuse('too_late_to_withdraw');
  }
  return null;
}

/** Has anybody acted since the requester last had the form in hand? */
export function hasActed(ticket: Ticket): boolean {
  const last = ticket.tasks.findLastIndex(({ kind }) => kind === 'edit');
  return ticket.tasks.slice(last + 1).some(({ version }) => version > 1);
}
