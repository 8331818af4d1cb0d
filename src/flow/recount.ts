/** Due times that were computed before the holidays of their year were known. */
import { refuse } from '../lib/refusal.ts';
import type { Duration } from '../worktime/duration.ts';
import { dueAtStep } from './due.ts';
import { emit, nodeOf, type Halt, type Run } from './run.ts';
import { pauseRung } from './pause.ts';
import type { Timer } from './ticket.ts';

export function recount(run: Run): Halt {
  let changed = false;
  for (const timer of run.ticket.timers) {
    const duration = timer.provisional ? durationOf(run, timer) : null;
    if (!duration) continue;
    const { at, provisional } = dueAtStep(run, timer, timer.from, duration);
    if (at === timer.at && provisional) continue;
    emit(run, 'timer.set', { ...timer, at, provisional }, null);
    changed = true;
  }
  return changed ? null : refuse('not_now', { act: 'recount' });
}

function durationOf({ template }: Run, timer: Timer): Duration | null {
  if (timer.kind === 'pause') return pauseRung(timer);
  const node = nodeOf(template, timer.node);
  if (timer.kind === 'timeout') return node.timeout[timer.rung]?.after ?? null;
  return node.kind === 'wait' && node.until.kind === 'while' ? node.until.duration : null;
}
