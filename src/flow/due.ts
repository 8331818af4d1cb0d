/** When something is due, by the template's calendar. */
import type { Calendar } from '../worktime/calendar.ts';
import type { Duration } from '../worktime/duration.ts';
import { after, type Due, working } from '../worktime/working.ts';
import type { Run } from './run.ts';
import type { Rest } from './ticket.ts';

export const dueAt = (run: Run, from: number, duration: Duration): Due => after(calendarOf(run), from, duration);

/** The time in which the work of the step rested does not count. */
export function dueAtStep(run: Run, step: Pick<Rest, 'node' | 'visit'>, from: number, duration: Duration): Due {
  const calendar = calendarOf(run);
  const due = after(calendar, from, duration);
  const rests = run.ticket.rests.filter(
    ({ node, visit, to }) => node === step.node && visit === step.visit && to > from,
  );
  const rested = rests.reduce((sum, { from: begin, to }) => {
    const start = Math.max(begin, from);
    return sum + (duration.kind === 'wall' ? to - start : working(calendar, start, to));
  }, 0);
  if (rested === 0) return due;
  const moved = after(calendar, due.at, { kind: duration.kind === 'wall' ? 'wall' : 'working', ms: rested });
  return { at: moved.at, provisional: due.provisional || moved.provisional };
}

const calendarOf = (run: Run): Calendar => run.env.directory.calendars.calendarNamed(run.template.calendar);
