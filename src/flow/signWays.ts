/** In which ways people can be added beside a task, and who may have them taken off again. */
import type { PersonId } from './directory.ts';
import { type Guarded, isFlowAdmin } from './flowAdmin.ts';
import { nodeOf, visitOf } from './run.ts';
import type { Template } from './template.ts';
import { actsAs, askedBy, isAdvice, isPending, type SignWay, type Task, type Ticket } from './ticket.ts';

/**
 * Work is helped with; a decision is advised on, or followed by another. One more decides beside the others only where
 * several decide together. Whoever only advises asks nobody else: advice goes one step, and comes back.
 */
export function signWays(template: Template, ticket: Ticket, task: Task): readonly SignWay[] {
  const node = nodeOf(template, task.node);
  if (node.acts.addSign === 'never' || isAdvice(task)) return [];
  if (task.kind === 'handle') return ['before'];
  if (task.kind !== 'approve' || node.kind !== 'approve') return [];
  const decideTogether = node.mode !== 'any' && node.mode !== 'sequence';
  return decideTogether && !isAfter(visitOf(ticket, task), task)
    ? ['before', 'after', 'parallel']
    : ['before', 'after'];
}

/** Asked for after somebody's agreement: no part of the step's own count. */
function isAfter(tasks: readonly Task[], { via, parent }: Task): boolean {
  const above = tasks.find(({ n }) => n === parent);
  return via === 'after' || (above !== undefined && isAfter(tasks, above));
}

/** This task, and those added to it: which of them this person may take off. Whoever has the asker's task may, and the flow admin. */
export function removable(on: Guarded, task: Task, by: PersonId): readonly Task[] {
  const { ticket } = on;
  return [task, ...askedBy(ticket.tasks, task)].filter((one) => {
    if (one.parent === null || !isPending(one)) return false;
    const asker = ticket.tasks.find(({ n }) => n === one.parent);
    return (asker !== undefined && actsAs(asker, by) !== null) || isFlowAdmin(on, by);
  });
}
