/** Where a person is written to. */
import type { Directory, PersonId } from '../flow/directory.ts';

/** @returns null for somebody unknown, or who left every workspace */
export function reach(directory: Directory, personId: PersonId): { workspace: string; account: string } | null {
  const person = directory.people.get(personId);
  return person?.active && person.account ? { workspace: person.workspace, account: person.account } : null;
}
