/**
 * Roles are ours, not a platform's: people and whole departments, of any workspace. A role that was seeded by name keeps
 * the names it could not place yet as pending; once the directory knows them they are held by id, so that an account or
 * a department that is renamed, or an account given to somebody else, changes nothing.
 */
import type { Directory, PersonId } from '../flow/directory.ts';
import { refuse, Refused } from '../lib/refusal.ts';
import type { Database, Reader } from '../store/database.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';
import { currentSettings, saveSetting } from './setting.ts';

export interface RoleMembers {
  readonly people: readonly PersonId[];
  /** `workspace/key`; all people below belong to the role. */
  readonly departments: readonly string[];
}

export interface Role extends RoleMembers {
  readonly name: string;
  readonly pending: RolePending;
}
export interface RolePending {
  /** `workspace/account` or `account`. */
  readonly members: readonly string[];
  /** `workspace/name`, `workspace/path` or `name`. */
  readonly departments: readonly string[];
}
const NOTHING: RolePending = { members: [], departments: [] };

export async function rolesIn(reader: Reader): Promise<Role[]> {
  const settings = await currentSettings(reader, 'role');
  return settings.map(({ name, body }) => ({ name, ...(body as Omit<Role, 'name'>) }));
}

/** Fills an empty database, and only that: a role taken out by an admin must not come back. @returns how many were made */
export async function seedRoles(
  db: Database,
  seeds: readonly ({ readonly name: string } & RolePending)[],
): Promise<number> {
  return db.write(async (tx) => {
    await lockDirectory(tx);
    if (await tx.one("SELECT 1 AS one FROM setting WHERE kind = 'role' LIMIT 1")) return 0;
    for (const { name, members, departments } of seeds) {
      await saveSetting(tx, 'role', name, { people: [], departments: [], pending: { members, departments } });
    }
    await raiseRevision(tx);
    return seeds.length;
  });
}

/** Makes the role or replaces its members. @throws Refused `unknown_person`, or `not_found` for a department */
export async function setRole(
  db: Database,
  {
    name,
    members,
    directory,
    announcer,
  }: { name: string; members: RoleMembers; directory: Directory; announcer: Announcer },
): Promise<void> {
  const stranger = members.people.find((id) => !directory.people.get(id)?.active);
  if (stranger !== undefined) throw new Refused(refuse('unknown_person', { person: stranger }));
  const nowhere = members.departments.find((key) => !directory.departments.has(key));
  if (nowhere !== undefined) throw new Refused(refuse('not_found', { what: nowhere }));
  await db.write(async (tx) => {
    await lockDirectory(tx);
    await saveSetting(tx, 'role', name, { ...members, pending: NOTHING });
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, name));
  });
}

type Known = Pick<Directory, 'accounts' | 'departments'>;

/** The role with the pending names that the directory knows by now turned into ids. */
export function settled(role: Role, known: Known): Role {
  const people = [...role.people];
  const departments = [...role.departments];
  const pending = {
    members: role.pending.members.filter((name) => !addAll(people, accountsNamed(name, known))),
    departments: role.pending.departments.filter((name) => !addAll(departments, departmentsNamed(name, known))),
  };
  return { name: role.name, people, departments, pending };
}

/** Writes down what `settled` finds. Changes nobody's membership, so the revision stays. @returns how many roles changed */
export async function settleRoles(db: Database, known: Known): Promise<number> {
  const waiting = (roles: readonly Role[]) =>
    roles.filter((role) => pendingCount(settled(role, known)) < pendingCount(role));
  if (waiting(await db.read(rolesIn)).length === 0) return 0;
  return db.write(async (tx) => {
    await lockDirectory(tx);
    const roles = waiting(await rolesIn(tx));
    for (const role of roles) {
      const { name, ...body } = settled(role, known);
      await saveSetting(tx, 'role', name, body);
    }
    return roles.length;
  });
}

const pendingCount = ({ pending }: Role) => pending.members.length + pending.departments.length;

/** @returns whether there was anything to add */
function addAll<T>(to: T[], found: readonly T[]): boolean {
  to.push(...found.filter((one) => !to.includes(one)));
  return found.length > 0;
}

/** Whom an account means, `workspace/account` or in any workspace. */
export function accountsNamed(name: string, { accounts }: Pick<Known, 'accounts'>): PersonId[] {
  const account = name.toLowerCase();
  const exact = accounts.get(account);
  if (exact !== undefined) return [exact];
  if (account.includes('/')) return [];
  return [...accounts].filter(([key]) => key.slice(key.indexOf('/') + 1) === account).map(([, id]) => id);
}

function departmentsNamed(name: string, { departments }: Known): string[] {
  const isMeant = ([, one]: [string, { workspace: string; name: string; path: string }]) =>
    [one.name, one.path, `${one.workspace}/${one.name}`, `${one.workspace}/${one.path}`].includes(name);
  return [...departments].filter(isMeant).map(([key]) => key);
}
