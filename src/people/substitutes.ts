/**
 * Substitutes for a time (代理): who acts for whom, from when until when, for which templates. Made, listed and revoked
 * here; the engine reads them in the directory's snapshot (`flow/substitute.ts`), so each change raises its revision.
 * Nobody is deleted: what is over is put away (`over_at`) and stays as a record.
 */
import type { Directory, PersonId, Substitute } from '../flow/directory.ts';
import { refuse, Refused, throwIf } from '../lib/refusal.ts';
import type { Reader, Tx } from '../store/database.ts';
import type { SubstituteRow } from '../store/entity/people.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';
import { type Period, substituteRefusal } from './substituteRefusal.ts';

/** A substitute with whom they stand in for. */
export interface SubstituteOf extends Substitute {
  readonly personId: PersonId;
}
export interface StoredSubstitute extends SubstituteOf {
  readonly id: number;
  readonly madeBy: PersonId;
  readonly madeAt: number;
  /** Epoch ms; null: it was not. */
  readonly revokedAt: number | null;
}

const COLUMNS = 'id, person_id, substitute_id, from_at, until_at, templates, made_by, made_at, revoked_at';

const storedOf = (row: SubstituteRow): StoredSubstitute => ({
  id: row.id,
  personId: row.person_id,
  to: row.substitute_id,
  from: row.from_at,
  until: row.until_at,
  templates: row.templates === null ? null : (JSON.parse(row.templates) as string[]),
  madeBy: row.made_by,
  madeAt: row.made_at,
  revokedAt: row.revoked_at,
});

/** All that may still count: neither revoked nor put away. */
export async function substitutesInForce(reader: Reader): Promise<SubstituteOf[]> {
  const sql = `SELECT ${COLUMNS} FROM substitute WHERE over_at IS NULL AND revoked_at IS NULL ORDER BY id`;
  return (await reader.rows<SubstituteRow>(sql)).map((row) => {
    const { personId, to, from, until, templates } = storedOf(row);
    return { personId, to, from, until, templates };
  });
}

interface Asked {
  /** Theirs, and those that they are for others; null: everybody's. */
  readonly personId: PersonId | null;
  readonly limit: number;
  /** Only those that still count then or will, epoch ms. */
  readonly notOverAt?: number;
}

/** Newest first. */
export async function substitutesOf(
  reader: Reader,
  { personId, limit, notOverAt }: Asked,
): Promise<StoredSubstitute[]> {
  const conditions = [
    ...(personId === null ? [] : ['(person_id = ? OR substitute_id = ?)']),
    ...(notOverAt === undefined ? [] : ['over_at IS NULL AND revoked_at IS NULL AND until_at > ?']),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const params = [...(personId === null ? [] : [personId, personId]), ...(notOverAt === undefined ? [] : [notOverAt])];
  const sql = `SELECT ${COLUMNS} FROM substitute ${where} ORDER BY id DESC LIMIT ?`;
  return (await reader.rows<SubstituteRow>(sql, [...params, limit])).map(storedOf);
}

interface Making extends Period {
  readonly by: PersonId;
  readonly now: number;
  readonly directory: Directory;
  readonly announcer: Pick<Announcer, 'publish'>;
}

/**
 * @throws Refused `unknown_person`; `bad_input` where nobody can stand in for themselves, it ends before it begins or
 * is over already, another one counts at the same time, or it would make a chain
 */
export async function addSubstitute(tx: Tx, making: Making): Promise<StoredSubstitute> {
  const { personId, to, from, until, templates, by, now, directory, announcer } = making;
  const stranger = [personId, to].find((id) => !directory.people.get(id)?.active);
  if (stranger !== undefined)
    throw new Refused(refuse('unknown_person', { person: directory.people.get(stranger)?.name ?? stranger }));
  await lockDirectory(tx);
  const others = (await substitutesInForce(tx)).filter((one) => one.until > now);
  const name = (id: PersonId) => directory.people.get(id)?.name ?? `#${id}`;
  throwIf(substituteRefusal(making, { others, now, name }));
  const row = {
    ...{ person_id: personId, substitute_id: to, from_at: from, until_at: until },
    templates: templates === null ? null : JSON.stringify(templates),
    ...{ made_by: by, made_at: now, revoked_at: null, began_told_at: null, over_at: null },
  };
  const id = await tx.insertId('substitute', row);
  await changed(tx, announcer);
  return { id, personId, to, from, until, templates, madeBy: by, madeAt: now, revokedAt: null };
}

/** @returns null where there is none */
export async function substituteById(reader: Reader, id: number): Promise<StoredSubstitute | null> {
  const row = await reader.one<SubstituteRow>(`SELECT ${COLUMNS} FROM substitute WHERE id = ?`, [id]);
  return row && storedOf(row);
}

/** From now on it does not count. One that is revoked or over already stays as it is. */
export async function revokeSubstitute(
  tx: Tx,
  { id, now, announcer }: { id: number; now: number; announcer: Pick<Announcer, 'publish'> },
): Promise<void> {
  await lockDirectory(tx);
  const sql = 'UPDATE substitute SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL AND until_at > ?';
  if ((await tx.run(sql, [now, id, now])) > 0) await changed(tx, announcer);
}

async function changed(tx: Tx, announcer: Pick<Announcer, 'publish'>): Promise<void> {
  await raiseRevision(tx);
  tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, 'substitute'));
}

/** What two people must be told. */
export interface SubstituteNews {
  readonly what: 'began' | 'over';
  readonly substitute: StoredSubstitute;
}

/**
 * What began and what is over since it was last asked, each told of once and for ever: whoever takes it must send it in
 * the same transaction. What came and went unseen, or was revoked before it began, is put away in silence.
 */
export async function takeSubstituteNews(tx: Tx, now: number): Promise<SubstituteNews[]> {
  const due = await tx.rows<SubstituteRow>(
    `SELECT ${COLUMNS}, began_told_at FROM substitute
     WHERE over_at IS NULL AND (from_at <= ? OR revoked_at IS NOT NULL) ORDER BY id`,
    [now],
  );
  const news: SubstituteNews[] = [];
  for (const row of due) {
    const isOver = row.revoked_at !== null || row.until_at <= now;
    if (!isOver && row.began_told_at !== null) continue;
    const column = isOver ? 'over_at' : 'began_told_at';
    const mine = await tx.run(`UPDATE substitute SET ${column} = ? WHERE id = ? AND ${column} IS NULL`, [now, row.id]);
    if (mine === 0 || (isOver && row.began_told_at === null)) continue;
    news.push({ what: isOver ? 'over' : 'began', substitute: storedOf(row) });
  }
  return news;
}
