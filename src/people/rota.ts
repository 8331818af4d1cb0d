/**
 * Rotas: who is on duty when. Kept as settings in versions, like roles; members that were seeded by name stay names until
 * the directory knows them, and are held by id from then on.
 */
import type { Directory, PersonId } from '../flow/directory.ts';
import { refuse, Refused } from '../lib/refusal.ts';
import type { Database, Reader } from '../store/database.ts';
import type { Rota } from '../worktime/rota.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';
import { accountsNamed } from './role.ts';
import { currentSettings, saveSetting } from './setting.ts';

/** A person, or the account of one who is not known yet: `workspace/account` or `account`. */
type RotaMember = PersonId | string;
export type StoredRota = Rota<RotaMember>;

/** Stands for somebody whom the directory does not know: their turn keeps its place, and nobody is on duty in it. */
const UNKNOWN: PersonId = 0;

export async function rotasIn(reader: Reader): Promise<StoredRota[]> {
  const settings = await currentSettings(reader, 'rota');
  return settings.map(({ name, body }) => ({ ...(body as Omit<StoredRota, 'name'>), name }));
}

/** Fills an empty database, and only that: a rota taken out by an admin must not come back. @returns how many were made */
export async function seedRotas(db: Database, seeds: readonly Rota<string>[]): Promise<number> {
  return db.write(async (tx) => {
    await lockDirectory(tx);
    if (await tx.one("SELECT 1 AS one FROM setting WHERE kind = 'rota' LIMIT 1")) return 0;
    for (const { name, ...body } of seeds) await saveSetting(tx, 'rota', name, body);
    await raiseRevision(tx);
    return seeds.length;
  });
}

/**
 * Makes or replaces those that a file names; others stay. All of them, or none.
 * @throws Refused `unknown_person` for a member who is not here; `bad_input` for a name that fits several people
 */
export async function importRotas(
  db: Database,
  {
    rotas,
    directory,
    announcer,
  }: { rotas: readonly Rota<string>[]; directory: Directory; announcer: Pick<Announcer, 'publish'> },
): Promise<void> {
  const settled = rotas.map((rota) => withMembers(rota, (account) => memberNamed(account, directory)));
  await db.write(async (tx) => {
    await lockDirectory(tx);
    for (const { name, ...body } of settled) await saveSetting(tx, 'rota', name, body);
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, 'rotas'));
  });
}

function memberNamed(account: string, directory: Directory): PersonId {
  const found = new Set(accountsNamed(account, directory));
  const [first] = found;
  if (first === undefined) throw new Refused(refuse('unknown_person', { person: account }));
  if (found.size === 1) return first;
  const zh = `「${account}」对应多个人，请写成 平台/账号`;
  const en = `“${account}” fits several people: write workspace/account`;
  throw new Refused(refuse('bad_input', {}, [{ field: 'members', label: '值班成员', zh, en }]));
}

/** Makes the rota or replaces it. @throws Refused `unknown_person` for a member who is not here */
export async function setRota(
  db: Database,
  { rota, directory, announcer }: { rota: Rota<PersonId>; directory: Directory; announcer: Pick<Announcer, 'publish'> },
): Promise<void> {
  const stranger = membersOf(rota).find((id) => !directory.people.get(id)?.active);
  if (stranger !== undefined)
    throw new Refused(refuse('unknown_person', { person: directory.people.get(stranger)?.name ?? stranger }));
  const { name, ...body } = rota;
  await db.write(async (tx) => {
    await lockDirectory(tx);
    await saveSetting(tx, 'rota', name, body);
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, name));
  });
}

/** Writes down whom the names mean by now. Changes nobody's duty, so the revision stays. @returns how many rotas changed */
export async function settleRotas(db: Database, known: Known): Promise<number> {
  const changed = (rotas: readonly StoredRota[]) => rotas.filter((rota) => membersOf(rota).some(isFound(known)));
  if (changed(await db.read(rotasIn)).length === 0) return 0;
  return db.write(async (tx) => {
    await lockDirectory(tx);
    const rotas = changed(await rotasIn(tx));
    for (const rota of rotas) {
      const { name, ...body } = withMembers(rota, (member) => personMeant(member, known) ?? member);
      await saveSetting(tx, 'rota', name, body);
    }
    return rotas.length;
  });
}

type Known = Pick<Directory, 'accounts' | 'departments'>;

/** As the engine reads it. @param now whom an id stands for today */
export const rotaOfPeople = (rota: StoredRota, known: Known, now: (id: PersonId) => PersonId): Rota<PersonId> =>
  withMembers(rota, (member) => now(personMeant(member, known) ?? UNKNOWN));

const isFound =
  (known: Known) =>
  (member: RotaMember): boolean =>
    typeof member === 'string' && personMeant(member, known) !== null;

/** A name that fits several people means none of them: the wrong one would be called at night. */
function personMeant(member: RotaMember, known: Known): PersonId | null {
  if (typeof member === 'number') return member;
  const [first, ...others] = new Set(accountsNamed(member, known));
  return first !== undefined && others.length === 0 ? first : null;
}

/** Everybody who is named in it, also as a stand-in. */
export function membersOf<Member>({ pattern, changes }: Rota<Member>): Member[] {
  const regular = pattern.kind === 'rotation' ? pattern.members : pattern.turns.flatMap(({ members }) => members);
  return [...new Set([...regular, ...changes.flatMap(({ members }) => members)])];
}

/** The rota with its members called otherwise. */
export function withMembers<A, B>({ name, pattern, changes }: Rota<A>, to: (member: A) => B): Rota<B> {
  return {
    name,
    pattern:
      pattern.kind === 'rotation'
        ? { ...pattern, members: pattern.members.map(to) }
        : { ...pattern, turns: pattern.turns.map((turn) => ({ ...turn, members: turn.members.map(to) })) },
    changes: changes.map(({ members, instead, ...days }) => ({
      ...days,
      members: members.map(to),
      ...(instead === undefined ? {} : { instead: to(instead) }),
    })),
  };
}
