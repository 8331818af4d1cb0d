/** 催办: whom it reaches, and when it may be done again. `approval-semantics.md`, "Acts". */
import { refuse, type Refusal } from '../lib/refusal.ts';
import type { Asked } from './around.ts';
import type { PersonId } from './directory.ts';
import { actsAt } from './run.ts';
import { isOpen, type Task, whoHas } from './ticket.ts';
import { DAY_MS, localDateTime, localDay, ZONE_OFFSET_MINUTES } from './zone.ts';

const APART_MS = 30 * 60_000;
const PER_DAY = 5;

/** @returns the open tasks that this person may urge now; a refusal that says why there is none, or from when on */
export function urgeable({ template, ticket, now }: Asked, by: PersonId): readonly Task[] | Refusal {
  const waiting = ticket.tasks.filter((task) => isOpen(task) && whoHas(task).some((id) => id !== by));
  if (waiting.length === 0) return refuse('not_now', { act: 'urge' });
  const allowed = waiting.filter(({ node }) => actsAt(template, node).urge);
  if (allowed.length === 0) return refuse('not_allowed', { act: 'urge' });
  const free = allowed.filter((task) => freeFrom(task) <= now);
  return free.length > 0 ? free : refuse('urged_lately', { again: localDateTime(Math.min(...allowed.map(freeFrom))) });
}

/** Epoch ms. */
function freeFrom({ urged }: Task): number {
  if (!urged) return 0;
  const tomorrow = (localDay(urged.at) + 1) * DAY_MS - ZONE_OFFSET_MINUTES * 60_000;
  return Math.max(urged.at + APART_MS, urged.today >= PER_DAY ? tomorrow : 0);
}
