/** When something is due, by the template's calendar. */
import type { Duration } from '../worktime/duration.ts';
import { after, type Due } from '../worktime/working.ts';
import type { Run } from './run.ts';

export const dueAt = (run: Run, from: number, duration: Duration): Due =>
  after(run.env.directory.calendars.calendarNamed(run.template.calendar), from, duration);
