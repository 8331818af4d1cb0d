/** Whom a newcomer meets first: somebody who asks, somebody who repairs, somebody who approves. */
import type { Person } from '../client.ts';

export interface Cast {
  readonly requester: Person;
  readonly engineer: Person;
  readonly supervisor: Person;
  /** Who repairs on the other platform; null where there is only one. */
  readonly across: Person | null;
}

const inIt = (person: Person): boolean => person.departments.some((name) => /^IT|信息/i.test(name));

/** By position and department, so that it also fits an organisation of one's own. Null when nobody is there. */
export function castOf(people: readonly Person[]): Cast | null {
  const [first] = people;
  if (!first) return null;
  const here = people.filter(({ platform }) => platform === first.platform);
  const there = people.filter(({ platform }) => platform !== first.platform);
  const engineer = here.find((p) => /硬件/.test(p.position)) ?? here.find((p) => inIt(p) && !p.isHead) ?? first;
  const supervisor = here.find((p) => inIt(p) && p.isHead) ?? here.find((p) => p.isHead) ?? first;
  const requester = here.find((p) => !inIt(p) && !p.isHead && p.manager !== null) ?? first;
  const across = there.find((p) => /网络/.test(p.position)) ?? there.find((p) => inIt(p) && !p.isHead) ?? null;
  return { requester, engineer, supervisor, across };
}
