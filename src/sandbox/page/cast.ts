/** Whom a newcomer meets first: somebody who asks, somebody who repairs, somebody who approves. */
import type { Person } from '../client.ts';

export interface Cast {
  readonly requester: Person;
  readonly engineer: Person;
  readonly supervisor: Person;
}

const inIt = (person: Person): boolean => person.departments.some((name) => /^IT|信息/i.test(name));

/** By position and department, so that it also fits an organisation of one's own. Null when nobody is there. */
export function castOf(people: readonly Person[]): Cast | null {
  const [first] = people;
  if (!first) return null;
  const engineer = people.find((p) => /硬件/.test(p.position)) ?? people.find((p) => inIt(p) && !p.isHead) ?? first;
  const supervisor = people.find((p) => inIt(p) && p.isHead) ?? people.find((p) => p.isHead) ?? first;
  const requester = people.find((p) => !inIt(p) && !p.isHead && p.manager !== null) ?? first;
  return { requester, engineer, supervisor };
}
