/** Departments of one snapshot: found by name, walked up and down. A broken tree (a ring) ends the walk, no more. */
import type { Directory, DirectoryDepartment, PersonId } from './directory.ts';

/**
 * By path, by name, or by the end of a path. A name that fits several departments fits none:
 * asking the wrong people is worse than the alarm that follows from asking nobody.
 */
export function departmentNamed(directory: Directory, workspace: string, name: string): DirectoryDepartment | null {
  const fitting: DirectoryDepartment[] = [];
  for (const department of directory.departments.values()) {
    if (department.workspace !== workspace) continue;
    if (department.path === name) return department;
    if (department.name === name || department.path.endsWith(`/${name}`)) fitting.push(department);
  }
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

export function mainDepartment(directory: Directory, personId: PersonId | null): DirectoryDepartment | null {
  const person = personId === null ? undefined : directory.people.get(personId);
  return departmentOf(directory, person?.workspace ?? '', person?.departments[0] ?? null);
}

/**
 * Heads `level` up (1: of the department itself); where a department has nobody, of the next one up.
 * @returns active people
 */
export function departmentHeads(directory: Directory, from: DirectoryDepartment, level: number): readonly PersonId[] {
  for (const [height, department] of ancestry(directory, from).entries()) {
    if (height + 1 < level) continue;
    const heads = department.heads.filter((id) => directory.people.get(id)?.active);
    if (heads.length > 0) return heads;
  }
  return [];
}

/** Members of a department and of all below it. */
export function peopleBelow(directory: Directory, top: DirectoryDepartment): readonly PersonId[] {
  const people = [...top.members];
  for (const department of directory.departments.values()) {
    const isBelow = department !== top && ancestry(directory, department).includes(top);
    if (isBelow) people.push(...department.members);
  }
  return people;
}

/**
 * Those of `members` who are responsible for a department: who belong to it or head it, else who do so nearest above it.
 * @param named  the department's key (the value of a department field), name or path
 */
export function responsibleFor(
  directory: Directory,
  workspace: string,
  named: string,
  members: readonly PersonId[],
): readonly PersonId[] {
  const from = departmentOf(directory, workspace, named) ?? departmentNamed(directory, workspace, named);
  for (const department of from ? ancestry(directory, from) : []) {
    const here = members.filter((id) => department.members.includes(id) || department.heads.includes(id));
    if (here.some((id) => directory.people.get(id)?.active)) return here;
  }
  return [];
}

export function shareDepartment(directory: Directory, a: PersonId, b: PersonId): boolean {
  const one = directory.people.get(a);
  const other = directory.people.get(b);
  if (!one || !other || one.workspace !== other.workspace) return false;
  return one.departments.some((key) => other.departments.includes(key));
}

/** The same direct manager: a team, whatever the departments are called. */
export function shareManager(directory: Directory, a: PersonId, b: PersonId): boolean {
  const of = (id: PersonId) => directory.people.get(id)?.managers[0];
  return of(a) !== undefined && of(a) === of(b);
}

/** The department and those above it, nearest first. */
function ancestry(directory: Directory, from: DirectoryDepartment): DirectoryDepartment[] {
  const line: DirectoryDepartment[] = [];
  let at: DirectoryDepartment | null = from;
  while (at && !line.includes(at)) {
    line.push(at);
    at = departmentOf(directory, at.workspace, at.parent);
  }
  return line;
}

const departmentOf = (directory: Directory, workspace: string, key: string | null): DirectoryDepartment | null =>
  key === null ? null : (directory.departments.get(`${workspace}/${key}`) ?? null);
