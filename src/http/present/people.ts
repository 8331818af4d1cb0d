/** People and departments as the API shows them. */
import type { Directory, DirectoryPerson, PersonId } from '../../flow/directory.ts';
import type { LinkedPerson } from '../contract/other.ts';
import type { Department, Person } from '../contract/value.ts';

export function presentPerson(directory: Directory, id: PersonId): Person {
  const person = directory.people.get(id);
  return {
    id,
    name: person?.name ?? '',
    department: person ? departmentOf(directory, person) : '',
    active: person?.active ?? false,
  };
}

function departmentOf(directory: Directory, { workspace, departments: [main] }: DirectoryPerson): string {
  return main === undefined ? '' : (directory.departments.get(`${workspace}/${main}`)?.path ?? '');
}

/** With the accounts under which they are reached, the home one first. */
export const presentLinked = (directory: Directory, id: PersonId): LinkedPerson => ({
  ...presentPerson(directory, id),
  accounts: (directory.people.get(id)?.places ?? []).map(({ workspace, account }) => `${workspace}/${account}`),
});

/**
 * Active people whose name, account or department contains the text: those whose name or account begins with it first,
 * then colleagues of the one who asks.
 * @param asking null: nobody in particular
 * @param among  who comes into question at all
 */
export function findPeople(
  directory: Directory,
  text: string,
  limit: number,
  asking: PersonId | null,
  among: (id: PersonId) => boolean = () => true,
): PersonId[] {
  const said = text.trim().toLowerCase();
  const mine = asking === null ? undefined : directory.people.get(asking);
  const found: { person: DirectoryPerson; rank: number }[] = [];
  for (const person of directory.people.values()) {
    if (!person.active) continue;
    const rank = rankOf(directory, person, said);
    if (rank === null || !among(person.id)) continue;
    const near =
      mine?.workspace === person.workspace && person.departments.some((key) => mine.departments.includes(key));
    found.push({ person, rank: rank * 2 + (near ? 0 : 1) });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.person.id - b.person.id)
    .slice(0, limit)
    .map(({ person }) => person.id);
}

/** Lower is better; null: no match. */
function rankOf(directory: Directory, person: DirectoryPerson, said: string): number | null {
  const name = person.name.toLowerCase();
  if (said === '' || name === said || person.account === said) return 0;
  if (name.startsWith(said) || person.account.startsWith(said)) return 1;
  if (name.includes(said) || person.account.includes(said)) return 2;
  return departmentOf(directory, person).toLowerCase().includes(said) ? 3 : null;
}

export function findDepartments(directory: Directory, workspace: string, text: string, limit: number): Department[] {
  const said = text.trim().toLowerCase();
  return [...directory.departments.values()]
    .filter((one) => one.workspace === workspace && one.path.toLowerCase().includes(said))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .slice(0, limit)
    .map(({ key, name, path }) => ({ key, name, path }));
}
