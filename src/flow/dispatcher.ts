/** Dispatching: whose role it is, and whom the rule would have named. */
import type { Directory, PersonId } from './directory.ts';
import { makeScope } from './scope.ts';
import { resolve } from './resolve.ts';
import type { Template } from './template.ts';
import type { Task, Ticket } from './ticket.ts';

/** A role like any other, under this name. */
export const DISPATCHER_ROLE = '派单员';

interface Asked {
  readonly template: Template;
  readonly ticket: Ticket;
  readonly directory: Directory;
  /** Epoch ms. */
  readonly now: number;
}

/** Whom a dispatcher is offered first; anyone else who is here may be picked as well. */
export function candidatesOf({ template, ticket, directory, now }: Asked, task: Task): readonly PersonId[] {
  const node = template.nodes[task.node];
  if (task.kind !== 'dispatch' || node?.kind !== 'handle') return [];
  const { requesterId, assigneeId, values } = ticket;
  const scope = () => makeScope({ ticket, template, values, requesterId, directory, now, actorId: null, task });
  return resolve(node.people, { directory, requesterId, assigneeId, ticket, values, now, scope }).people;
}
