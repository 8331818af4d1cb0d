/** What expressions see: one object per evaluation, made from the ticket as it stands. */
import type { Scope, Values } from '../form/field.ts';
import type { Directory, PersonId } from './directory.ts';
import type { Template } from './template.ts';
import type { Task, Ticket } from './ticket.ts';

export interface ScopeInput {
  /** null while it is being filed. */
  readonly ticket: Ticket | null;
  readonly template: Template;
  /** `form`, and one entry per node that has a form and ran. */
  readonly values: Readonly<Record<string, Values>>;
  readonly requesterId: PersonId;
  readonly directory: Directory;
  /** Epoch ms. */
  readonly now: number;
  readonly actorId?: PersonId | null;
  readonly task?: Task | null;
  /** While a table's row is computed. */
  readonly row?: Values;
}

export function makeScope(input: ScopeInput): Scope {
  const { ticket, values, requesterId, directory, now, actorId = null, task = null, row } = input;
  const person = (id: PersonId | null) => (id === null ? undefined : directory.people.get(id));
  return {
    ...values,
    ticket: ticket ?? {},
    requester: person(requesterId) ?? {},
    assignee: person(ticket?.assigneeId ?? null) ?? {},
    actor: person(actorId) ?? {},
    task: task ?? {},
    row: row ?? {},
    now,
  };
}
