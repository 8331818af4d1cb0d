/** The people of one workspace, brought in line with the platform's: who joined, changed, was renamed, left, came back. */
import type { Tx } from '../store/database.ts';
import type { SecretBox } from '../store/secretBox.ts';
import { chunksOf, places, readIn, updateEach } from './bulk.ts';
import { type Across, findAcross, type Link, mergeKnown, mobileDigest } from './linkAcross.ts';
import { type DumpPerson, type KnownIdentity, type Matching, matchPeople } from './matching.ts';

export interface SyncContext {
  readonly workspaceId: string;
  readonly now: number;
  readonly box: Pick<SecretBox, 'seal' | 'digest'>;
}

export interface PeopleChanges {
  readonly joined: number;
  readonly returned: number;
  readonly left: number;
  readonly renamed: number;
  /** Name, mail or mobile. */
  readonly changed: number;
  /** Became the account of somebody whom we know from another workspace. */
  readonly linked: number;
}

export async function syncPeople(
  tx: Tx,
  people: readonly DumpPerson[],
  context: SyncContext,
): Promise<{ changes: PeopleChanges; links: readonly Link[] }> {
  const identities = await tx.rows<KnownIdentity>(
    'SELECT id, account, account_verbatim, union_id, person_id, left_at FROM identity WHERE workspace_id = ?',
    [context.workspaceId],
  );
  const matching = matchPeople(people, identities);
  const moved = await moveAccounts(tx, matching, identities);
  const across = await findAcross(tx, matching, { identities, ...context });
  await addPeople(tx, matching.joined, { across, ...context });
  const changed = await updatePeople(tx, matching, identities, context);
  const left = matching.gone.filter((one) => one.left_at === null);
  const returned = identities.filter((one) => one.left_at !== null && matching.known.get(one.id)?.active);
  await updateEach(tx, 'identity', [
    ...left.map(({ id }) => ({ id, left_at: context.now })),
    ...returned.map(({ id }) => ({ id, left_at: null })),
  ]);
  await settleStates(
    tx,
    [...left, ...returned].map(({ person_id: person }) => person),
  );
  const links = [...across.joined.values(), ...(await mergeKnown(tx, across.known))];
  const joined = matching.joined.length;
  return {
    changes: { joined, returned: returned.length, left: left.length, renamed: moved, changed, linked: links.length },
    links,
  };
}

/** Accounts may be swapped or passed on, and are unique: all that change step aside first. `#` is in no platform's account. */
async function moveAccounts(
  tx: Tx,
  { known, vacating }: Matching,
  identities: readonly KnownIdentity[],
): Promise<number> {
  const now = identities.flatMap((one) => {
    const person = known.get(one.id);
    return person && isIdentityChanged(one, person) ? [{ one, person }] : [];
  });
  const renamed = now.filter(({ one, person }) => one.account !== person.account);
  const aside = [...vacating, ...renamed.map(({ one }) => one)];
  await updateEach(
    tx,
    'identity',
    aside.map(({ id, account }) => ({ id, account: `${account.slice(0, 170)}#${id}` })),
  );
  await updateEach(
    tx,
    'identity',
    now.map(({ one, person }) => ({
      id: one.id,
      account: person.account,
      account_verbatim: person.accountVerbatim,
      union_id: person.unionId ?? one.union_id,
    })),
  );
  return renamed.length;
}

const isIdentityChanged = (one: KnownIdentity, person: DumpPerson) =>
  one.account !== person.account ||
  one.account_verbatim !== person.accountVerbatim ||
  (person.unionId !== null && one.union_id !== person.unionId);

async function addPeople(
  tx: Tx,
  joined: readonly DumpPerson[],
  { across, ...context }: SyncContext & { readonly across: Across },
): Promise<void> {
  const strangers = joined.filter((person) => !across.joined.has(person));
  const added = await addStrangers(tx, strangers, context);
  const personOf = new Map(strangers.map((person, i) => [person, added[i]]));
  const identities = joined.map((person) => {
    const personId = across.joined.get(person)?.person ?? personOf.get(person);
    if (personId === undefined) throw new Error('Somebody who joined has no person');
    return {
      workspace_id: context.workspaceId,
      account: person.account,
      account_verbatim: person.accountVerbatim,
      union_id: person.unionId,
      person_id: personId,
      left_at: null,
    };
  });
  await tx.insert('identity', identities);
}

/** @returns their ids, in order */
async function addStrangers(tx: Tx, people: readonly DumpPerson[], context: SyncContext): Promise<number[]> {
  if (people.length === 0) return [];
  const last = await tx.one<{ id: number | null }>('SELECT MAX(id) AS id FROM person');
  const home = context.workspaceId;
  await tx.insert(
    'person',
    people.map(({ name, mail }) => ({ name, mail, home_workspace: home, state: 'active' })),
  );
  // Ours alone, and in this order: whoever adds people holds the directory's lock.
  const added = await tx.rows<{ id: number; name: string }>('SELECT id, name FROM person WHERE id > ? ORDER BY id', [
    last?.id ?? 0,
  ]);
  const ids = people.map(({ name }, i) => {
    const row = added[i];
    if (added.length !== people.length || row?.name !== name) throw new Error('People were added out of order');
    return row.id;
  });
  const mobiles = people.flatMap(({ mobile }, i) => {
    const id = ids[i];
    return mobile && id !== undefined ? [{ id, ...sealMobile(mobile, id, context) }] : [];
  });
  await updateEach(tx, 'person', mobiles);
  return ids;
}

const sealMobile = (mobile: string, id: number, { box }: SyncContext) => ({
  mobile: box.seal(mobile, `person:mobile:${id}`),
  mobile_digest: mobileDigest(mobile, box),
});

interface KnownPerson {
  readonly id: number;
  readonly name: string;
  readonly mail: string | null;
  readonly mobile: string | null;
  readonly mobile_digest: string | null;
  readonly home_workspace: string | null;
}

/** A mail or mobile that is not told does not erase one that is known: WeCom tells new apps neither. */
async function updatePeople(
  tx: Tx,
  { known }: Matching,
  identities: readonly KnownIdentity[],
  context: SyncContext,
): Promise<number> {
  const told = new Map<number, DumpPerson>();
  for (const { id, person_id: person } of identities) {
    const found = known.get(id);
    if (found?.active) told.set(person, found);
  }
  const sql = 'SELECT id, name, mail, mobile, mobile_digest, home_workspace FROM person WHERE id';
  const people = await readIn<KnownPerson>(tx, sql, [...told.keys()]);
  const changes = people.flatMap((person) => {
    const now = told.get(person.id);
    // The home workspace has the say.
    if (!now || person.home_workspace !== context.workspaceId) return [];
    const mail = now.mail ?? person.mail;
    const digest = now.mobile === null ? person.mobile_digest : mobileDigest(now.mobile, context.box);
    if (person.name === now.name && person.mail === mail && person.mobile_digest === digest) return [];
    const { mobile, mobile_digest } = person;
    const sealed = now.mobile !== null && digest !== mobile_digest ? sealMobile(now.mobile, person.id, context) : null;
    return [{ id: person.id, name: now.name, mail, ...(sealed ?? { mobile, mobile_digest }) }];
  });
  await updateEach(tx, 'person', changes);
  return changes.length;
}

/** Somebody has left once no workspace has them; home moves on to one that still does. */
async function settleStates(tx: Tx, personIds: readonly number[]): Promise<void> {
  const present = (where = '') =>
    `EXISTS (SELECT 1 FROM identity i WHERE i.person_id = person.id AND i.left_at IS NULL${where})`;
  for (const chunk of chunksOf([...new Set(personIds)])) {
    const of = `WHERE id IN (${places(chunk)}) AND merged_into IS NULL`;
    await tx.run(`UPDATE person SET state = CASE WHEN ${present()} THEN 'active' ELSE 'left' END ${of}`, chunk);
    const anyHome = '(SELECT MIN(i.workspace_id) FROM identity i WHERE i.person_id = person.id AND i.left_at IS NULL)';
    const homeless = `${present()} AND NOT ${present(' AND i.workspace_id = person.home_workspace')}`;
    await tx.run(`UPDATE person SET home_workspace = ${anyHome} ${of} AND ${homeless}`, chunk);
  }
}
