/** Dispatching: whose role it is, and whom the rule would have named. */
import { aroundTicket, type Asked } from './around.ts';
import type { PersonId } from './directory.ts';
import { resolve } from './resolve.ts';
import type { Task } from './ticket.ts';

/** A role like any other, under this name. */
export const DISPATCHER_ROLE = '派单员';

/** Whom a dispatcher is offered first; anyone else who is here may be picked as well. */
export function candidatesOf(asked: Asked, task: Task): readonly PersonId[] {
  const node = asked.template.nodes[task.node];
  if (task.kind !== 'dispatch' || node?.kind !== 'handle') return [];
  return resolve(node.people, aroundTicket(asked)).people;
}
