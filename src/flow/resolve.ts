/**
 * From a selector to people: a function of the directory's snapshot, in the requester's home workspace.
 * Whoever has left is never found. The rule comes along as text, for the record and for whoever asks "why me?".
 */
import type { Scope, Values } from '../form/field.ts';
import { unreachable } from '../lib/unreachable.ts';
import { onDuty } from '../worktime/rota.ts';
import { departmentHeads, departmentNamed, mainDepartment, peopleBelow, responsibleFor } from './department.ts';
import type { Directory, PersonId } from './directory.ts';
import { lastHeld } from './status.ts';
import { LOCAL_ZONE } from './zone.ts';
import type { Selector } from './template.ts';
import type { Ticket } from './ticket.ts';

/** Around whom a selector is resolved. */
export interface Around {
  readonly directory: Directory;
  readonly requesterId: PersonId;
  readonly assigneeId: PersonId | null;
  /** null before filing. */
  readonly ticket: Ticket | null;
  readonly values: Readonly<Record<string, Values>>;
  /** Epoch ms: who is on duty now. */
  readonly now: number;
  readonly scope: () => Scope;
}
export interface Found {
  /** Active, each once, in the rule's order. */
  readonly people: readonly PersonId[];
  /** In the words of the template language: `role: IT主管`. */
  readonly rule: string;
}

/** Far above any real hierarchy; a ring of managers must not hang us. */
const MAX_LEVELS = 30;

export function resolve(selector: Selector, around: Around): Found {
  const { people, rule } = lookUp(selector, around);
  return { people: distinct(people).filter((id) => around.directory.people.get(id)?.active === true), rule };
}

function lookUp(selector: Selector, around: Around): Found {
  const { directory } = around;
  const workspace = directory.people.get(around.requesterId)?.workspace ?? '';
  switch (selector.kind) {
    case 'requester':
      return { people: [around.requesterId], rule: 'requester' };
    case 'assignee':
      return { people: present(around.assigneeId), rule: 'assignee' };
    case 'users':
      return named(selector, around, workspace);
    case 'role':
      return roleMembers(selector, around, workspace);
    case 'department':
      return inDepartment(selector, around, workspace);
    case 'department_head':
      return heads(selector, around, workspace);
    case 'manager':
      return manager(selector, around);
    case 'manager_chain':
      return chain(selector, around);
    case 'duty':
      return onRota(selector, around);
    case 'field':
    case 'requester_picks':
      return {
        people: peopleInField(selector.field, around.values),
        rule: `${selector.kind}: ${selector.field}`,
      };
    case 'handler_of': {
      const task = around.ticket ? lastHeld(around.ticket, selector.node) : undefined;
      return { people: present(task?.assigneeId), rule: `handler_of: ${selector.node}` };
    }
    case 'together': {
      const all = selector.all.map((one) => lookUp(one, around));
      return { people: all.flatMap(({ people }) => people), rule: all.map(({ rule }) => rule).join(' + ') };
    }
    case 'first': {
      const found = selector.cases.find(({ when }) => when === null || when(around.scope()));
      return found ? lookUp(found.of, around) : { people: [], rule: 'no case holds' };
    }
    default:
      return unreachable(selector);
  }
}

function named({ accounts }: Extract<Selector, { kind: 'users' }>, { directory }: Around, workspace: string): Found {
  const people: PersonId[] = [];
  for (const name of accounts) {
    const id = directory.accounts.get(accountKey(name, workspace));
    if (id !== undefined) people.push(id);
  }
  return { people, rule: `users: ${accounts.join(', ')}` };
}

/** An account is meant in the requester's own workspace, unless it names one: `plant/zhangsan`. */
const accountKey = (name: string, workspace: string): string =>
  name.includes('/') ? name.toLowerCase() : `${workspace}/${name.toLowerCase()}`;

function inDepartment(
  { name }: Extract<Selector, { kind: 'department' }>,
  { directory }: Around,
  workspace: string,
): Found {
  const department = departmentNamed(directory, workspace, name);
  return { people: department ? peopleBelow(directory, department) : [], rule: `department: ${name}` };
}

function onRota({ rota }: Extract<Selector, { kind: 'duty' }>, { directory, now }: Around): Found {
  const found = directory.rotas.get(rota);
  return { people: found ? onDuty(found, LOCAL_ZONE, now) : [], rule: `duty: ${rota}` };
}

function roleMembers(selector: Extract<Selector, { kind: 'role' }>, around: Around, workspace: string): Found {
  const members = around.directory.roles.get(selector.role)?.members ?? [];
  if (selector.in === null) return { people: members, rule: `role: ${selector.role}` };
  const within = selector.in(around.scope());
  return {
    people: responsibleFor(around.directory, workspace, within, members),
    rule: `role: ${selector.role}, in: ${within}`,
  };
}

function heads(selector: Extract<Selector, { kind: 'department_head' }>, around: Around, workspace: string): Found {
  const { directory } = around;
  if (typeof selector.of === 'object') {
    const department = departmentNamed(directory, workspace, selector.of.name);
    const people = department ? departmentHeads(directory, department, selector.level) : [];
    return { people, rule: `department_head: ${selector.of.name}, level: ${selector.level}` };
  }
  const personId = selector.of === 'requester' ? around.requesterId : around.assigneeId;
  const department = mainDepartment(directory, personId);
  const people = department ? departmentHeads(directory, department, selector.level) : [];
  return { people, rule: `department_head: ${selector.of}, level: ${selector.level}` };
}

function manager({ of, level }: Extract<Selector, { kind: 'manager' }>, around: Around): Found {
  const person = of === 'requester' ? around.requesterId : around.assigneeId;
  const people = present(person).flatMap((id) => managerAbove(around.directory, id, level));
  return { people, rule: `manager: ${of}, level: ${level}` };
}

/**
 * The managers above a person, nearest first. Where one has left, the next one up takes their place; where nobody is
 * above any more the chain is shorter, and its rule says so. Nobody is asked twice, nor about themselves.
 */
function chain(selector: Extract<Selector, { kind: 'manager_chain' }>, around: Around): Found {
  const { directory } = around;
  const { of, upTo } = selector;
  const from = of === 'requester' ? around.requesterId : around.assigneeId;
  const top = typeof upTo === 'number' ? upTo : MAX_LEVELS;
  const holders = typeof upTo === 'number' ? null : (directory.roles.get(upTo.role)?.members ?? []);
  const people: PersonId[] = [];
  let reached = 0;
  let isWhole = false;
  for (let level = 1; from !== null && level <= top; level += 1) {
    const [above] = managerAbove(directory, from, level);
    if (above === undefined) break;
    reached = level;
    if (above !== from && !people.includes(above)) people.push(above);
    isWhole = holders === null ? level === top : holders.includes(above);
    if (isWhole) break;
  }
  const asked = typeof upTo === 'number' ? String(upTo) : `role ${upTo.role}`;
  return { people, rule: `manager_chain: ${of}, up_to: ${asked}${isWhole ? '' : `; ends at level ${reached}`}` };
}

/**
 * The manager `level` above a person; where nobody is there any more, the next one up.
 * @returns one active person, or nobody
 */
export function managerAbove(directory: Directory, personId: PersonId, level: number): readonly PersonId[] {
  let at = personId;
  for (let height = 1; height <= MAX_LEVELS; height += 1) {
    const managers = directory.people.get(at)?.managers ?? [];
    const active = managers.find((id) => directory.people.get(id)?.active);
    const up = active ?? managers[0];
    if (up === undefined) return [];
    if (height >= level && active !== undefined) return [active];
    at = up;
  }
  return [];
}

/** Who decides instead of a requester who would decide on their own request: the next above them who is somebody else. */
export function superiorOf(directory: Directory, personId: PersonId): readonly PersonId[] {
  for (let level = 1; level <= MAX_LEVELS; level += 1) {
    const above = managerAbove(directory, personId, level);
    if (above.length === 0) break;
    if (above[0] !== personId) return above;
  }
  const department = mainDepartment(directory, personId);
  for (let level = 1; department && level <= MAX_LEVELS; level += 1) {
    const others = departmentHeads(directory, department, level).filter((id) => id !== personId);
    if (others.length > 0) return others;
  }
  return [];
}

function peopleInField(name: string, values: Around['values']): readonly PersonId[] {
  const [node, field] = name.includes('.') ? name.split('.', 2) : ['form', name];
  const value = values[node ?? '']?.[field ?? ''];
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'number');
  return typeof value === 'number' ? [value] : [];
}

const present = (id: PersonId | null | undefined): readonly PersonId[] => (id == null ? [] : [id]);
export const distinct = (ids: readonly PersonId[]): readonly PersonId[] => (ids.length > 1 ? [...new Set(ids)] : ids);
