/**
 * Who may do what: role × act × scope, in this one place, for chat, pages and API alike. What a person may do to a
 * task is the flow's business (`flow/query.ts`); here stand the rights around it.
 */
import type { Directory, PersonId } from '../flow/directory.ts';
import { DISPATCHER_ROLE } from '../flow/dispatcher.ts';
import { type Guarded, isFlowAdmin } from '../flow/flowAdmin.ts';
import { mayFile } from '../flow/mayFile.ts';
import { managerAbove } from '../flow/resolve.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import { type Refusal, refuse } from '../lib/refusal.ts';

/** System roles are ordinary roles with these names; `admin` comes from the service's `admins`. */
export const SYSTEM_ROLES = { dispatcher: DISPATCHER_ROLE, manager: '工单经理' } as const;

type Role = 'everyone' | 'dispatcher' | 'manager' | 'admin';

/** `own`: tickets that the person filed, asked for, or works on. `department`: of requesters below a head. */
type Scope = 'own' | 'department' | 'all';

export type Right =
  | 'ticket.view'
  | 'ticket.comment'
  | 'ticket.file_for_others'
  | 'template.read'
  | 'template.publish'
  | 'delivery.resend'
  | 'people.link'
  | 'people.successor'
  | 'rota.change'
  | 'substitute.name'
  | 'token.make';

/** The default table (S18). A right not named for a role is not given. */
export const RIGHTS: Readonly<Record<Role, Partial<Record<Right, Scope>>>> = {
  everyone: {
    'ticket.view': 'own',
    'ticket.comment': 'own',
    'template.read': 'all',

    'substitute.name': 'own',
  },
  dispatcher: { 'ticket.view': 'all', 'ticket.comment': 'all', 'ticket.file_for_others': 'all' },
  manager: { 'ticket.view': 'all', 'ticket.file_for_others': 'department' },
  admin: {
    'ticket.view': 'all',
    'ticket.comment': 'all',
    'ticket.file_for_others': 'all',
    'template.publish': 'all',
    'delivery.resend': 'all',
    'people.link': 'all',
    'people.successor': 'all',
    'rota.change': 'all',
    'substitute.name': 'all',
    'token.make': 'all',
  },
};

const WIDTH: Readonly<Record<Scope, number>> = { own: 1, department: 2, all: 3 };

function rolesOf(directory: Directory, personId: PersonId): Role[] {
  const has = (name: string) => directory.roles.get(name)?.members.includes(personId) ?? false;
  const roles: Role[] = ['everyone'];
  if (has(SYSTEM_ROLES.dispatcher)) roles.push('dispatcher');
  if (has(SYSTEM_ROLES.manager)) roles.push('manager');
  if (directory.admins.includes(personId)) roles.push('admin');
  return roles;
}

/** The widest scope in which the person has the right; null: not at all. People who left have none. */
export function scopeOf(directory: Directory, personId: PersonId, right: Right): Scope | null {
  if (!directory.people.get(personId)?.active) return null;
  let widest: Scope | null = null;
  for (const role of rolesOf(directory, personId)) {
    const scope = RIGHTS[role][right];
    if (scope && (!widest || WIDTH[scope] > WIDTH[widest])) widest = scope;
  }
  return widest;
}

export function may(directory: Directory, personId: PersonId, right: Right): Refusal | null {
  return scopeOf(directory, personId, right) === 'all' ? null : refuse('not_allowed');
}

/** Everyone who has the right on all there is. */
export const whoMay = (directory: Directory, right: Right): PersonId[] =>
  [...directory.people.keys()].filter((id) => may(directory, id, right) === null);

/** For oneself everyone may say who stands in; for others, those who may for all. */
export function maySubstituteFor(directory: Directory, by: PersonId, personId: PersonId): Refusal | null {
  const scope = scopeOf(directory, by, 'substitute.name');
  return scope === 'all' || (scope === 'own' && by === personId) ? null : refuse('not_allowed');
}

/** Does the ticket concern this person: requester, filer, anyone who has or had a task or was shown it, or who is above the requester? */
export function mayOnTicket(
  directory: Directory,
  personId: PersonId,
  right: 'ticket.view' | 'ticket.comment',
  ticket: Ticket,
): Refusal | null {
  const scope = scopeOf(directory, personId, right);
  if (scope === 'all') return null;
  const own =
    ticket.requesterId === personId ||
    ticket.filerId === personId ||
    ticket.links.some(({ readerId }) => readerId === personId) ||
    ticket.tasks.some(
      ({ people, former }) => former.includes(personId) || people.some((one) => one.personId === personId),
    );
  if (scope !== null && own) return null;
  const isCopied = ticket.cc.some((one) => one.personId === personId);
  if (scope !== null && isCopied) return right === 'ticket.view' ? null : refuse('not_allowed', { act: 'comment' });
  const isAbove =
    isHeadOf(directory, personId, ticket.requesterId) ||
    managerAbove(directory, ticket.requesterId, 1).includes(personId);
  if (scope !== null && right === 'ticket.view' && isAbove) return null;
  // To a stranger a foreign ticket and a missing one look alike.
  return refuse('ticket_not_found');
}

/** As `mayOnTicket`; the flow admin, whom only the template names, has every right on its tickets. */
export function mayOn(on: Guarded, personId: PersonId, right: 'ticket.view' | 'ticket.comment'): Refusal | null {
  const no = mayOnTicket(on.directory, personId, right, on.ticket);
  return no && isFlowAdmin(on, personId) ? null : no;
}

/** Filing in somebody's name; for oneself everyone may. */
export function mayFileFor(directory: Directory, by: PersonId, requesterId: PersonId): Refusal | null {
  if (by === requesterId) return null;
  const scope = scopeOf(directory, by, 'ticket.file_for_others');
  if (scope === 'all' || (scope === 'department' && isHeadOf(directory, by, requesterId))) return null;
  return refuse('not_allowed', { requester: nameOf(directory, requesterId), scope: scope ?? 'own' });
}

/** Before it is known for whom: does the person file for anybody but themselves? */
export const mayFileForOthers = (directory: Directory, by: PersonId): Refusal | null =>
  scopeOf(directory, by, 'ticket.file_for_others') === null ? refuse('not_allowed', { act: 'file_for' }) : null;

/** May `by` open this form for the requester? The template names its requesters, not who types. */
export function mayOpenForm(
  template: Template,
  by: PersonId,
  requesterId: PersonId,
  around: { readonly directory: Directory; readonly now: number },
): Refusal | null {
  const { directory } = around;
  if (!directory.people.get(requesterId)?.active)
    return refuse('unknown_person', { person: nameOf(directory, requesterId) });
  const no = mayFileFor(directory, by, requesterId);
  if (no || mayFile(template, requesterId, around)) return no;
  const { name } = template;
  return refuse('not_allowed', {
    template: name,
    ...(by === requesterId ? {} : { requester: nameOf(directory, requesterId) }),
  });
}

const nameOf = ({ people }: Directory, id: PersonId): string => people.get(id)?.name ?? '';

function isHeadOf(directory: Directory, head: PersonId, personId: PersonId): boolean {
  const person = directory.people.get(personId);
  if (!person) return false;
  for (const start of person.departments) {
    let key: string | null = start;
    for (let depth = 0; key !== null && depth < 20; depth += 1) {
      const department: { heads: readonly PersonId[]; parent: string | null } | undefined = directory.departments.get(
        `${person.workspace}/${key}`,
      );
      if (department?.heads.includes(head)) return true;
      key = department?.parent ?? null;
    }
  }
  return false;
}
