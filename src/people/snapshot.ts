/** From rows to the directory that the engine sees. Pure. */
import type {
  Directory,
  DirectoryDepartment,
  DirectoryPerson,
  PersonId,
  AccountAt,
  Substitute,
} from '../flow/directory.ts';
import { type Role, settled } from './role.ts';
import { rotaOfPeople } from './rota.ts';
import { makeCalendars } from '../worktime/calendars.ts';
import type { Zone } from '../worktime/zone.ts';
import type { DirectoryRows } from './rows.ts';

/** @param configuredAdmins `workspace/account`, lower-cased */
export function makeSnapshot(rows: DirectoryRows, configuredAdmins: readonly string[], zone: Zone): Directory {
  const personOf = new Map(rows.identities.map(({ id, person_id: person }) => [id, person]));
  const present = rows.identities.filter(({ left_at: left }) => left === null);
  const accounts = new Map(present.map((one) => [accountKey(one.workspace_id, one.account), one.person_id]));
  const departments = departmentsOf(rows, personOf);
  // Whoever was found to be somebody else stands for them in all that is held by person.
  const mergedInto = new Map(rows.people.map(({ id, merged_into: into }) => [id, into ?? id]));
  const current = (id: PersonId) => mergedInto.get(id) ?? id;
  const people = peopleOf(rows, personOf, mergedInto);
  const isActive = (id: PersonId) => people.get(id)?.active ?? false;
  const today = (ids: readonly PersonId[]) => unique(ids.map(current)).filter(isActive);
  const roles = rows.roles.map((role) => {
    const members = membersOf(settled(role, { accounts, departments }), departments);
    return [role.name, { name: role.name, members: today(members) }] as const;
  });
  const configured = configuredAdmins.flatMap((account) => accounts.get(account) ?? []);
  return {
    revision: rows.revision,
    people,
    accounts,
    departments,
    roles: new Map(roles),
    rotas: new Map(rows.rotas.map((rota) => [rota.name, rotaOfPeople(rota, { accounts, departments }, current)])),
    substitutes: substitutesOf(rows, mergedInto),
    calendars: makeCalendars(rows.calendars.own, rows.calendars.holidays, zone),
    admins: today([...configured, ...rows.admins]),
  };
}

/** The key of `Directory.accounts`. */
const accountKey = (workspace: string, account: string): string => `${workspace}/${account.toLowerCase()}`;

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

function departmentsOf(rows: DirectoryRows, personOf: ReadonlyMap<number, PersonId>): Map<string, DirectoryDepartment> {
  const heads = new Map<string, PersonId[]>();
  const members = new Map<string, PersonId[]>();
  for (const row of rows.members) {
    const person = personOf.get(row.identity_id);
    if (person === undefined) continue;
    const key = `${row.workspace_id}/${row.dept_key}`;
    if (row.is_head) push(heads, key, person);
    if (row.ord !== null) push(members, key, person);
  }
  return new Map(
    rows.departments.map((row) => {
      const key = `${row.workspace_id}/${row.dept_key}`;
      const department: DirectoryDepartment = {
        workspace: row.workspace_id,
        key: row.dept_key,
        name: row.name,
        path: row.path ?? row.name,
        parent: row.parent,
        heads: heads.get(key) ?? [],
        members: members.get(key) ?? [],
      };
      return [key, department];
    }),
  );
}

function peopleOf(
  rows: DirectoryRows,
  personOf: ReadonlyMap<number, PersonId>,
  mergedInto: ReadonlyMap<PersonId, PersonId>,
): Map<PersonId, DirectoryPerson> {
  const identities = group(rows.identities, ({ person_id: person }) => person);
  const memberships = group(rows.members, ({ identity_id: identity }) => identity);
  const managers = group(rows.managers, ({ identity_id: identity }) => identity);
  const successors = new Map(
    rows.successors.map(({ person_id: person, successor_id: next }) => [person, mergedInto.get(next) ?? next]),
  );
  return new Map(
    rows.people.map(({ id, name, home_workspace: home, locale, state }) => {
      const atHome = (identities.get(id) ?? []).filter((one) => one.workspace_id === home);
      const identity = atHome.find(({ left_at: left }) => left === null) ?? atHome[0];
      const inDepartments = identity ? (memberships.get(identity.id) ?? []) : [];
      const ledBy = identity ? (managers.get(identity.id) ?? []) : [];
      const successor = successors.get(id);
      const person: DirectoryPerson = {
        id,
        name,
        active: state === 'active',
        workspace: home ?? '',
        account: identity?.account.toLowerCase() ?? '',
        places: placesOf(identities.get(id) ?? [], home),
        departments: inDepartments.flatMap(({ dept_key: key, ord }) => (ord === null ? [] : [key])),
        ...(locale === 'en' || locale === 'zh-CN' ? { locale } : {}),
        ...(successor === undefined ? {} : { successor }),
        managers: unique(ledBy.flatMap(({ manager_identity_id: identityId }) => personOf.get(identityId) ?? [])),
      };
      return [id, person];
    }),
  );
}

function substitutesOf(
  { substitutes }: DirectoryRows,
  mergedInto: ReadonlyMap<PersonId, PersonId>,
): Map<PersonId, Substitute[]> {
  const now = (id: PersonId) => mergedInto.get(id) ?? id;
  const byPerson = new Map<PersonId, Substitute[]>();
  for (const { personId, to, ...when } of substitutes) push(byPerson, now(personId), { to: now(to), ...when });
  return byPerson;
}

function placesOf(identities: DirectoryRows['identities'], home: string | null): AccountAt[] {
  const present = identities.filter(({ left_at: left }) => left === null);
  const [atHome, elsewhere] = [true, false].map((isHome) =>
    present.filter((one) => (one.workspace_id === home) === isHome),
  );
  return [...(atHome ?? []), ...(elsewhere ?? [])].map(({ workspace_id: workspace, account }) => ({
    workspace,
    account: account.toLowerCase(),
  }));
}

function membersOf(role: Role, departments: ReadonlyMap<string, DirectoryDepartment>): PersonId[] {
  const below = group([...departments.values()], ({ workspace, parent }) => `${workspace}/${parent ?? ''}`);
  const visited = new Set<string>();
  const visit = (key: string): PersonId[] => {
    const department = departments.get(key);
    if (!department || visited.has(key)) return [];
    visited.add(key);
    const inner = (below.get(key) ?? []).flatMap(({ workspace, key: child }) => visit(`${workspace}/${child}`));
    return [...department.members, ...inner];
  };
  return unique([...role.people, ...role.departments.flatMap(visit)]);
}

function group<K, T>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) push(groups, keyOf(one), one);
  return groups;
}

function push<K, T>(groups: Map<K, T[]>, key: K, one: T): void {
  const list = groups.get(key);
  if (list) list.push(one);
  else groups.set(key, [one]);
}
