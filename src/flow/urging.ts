/** 催办: whom it reaches, and when it may be done again. `approval-semantics.md`, "Acts". */
import { refuse, type Refusal } from '../lib/refusal.ts';
import type { Asked } from './around.ts';
import type { PersonId } from './directory.ts';
import { actsAt } from './run.ts';
import { isOpen, type Task, whoMayAct } from './ticket.ts';
import { DAY_MS, localDateTime, localDay, ZONE_OFFSET_MINUTES } from './zone.ts';

const APART_MS = 30 * 60_000;
const PER_DAY = 5;

/** @returns the open tasks that this person may urge now; a refusal that says why there is none, or from when on */
export function urgeable(asked: Asked, by: PersonId): readonly Task[] | Refusal {
  const { template, ticket, now } = asked;
  const waiting = ticket.tasks.filter((task) => isOpen(task) && urged(asked, task, by).length > 0);
  if (waiting.length === 0) return refuse('not_now', { act: 'urge' });
  const allowed = waiting.filter(({ node }) => actsAt(template, node).urge);
  if (allowed.length === 0) return refuse('not_allowed', { act: 'urge' });
  const free = allowed.filter((task) => freeFrom(task) <= now);
  return free.length > 0 ? free : refuse('urged_lately', { again: localDateTime(Math.min(...allowed.map(freeFrom))) });
}

/** Those who can act on it now, whoever stands in among them: its owner may be on holiday. */
export const urged = ({ directory }: Pick<Asked, 'directory'>, task: Task, by: PersonId): readonly PersonId[] =>
  whoMayAct(task).filter((id) => id !== by && directory.people.get(id)?.active);

/** Epoch ms. */
function freeFrom({ urged: last }: Task): number {
  if (!last) return 0;
  const tomorrow = (localDay(last.at) + 1) * DAY_MS - ZONE_OFFSET_MINUTES * 60_000;
  return Math.max(last.at + APART_MS, last.today >= PER_DAY ? tomorrow : 0);
}
