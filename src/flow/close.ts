/** Ending what is under way: one visit's tasks and children, or the whole ticket. */
import type { EndCause, EventOf } from './event.ts';
import { reopenUntil } from './reopening.ts';
import { emit, nodeOf, type Run } from './run.ts';
import { type Child, isPending, type Outcome, type Status, type Task, type Token } from './ticket.ts';

type Closed = EventOf<'task.closed'>['data'];

/** @param actor whose act it follows from; null: the flow's own */
export function closeTask(run: Run, task: Task, state: Closed['state'], because: Closed['because']): void {
  if (isPending(task)) emit(run, 'task.closed', { n: task.n, state, because }, null, run.by);
}

/** A token goes away with its work unfinished: tasks are cancelled, children by their node's policy. */
export function cancelVisit(run: Run, { node, visit }: Token, because: Closed['because']): void {
  for (const task of run.ticket.tasks)
    if (task.node === node && task.visit === visit) closeTask(run, task, 'cancelled', because);
  leaveChildren(run, (child) => child.node === node && child.visit === visit);
}

/** Children that the flow goes back over: cancelled, kept, or cancelled unless somebody has begun. */
export function leaveChildren(run: Run, isLeft: (child: Child) => boolean): void {
  for (const child of run.ticket.children) {
    if (child.left || child.outcome !== null || !isLeft(child)) continue;
    const node = nodeOf(run.template, child.node);
    if (node.kind !== 'subflow' || node.onParentReturn === 'keep') continue;
    emit(run, 'child.left', { key: child.key }, null);
    cancelChild(run, child);
  }
}

/** One that is still being filed hears of it when it is there. */
export function cancelChild(run: Run, { key, node: id, ticketId: childId }: Child): void {
  const node = nodeOf(run.template, id);
  if (childId === null || node.kind !== 'subflow') return;
  const policy = node.onParentReturn === 'cancel' ? 'cancel' : 'cancel_unstarted';
  run.errands.push({ kind: 'parent_left', key: `left ${key}`, childId, policy });
}

export interface End {
  readonly status: Status;
  readonly outcome: Outcome;
}

/** The ticket ends before its flow did. */
const CUTS_OFF: readonly Outcome[] = ['forced', 'merged', 'duplicate'];

/** In words, as they were said or named; or what has its words where it is shown. */
export type Reason = string | { readonly because: EndCause };

/** @param reason of whoever or whatever ended it; null: the flow came to its end */
export function closeTicket(run: Run, { status, outcome }: End, reason: Reason | null): void {
  const because = outcome === 'withdrawn' ? 'withdrawn' : 'ended';
  for (const task of run.ticket.tasks) closeTask(run, task, 'cancelled', because);
  // What the flow still waits for comes too late in any case: another branch has ended the ticket.
  const cutsOff = status === 'withdrawn' || CUTS_OFF.includes(outcome);
  leaveChildren(run, ({ blocking }) => cutsOff || blocking);
  const until = status === 'closed' ? reopenUntil(run, outcome) : null;
  const isSaid = typeof reason === 'string';
  const cause = isSaid ? {} : reason;
  const data = { status, outcome, ...cause, ...(until === null ? {} : { reopenUntil: until }) };
  emit(run, 'ticket.closed', data, isSaid ? { reason } : null, isSaid ? run.by : null);
}
