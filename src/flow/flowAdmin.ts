/** Who looks after a ticket when its flow does not: the template's admin, and the service's. */
import type { Directory, PersonId } from './directory.ts';
import { resolve } from './resolve.ts';
import { makeScope } from './scope.ts';
import type { Template } from './template.ts';
import type { Ticket } from './ticket.ts';

/** A ticket, and around it what decides who may do what. */
export interface Guarded {
  readonly template: Template;
  readonly ticket: Ticket;
  readonly directory: Directory;
  /** Epoch ms. */
  readonly now: number;
}

export function isFlowAdmin({ template, ticket, directory, now }: Guarded, personId: PersonId): boolean {
  if (!directory.people.get(personId)?.active) return false;
  if (directory.admins.includes(personId)) return true;
  if (template.admin === null) return false;
  const { requesterId, assigneeId, values } = ticket;
  const scope = () => makeScope({ ticket, template, values, requesterId, directory, now });
  return resolve(template.admin, { directory, requesterId, assigneeId, ticket, values, now, scope }).people.includes(
    personId,
  );
}
