/** What others ask about a ticket without changing it. */
import { type Act, ACT_NAMES, isTaskAct } from './acts.ts';
import type { Directory, PersonId } from './directory.ts';
import { returnTargets } from './returnTargets.ts';
import { taskRefusal, ticketRefusal } from './guard.ts';
import { distinct } from './resolve.ts';
import type { ReturnTarget, Template } from './template.ts';
import { askedBy, isOpen, isPending, type Ticket, whoHas } from './ticket.ts';
import { removable } from './signWays.ts';

export interface PossibleActs {
  /** Acts on the ticket as a whole. */
  readonly ticket: readonly Act[];
  /** The person's tasks with at least one act, in the order in which they were opened. */
  readonly tasks: readonly {
    readonly n: number;
    readonly acts: readonly Act[];
    /** Where `return` may lead; empty when it is not possible. */
    readonly returnTargets: readonly ReturnTarget[];
    /** Whom `remove_sign` may take off. */
    readonly removable: readonly PersonId[];
  }[];
}

const TASK_ACTS = ACT_NAMES.filter(isTaskAct);
const TICKET_ACTS = ACT_NAMES.filter((act) => !isTaskAct(act));

/**
 * Exactly the acts that `step` would accept from this person now, given what each needs (comment, values, receiver).
 * @param now epoch ms
 */
export function possibleActs(
  template: Template,
  ticket: Ticket,
  personId: PersonId,
  directory: Directory,
  now: number,
): PossibleActs {
  const on = { template, ticket, directory, now };
  const tasks = ticket.tasks.flatMap((task) => {
    // Who is done may still take off those whom they asked to agree as well.
    if (!isPending(task) && !askedBy(ticket.tasks, task).some(isPending)) return [];
    const acts = TASK_ACTS.filter((act) => taskRefusal(on, task, act, personId) === null);
    const targets = acts.includes('return') ? returnTargets(template, ticket, task) : [];
    const added = distinct(removable(on, task, personId).flatMap(whoHas));
    return acts.length > 0 ? [{ n: task.n, acts, returnTargets: targets, removable: added }] : [];
  });
  return { ticket: TICKET_ACTS.filter((act) => ticketRefusal(on, act, personId) === null), tasks };
}

/** Whose turn it is: the holders of the open tasks. */
export const whoWaits = (ticket: Ticket): readonly PersonId[] => distinct(ticket.tasks.filter(isOpen).flatMap(whoHas));
