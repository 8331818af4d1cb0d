/** Where a person is written to. */
import type { Directory, PersonId, AccountAt } from '../flow/directory.ts';

/** Every place, best first; none for somebody unknown, or who left every workspace. */
export function reach(directory: Directory, personId: PersonId): readonly AccountAt[] {
  const person = directory.people.get(personId);
  return person?.active ? person.places : [];
}
