/** A ticket as somebody asks about it, outside of any command. */
import type { Directory } from './directory.ts';
import type { Around } from './resolve.ts';
import { makeScope } from './scope.ts';
import type { Template } from './template.ts';
import type { Ticket } from './ticket.ts';

export interface Asked {
  readonly template: Template;
  readonly ticket: Ticket;
  readonly directory: Directory;
  /** Epoch ms. */
  readonly now: number;
}

export function aroundTicket({ template, ticket, directory, now }: Asked): Around {
  const { requesterId, assigneeId, values } = ticket;
  const scope = () => makeScope({ ticket, template, values, requesterId, directory, now, actorId: null, task: null });
  return { directory, requesterId, assigneeId, ticket, values, now, scope };
}
