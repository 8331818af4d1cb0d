/** Which person of a platform's directory is which identity of ours. Pure. */
import type { DirectoryDump } from '../workspace/port.ts';

export type DumpPerson = DirectoryDump['people'][number];

export interface KnownIdentity {
  readonly id: number;
  readonly account: string;
  readonly account_verbatim: string;
  readonly union_id: string | null;
  readonly person_id: number;
  readonly left_at: number | null;
}

export interface Matching {
  /** Identity id → the person in the dump that it is. */
  readonly known: ReadonlyMap<number, DumpPerson>;
  readonly joined: readonly DumpPerson[];
  /** Not in the dump, or no longer active there. */
  readonly gone: readonly KnownIdentity[];
  /** Gone ones whose account somebody else has now. */
  readonly vacating: readonly KnownIdentity[];
}

/**
 * The platform's union id decides where both sides have one, so a renamed account stays the same person, and an account
 * that was given to somebody else is a new person. Otherwise the account decides.
 */
export function matchPeople(people: readonly DumpPerson[], identities: readonly KnownIdentity[]): Matching {
  const byUnion = new Map(identities.flatMap((one) => (one.union_id === null ? [] : [[one.union_id, one] as const])));
  const byAccount = new Map(identities.map((one) => [one.account, one]));
  const known = new Map<number, DumpPerson>();
  const unmatched: DumpPerson[] = [];
  for (const person of people) {
    const same = person.unionId === null ? undefined : byUnion.get(person.unionId);
    if (same && !known.has(same.id)) known.set(same.id, person);
    else unmatched.push(person);
  }
  const joined: DumpPerson[] = [];
  for (const person of unmatched) {
    const same = byAccount.get(person.account);
    const another = same?.union_id != null && person.unionId !== null && same.union_id !== person.unionId;
    if (same && !another && !known.has(same.id)) known.set(same.id, person);
    else if (person.active) joined.push(person);
  }
  const taken = new Set([...known.values(), ...joined].map(({ account }) => account));
  const absent = identities.filter(({ id }) => !known.has(id));
  const inactive = identities.filter(({ id }) => known.get(id)?.active === false);
  return {
    known,
    joined,
    gone: [...absent, ...inactive],
    vacating: absent.filter(({ account }) => taken.has(account)),
  };
}
