/** What a form's expressions see while it is being filled in: before filing, and at a node. */
import type { Values } from '../form/field.ts';
import type { ScopeOf } from '../form/settle.ts';
import type { Env } from './command.ts';
import type { PersonId } from './directory.ts';
import { makeScope } from './scope.ts';
import type { NodeId, Template } from './template.ts';
import type { Ticket } from './ticket.ts';

type Around = Pick<Env, 'directory' | 'now'>;

/** The ticket's form before there is a ticket. @param by  who files it for the requester; absent: they do */
export function filingScope(
  template: Template,
  requesterId: PersonId,
  around: Around,
  by: PersonId = requesterId,
): ScopeOf {
  return (form, row) =>
    makeScope({
      ticket: null,
      template,
      values: { form },
      requesterId,
      ...around,
      actorId: by,
      ...(row ? { row } : {}),
    });
}

/** A node's own form, or (`form`) the ticket's once more after a return to the requester. */
export function nodeScope(
  template: Template,
  ticket: Ticket,
  node: NodeId,
  actorId: PersonId,
  around: Around,
): ScopeOf {
  return (values: Values, row) =>
    makeScope({
      ticket,
      template,
      values: { ...ticket.values, [node]: values },
      requesterId: ticket.requesterId,
      ...around,
      actorId,
      ...(row ? { row } : {}),
    });
}
