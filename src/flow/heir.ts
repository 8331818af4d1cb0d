/** Who takes over from somebody who has left. */
import type { Directory, PersonId } from './directory.ts';
import { managerAbove } from './resolve.ts';

/**
 * The successor that an admin named, else the first manager above who is still here. Whoever has left as well is not
 * followed: their open work goes its own way.
 * @returns an active person; null: the node's rule for nobody decides
 */
export function heirOf(directory: Directory, personId: PersonId): PersonId | null {
  const successor = directory.people.get(personId)?.successor;
  const isHere = successor !== undefined && successor !== personId && directory.people.get(successor)?.active === true;
  if (isHere) return successor;
  const above = managerAbove(directory, personId, 1).find((id) => id !== personId);
  return above ?? null;
}
