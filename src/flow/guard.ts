/**
 * May this person do this now? The one answer, for `step` and for every card and page that shows buttons (`query.ts`).
 * What comes with an act (comment, values, target, receiver) is judged by the act itself.
 */
import { isRefusal, refuse, type Refusal } from '../lib/refusal.ts';
import type { TaskAct, TicketAct } from './acts.ts';
import { choiceOf } from './choice.ts';
import type { PersonId } from './directory.ts';
import { DISPATCHER_ROLE } from './dispatcher.ts';
import { type Guarded, isFlowAdmin } from './flowAdmin.ts';
import { managerAbove } from './resolve.ts';
import { actsAt, nameOf, visitOf } from './run.ts';
import { removable, signWays } from './signWays.ts';
import type { Template } from './template.ts';
import { actsAs, isAdvice, isAside, isOpen, isOver, isPending, type Task, type Ticket } from './ticket.ts';
import { urgeable } from './urging.ts';

export type { Guarded };

export function taskRefusal(on: Guarded, task: Task, act: TaskAct, by: PersonId): Refusal | null {
  const stranger = personRefusal(on, by);
  if (stranger) return stranger;
  if (act === 'remove_sign') return removable(on, task, by).length > 0 ? null : refuse('not_now', { act });
  return mayRefusal(on, task, act, by) ?? fitRefusal(on, task, act);
}

/** The holder's own acts; what the flow admin may do to anybody's task, and what both may. */
function mayRefusal(on: Guarded, task: Task, act: TaskAct, by: PersonId): Refusal | null {
  const isAdmins = act === 'reassign' || act === 're_resolve';
  if (!isAdmins && act !== 'pause') return holderRefusal(on, task, act, by);
  if (!isFlowAdmin(on, by)) return isAdmins ? refuse('not_allowed', { act }) : holderRefusal(on, task, act, by);
  if (isOpen(task)) return null;
  return isPending(task) ? refuse('not_now', { act }) : overRefusal(on, task);
}

export function ticketRefusal(on: Guarded, act: TicketAct, by: PersonId): Refusal | null {
  const { ticket } = on;
  const stranger = personRefusal(on, by);
  if (stranger) return stranger;
  if (!MAY[act](on, by)) return refuse('not_allowed', { act });
  if (act === 'reopen') return reopenRefusal(on);
  // What is over may still be shown to others.
  if (isOver(ticket.status)) return act === 'cc' ? null : closedRefusal(ticket);
  return WHEN[act]?.(on, by) ?? null;
}

/** Whose business each act on the ticket is. */
const MAY: Readonly<Record<TicketAct, (on: Guarded, by: PersonId) => boolean>> = {
  comment: (on, by) => takesPart(on, by) || dispatches(on, by),
  cc: (on, by) => takesPart(on, by),
  take_back: (on, by) => takesPart(on, by),
  urge: (on, by) => maySupervise(on, by),
  withdraw: ({ ticket }, by) => isRequester(ticket, by),
  resume: (on, by) => handles(on, by) || isFlowAdmin(on, by),
  reopen: (on, by) => isRequester(on.ticket, by) || isFlowAdmin(on, by),
  merge: (on, by) => sorts(on, by),
  duplicate: (on, by) => sorts(on, by),
  recategorize: (on, by) => sorts(on, by),
  reprioritize: (on, by) => sorts(on, by),
  jump: isFlowAdmin,
  force_close: isFlowAdmin,
};

/** What else must hold of a ticket that is not over. */
const WHEN: Readonly<Partial<Record<TicketAct, (on: Guarded, by: PersonId) => Refusal | null>>> = {
  withdraw: (on) => withdrawRefusal(on),
  urge(on, by) {
    const tasks = urgeable(on, by);
    return isRefusal(tasks) ? tasks : null;
  },
  take_back: ({ ticket: { undo }, now }, by) =>
    undo?.by === by && now <= undo.until ? null : refuse('too_late_to_take_back'),
  resume: ({ ticket }) => (ticket.paused ? null : refuse('not_now', { act: 'resume' })),
  recategorize: ({ template }) => (choiceOf(template, 'category') ? null : refuse('not_now', { act: 'recategorize' })),
  reprioritize: ({ template }) => (choiceOf(template, 'urgency') ? null : refuse('not_now', { act: 'reprioritize' })),
};

export const closedRefusal = (ticket: Ticket): Refusal =>
  refuse('ticket_closed', { number: ticket.number, status: ticket.status });

const personRefusal = ({ directory }: Guarded, by: PersonId): Refusal | null =>
  directory.people.get(by)?.active ? null : refuse('unknown_person', { person: nameOf(directory, by) });

export const isRequester = (ticket: Ticket, by: PersonId): boolean =>
  by === ticket.requesterId || by === ticket.filerId;

function takesPart(on: Guarded, by: PersonId): boolean {
  const { ticket } = on;
  if (isRequester(ticket, by) || isFlowAdmin(on, by)) return true;
  if (ticket.links.some(({ readerId }) => readerId === by)) return true;
  return ticket.tasks.some(
    ({ endedBy, people, former }) =>
      endedBy === by || former.includes(by) || people.some(({ personId }) => personId === by),
  );
}

const dispatches = ({ directory }: Guarded, by: PersonId): boolean =>
  directory.roles.get(DISPATCHER_ROLE)?.members.includes(by) === true;

/** Has the work in hand. */
const handles = ({ ticket }: Guarded, by: PersonId): boolean =>
  ticket.tasks.some((task) => isOpen(task) && isInHand(task) && actsAs(task, by) !== null);

/** Says what a ticket is about, how urgent it is, and whether it is one of its own. */
const sorts = (on: Guarded, by: PersonId): boolean => handles(on, by) || dispatches(on, by) || isFlowAdmin(on, by);

/** The requester, who manages them, and the flow admin. */
const maySupervise = (on: Guarded, by: PersonId): boolean =>
  isRequester(on.ticket, by) ||
  managerAbove(on.directory, on.ticket.requesterId, 1).includes(by) ||
  isFlowAdmin(on, by);

/** Whose task it is, and whether somebody was first. Told before any version: a name helps, a number does not. */
function holderRefusal(on: Guarded, task: Task, act: TaskAct, by: PersonId): Refusal | null {
  const { ticket, directory } = on;
  if (!task.people.some(({ personId }) => personId === by))
    return refuse('not_your_task', { by: nameOf(directory, task.assigneeId) });
  if (!isPending(task)) return overRefusal(on, task);
  // A task that waits for others' answers can still go to somebody else, who will decide.
  if (!isOpen(task) && !(act === 'transfer' && isAside(ticket.tasks, task))) return refuse('not_now', { act });
  if (actsAs(task, by) !== null) return null;
  return refuse('already_claimed', { by: nameOf(directory, task.assigneeId) });
}

const overRefusal = ({ ticket, directory }: Guarded, task: Task): Refusal =>
  refuse('task_over', { by: nameOf(directory, task.endedBy), result: resultOf(ticket, task) });

/** What became of a task that is over: its own result, or that of the act which ended it. */
function resultOf(ticket: Ticket, task: Task): string {
  if (task.state.startsWith('done:')) return task.state.slice('done:'.length);
  if (task.state === 'removed') return task.state;
  const deciding = visitOf(ticket, task).findLast(
    ({ state, endedBy }) => state.startsWith('done:') && endedBy === task.endedBy,
  );
  if (deciding) return deciding.state.slice('done:'.length);
  return endedBy(ticket) ?? task.state;
}

/** An act that ended the whole ticket, and its tasks with it. */
function endedBy({ status, outcome }: Ticket): string | null {
  if (status === 'withdrawn') return 'withdrawn';
  return outcome === 'forced' || outcome === 'merged' || outcome === 'duplicate' ? outcome : null;
}

function fitRefusal({ template, ticket }: Guarded, task: Task, act: TaskAct): Refusal | null {
  if (!FITS[act](task)) return refuse('not_now', { act });
  if (act === 'add_sign' || act === 'delegate') return signRefusal(template, ticket, task, act);
  if (act === 'pause' && ticket.paused) return refuse('already_paused');
  if (act !== 'return' && act !== 'transfer') return null;
  const acts = actsAt(template, task.node);
  return (act === 'return' ? acts.returns : acts.transfer !== 'never') ? null : barredHere(act);
}

/** Nobody may, whoever they are: the flow says so where the ticket stands. */
const barredHere = (act: TaskAct | 'withdraw'): Refusal => refuse('not_allowed', { act, why: 'step' });

const isWork = ({ kind }: Task): boolean => kind === 'handle' || kind === 'approve' || kind === 'dispatch';
/** It was somebody's by claiming it: the others are still named. */
const isPool = ({ people }: Task): boolean => people.some(({ role }) => role === 'candidate');
function signRefusal(template: Template, ticket: Ticket, task: Task, act: TaskAct): Refusal | null {
  if (actsAt(template, task.node).addSign === 'never') return barredHere(act);
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
  pause: (task) => isInHand(task),
  split: (task) => isInHand(task),
  reassign: ({ kind }) => kind !== 'rescue',
  re_resolve: ({ kind }) => isWorkOrWord(kind),
};
/** Somebody does it: a pool's task must be claimed first. */
const isInHand = ({ kind, assigneeId }: Task): boolean => kind === 'handle' && assigneeId !== null;
const isWorkOrWord = (kind: Task['kind']): boolean => kind === 'handle' || kind === 'approve' || kind === 'confirm';

function withdrawRefusal({ template, ticket }: Guarded): Refusal | null {
  for (const { node } of ticket.tokens) {
    const { withdraw } = actsAt(template, node);
    if (withdraw === 'never') return barredHere('withdraw');
    if (withdraw === 'until_first_act' && hasActed(ticket)) return refuse('too_late_to_withdraw');
  }
  return null;
}

/** Only what was closed, for a while; what was withdrawn or refused is filed again, what was merged goes on elsewhere. */
function reopenRefusal({ ticket, now }: Guarded): Refusal | null {
  const { number, status, reopenUntil } = ticket;
  if (!isOver(status)) return refuse('not_now', { act: 'reopen' });
  const into = ticket.links.find(({ kind }) => kind === 'merged_into' || kind === 'duplicate_of');
  if (into) return refuse('merged_elsewhere', { number, other: into.number });
  if (reopenUntil === null) return refuse('file_again', { number, status });
  return now < reopenUntil ? null : refuse('too_late_to_reopen', { number });
}

/** Has anybody acted since the requester last had the form in hand? */
export function hasActed(ticket: Ticket): boolean {
  const last = ticket.tasks.findLastIndex(({ kind }) => kind === 'edit');
  return ticket.tasks.slice(last + 1).some(isTouched);
}

/** By a person: a task that a timeout moved, or that was a leaver's, is as nobody's as before. */
const isTouched = ({ state, acceptedAt, transfers, via }: Task): boolean =>
  state.startsWith('done:') || acceptedAt !== null || transfers > 0 || via !== null;
