/** What others ask about a ticket without changing it. */
import { type Act, ACT_NAMES, isTaskAct } from './acts.ts';
import type { Directory, PersonId } from './directory.ts';
import { returnTargets } from './returnTargets.ts';
import { taskRefusal, ticketRefusal } from './guard.ts';
import { distinct } from './resolve.ts';
import type { ReturnTarget, Template } from './template.ts';
import { isOpen, type Ticket, whoHas } from './ticket.ts';

export interface PossibleActs {
  /** Acts on the ticket as a whole. */
  readonly ticket: readonly Act[];
  /** The person's tasks with at least one act, in the order in which they were opened. */
  readonly tasks: readonly {
    readonly n: number;
    readonly acts: readonly Act[];
    /** Where `return` may lead; empty when it is not possible. */
    readonly returnTargets: readonly ReturnTarget[];
  }[];
}

const TASK_ACTS = ACT_NAMES.filter(isTaskAct);
const TICKET_ACTS = ACT_NAMES.filter((act) => !isTaskAct(act));

/** Exactly the acts that `step` would accept from this person now, given what each needs (comment, values, receiver). */
export function possibleActs(
  template: Template,
  ticket: Ticket,
  personId: PersonId,
  directory: Directory,
): PossibleActs {
  const on = { template, ticket, directory };
  const tasks = ticket.tasks.flatMap((task) => {
    if (!isOpen(task)) return [];
    const acts = TASK_ACTS.filter((act) => taskRefusal(on, task, act, personId) === null);
    const targets = acts.includes('return') ? returnTargets(template, ticket, task) : [];
    return acts.length > 0 ? [{ n: task.n, acts, returnTargets: targets }] : [];
  });
  return { ticket: TICKET_ACTS.filter((act) => ticketRefusal(on, act, personId) === null), tasks };
}

/** Whose turn it is: the holders of the open tasks. */
export const whoWaits = (ticket: Ticket): readonly PersonId[] => distinct(ticket.tasks.filter(isOpen).flatMap(whoHas));
