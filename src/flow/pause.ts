/** 挂起: what follows while the work at a step rests, and how it goes on. `approval-semantics.md`, `sla-and-metrics.md`. */
import type { Duration } from '../worktime/duration.ts';
import { refuse } from '../lib/refusal.ts';
import { climb } from './climb.ts';
import { closeTicket } from './close.ts';
import { dueAt } from './due.ts';
import type { EventOf } from './event.ts';
import { emit, tell, tokenOf, type Halt, type Run } from './run.ts';
import { isOpen, isOver, isPending, PAUSE_TIMER, type Pause, taskTimer, type Timer, whoHas } from './ticket.ts';

/** A requester who does not answer is reminded, reminded again, and then the ticket ends. */
const PATIENCE: readonly Duration[] = [1, 2, 3].map((n) => ({ kind: 'workdays', n }));

/** What is left to wait for the requester counts from the question on. */
export const pauseRung = ({ rung }: Timer): Duration | null => PATIENCE[rung] ?? null;

/** Sets the next timer of the pause, if it has one. */
export function setPauseTimer(run: Run, { reason, at: from, until, node, visit }: Pause, rung: number): void {
  const step = PATIENCE[rung];
  const where = { key: PAUSE_TIMER, kind: 'pause', from, node, visit, rung } as const;
  if (until !== null) emit(run, 'timer.set', { ...where, rung: PATIENCE.length, at: until, provisional: false }, null);
  else if (reason === 'waiting_requester' && step)
    emit(run, 'timer.set', { ...where, ...dueAt(run, from, step) }, null);
}

type Because = EventOf<'ticket.resumed'>['data']['because'];

/** The clocks of the step go on, later by the time in which they stood. */
export function endPause(run: Run, because: Because, comment: string | null = null): void {
  const { paused } = run.ticket;
  if (!paused) return;
  const { reason, at: from, task, node, visit, held } = paused;
  const data = { reason, from, to: run.env.now, task, node, visit, because };
  const isSaid = because === 'resumed' || because === 'answered';
  emit(run, 'ticket.resumed', data, comment === null ? null : { comment }, isSaid ? run.by : null);
  for (const timer of held) {
    const of = run.ticket.tasks.find(({ n }) => taskTimer(n) === timer.key);
    if (of && isOpen(of)) climb(run, of, timer.rung);
  }
}

/** It stands for one task, and ends with it; a task that waits for help is not over. */
export function endPauseWithTask(run: Run): void {
  const { paused, tasks } = run.ticket;
  if (paused && !tasks.some((task) => task.n === paused.task && isPending(task))) endPause(run, 'over');
}

export function pauseDue(run: Run, timer: Timer): Halt {
  const { paused, tasks, requesterId } = run.ticket;
  const task = tasks.find(({ n }) => n === paused?.task);
  if (!paused || !task || isOver(run.ticket.status)) return refuse('not_now', { act: 'fire' });
  if (paused.until !== null) {
    emit(run, 'timer.fired', { key: timer.key, did: 'resume', to: whoHas(task) }, null);
    endPause(run, 'due');
    tell(run, whoHas(task), { kind: 'resumed', because: 'due' });
    return null;
  }
  const next = PATIENCE[timer.rung + 1];
  if (next) {
    emit(run, 'timer.fired', { key: timer.key, did: 'remind', to: [requesterId] }, null);
    tell(run, [requesterId], { kind: 'unanswered' });
    setPauseTimer(run, paused, timer.rung + 1);
    return null;
  }
  return noReply(run, timer, paused);
}

/** Beside other branches one question does not decide for all: then it is the handler's again. */
function noReply(run: Run, timer: Timer, { task: n }: Pause): Halt {
  const task = run.ticket.tasks.find((one) => one.n === n);
  if (!task) return refuse('not_now', { act: 'fire' });
  const isAlone = tokenOf(run.ticket, task).regions.length === 0;
  emit(run, 'timer.fired', { key: timer.key, did: isAlone ? 'close' : 'resume' }, null);
  endPause(run, 'no_reply');
  if (isAlone) closeTicket(run, { status: 'closed', outcome: 'no_reply' }, null);
  else tell(run, whoHas(task), { kind: 'resumed', because: 'no_reply' });
  return null;
}
