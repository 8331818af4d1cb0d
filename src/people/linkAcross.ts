/**
 * One person, several workspaces, as a sync finds it: the platform names a mobile number or a mail address that exactly one
 * person of another workspace has, too. Decision: docs/decisions/0015-linking-people.md.
 */
import type { PersonId } from '../flow/directory.ts';
import type { Tx } from '../store/database.ts';
import type { SecretBox } from '../store/secretBox.ts';
import { readApart } from './apart.ts';
import { readIn } from './bulk.ts';
import type { DumpPerson, KnownIdentity, Matching } from './matching.ts';
import { hasOpenWork, mergeInto } from './merge.ts';
import { type Contact, mailKey, mobileKey, samePeople } from './sameContact.ts';

export interface Link {
  /** As the workspace's directory writes it, lower-cased. */
  readonly account: string;
  /** Who has it from now on. */
  readonly person: PersonId;
  readonly by: 'mobile' | 'mail';
}
export interface Across {
  /** New here: whose account they become. */
  readonly joined: ReadonlyMap<DumpPerson, Link>;
  /** Two people that we know both. */
  readonly known: readonly (Link & { readonly from: PersonId; readonly into: PersonId })[];
}

interface Parts {
  readonly workspaceId: string;
  readonly box: Pick<SecretBox, 'digest'>;
}
interface Place {
  readonly id: number;
  readonly person_id: PersonId;
  readonly workspace_id: string;
}

const NOTHING: Across = { joined: new Map(), known: [] };

export const mobileDigest = (mobile: string | null, box: Parts['box']): string | null => {
  const key = mobileKey(mobile);
  return key === null ? null : box.digest(key, 'mobile');
};

/** Reads only. One query where there is no other workspace. */
export async function findAcross(
  tx: Tx,
  { known, joined }: Matching,
  { identities, workspaceId, box }: Parts & { readonly identities: readonly KnownIdentity[] },
): Promise<Across> {
  const elsewhere = await contactsElsewhere(tx, workspaceId);
  if (elsewhere.length === 0) return NOTHING;
  const told = new Map<number, DumpPerson>();
  for (const { id, person_id: person } of identities) {
    const now = known.get(id);
    if (now?.active) told.set(person, now);
  }
  // Who is new has no id yet.
  joined.forEach((person, i) => told.set(-1 - i, person));
  const here = [...told].map(([id, one]): Contact => ({
    id,
    mobile: mobileDigest(one.mobile, box),
    mail: mailKey(one.mail),
  }));
  const same = samePeople(here, elsewhere);
  const ids = same.flatMap((one) => [one.here, one.elsewhere]).filter((id) => id > 0);
  const places = await readIn<Place>(tx, 'SELECT id, person_id, workspace_id FROM identity WHERE person_id', ids);
  const placesOf = (id: number) => places.filter((one) => one.person_id === id);
  const isApart = await readApart(tx);
  const links = same.flatMap(({ here: id, elsewhere: other, by }) => {
    const account = told.get(id)?.account ?? '';
    const [mine, theirs] = [placesOf(id), placesOf(other)];
    const workspaces = new Set([workspaceId, ...mine.map((one) => one.workspace_id)]);
    // Nobody gets two accounts of one workspace, not even one that they left.
    if (theirs.some((one) => workspaces.has(one.workspace_id))) return [];
    const identityIds = (of: readonly Place[]) => of.map((one) => one.id);
    if (isApart(identityIds(mine), identityIds(theirs))) return [];
    // Of two, the one we have known longer stays.
    const [into, from] = id < 0 ? [other, id] : [Math.min(id, other), Math.max(id, other)];
    return [{ account, person: into, by, from, into }];
  });
  const fresh = links.filter(({ from }) => from < 0);
  return {
    joined: new Map(fresh.flatMap((one) => (told.get(one.from) ? [[told.get(one.from) as DumpPerson, one]] : []))),
    known: links.filter(({ from }) => from > 0),
  };
}

/** Whoever has open work waits until it is done. @returns those that were merged */
export async function mergeKnown(tx: Tx, known: Across['known']): Promise<Link[]> {
  const merged: Link[] = [];
  for (const { from, into, ...link } of known) {
    if (await hasOpenWork(tx, from)) continue;
    await mergeInto(tx, { from, into });
    merged.push(link);
  }
  return merged;
}

/** Those with an account in another workspace; also those who have one here beside it, so that what they share names nobody. */
async function contactsElsewhere(tx: Tx, workspaceId: string): Promise<Contact[]> {
  const rows = await tx.rows<{ id: number; mail: string | null; mobile_digest: string | null }>(
    "SELECT id, mail, mobile_digest FROM person WHERE state = 'active' AND (mail IS NOT NULL OR mobile_digest IS NOT NULL) " +
      'AND EXISTS (SELECT 1 FROM identity i WHERE i.person_id = person.id AND i.workspace_id <> ? AND i.left_at IS NULL)',
    [workspaceId],
  );
  return rows.map(({ id, mail, mobile_digest: mobile }) => ({ id, mobile, mail: mailKey(mail) }));
}
