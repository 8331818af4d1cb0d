/** Who acts for somebody who is away. */
import type { Directory, PersonId } from './directory.ts';

/**
 * The substitute of a person for tickets of a template, at a moment. One hop and no more: a substitute who is away
 * as well is not followed further, and one who has left does not count.
 * @param at epoch ms
 */
export function substituteOf(
  directory: Directory,
  personId: PersonId,
  templateKey: string,
  at: number,
): PersonId | null {
  const found = directory.substitutes
    .get(personId)
    ?.find(
      ({ to, from, until, templates }) =>
        from <= at &&
        at < until &&
        (templates === null || templates.includes(templateKey)) &&
        to !== personId &&
        directory.people.get(to)?.active === true,
    );
  return found?.to ?? null;
}
