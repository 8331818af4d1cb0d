/**
 * One person, several workspaces, as an admin decides it: an account belongs to somebody whom we know from elsewhere, or
 * does not after all. What is certain enough to need no admin: `linkAcross.ts`.
 */
import type { PersonId } from '../flow/directory.ts';
import { refuse, Refused } from '../lib/refusal.ts';
import type { Database, Tx } from '../store/database.ts';
import { forgetApart, keepApart } from './apart.ts';
import { hasOpenWork, mergeInto } from './merge.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';

/** Two accounts, each `workspace/account`, any case. */
export interface TwoAccounts {
  readonly from: string;
  readonly into: string;
  readonly announcer: Announcer;
}

interface Account {
  readonly id: number;
  readonly person_id: PersonId;
  readonly workspace_id: string;
  readonly account_verbatim: string;
}

/**
 * The person with the account `from` is the one with the account `into`: all accounts of the first are the second's from
 * now on. What `from` did before stays under their name.
 * @returns that person; also when they were one already
 * @throws Refused `unknown_person`; `not_now` while `from` has open work, or where it would give somebody two accounts
 * of one workspace
 */
export async function linkAccounts(db: Database, { from, into, announcer }: TwoAccounts): Promise<PersonId> {
  return db.write(async (tx) => {
    await lockDirectory(tx);
    const [left, right] = [await accountIn(tx, from), await accountIn(tx, into)];
    if (left.person_id === right.person_id) return right.person_id;
    const [mine, theirs] = [await accountsOf(tx, left.person_id), await accountsOf(tx, right.person_id)];
    const clash = mine.find((one) => theirs.some((other) => other.workspace_id === one.workspace_id));
    if (clash) throw new Refused(refuse('not_now', { why: 'same_workspace', workspace: clash.workspace_id }));
    await mergeIdle(tx, { from: left.person_id, into: right.person_id });
    await forgetApart(tx, idsOf(mine), idsOf(theirs));
    await told(tx, announcer, from);
    return right.person_id;
  });
}

/**
 * The account `from` is not the same person's as `into` after all: it gets a person of its own, who is the one merged
 * before where that is clear, and no sync links the two again. What runs stays with the person who keeps `into`.
 * @returns the person who has `from` now
 * @throws Refused `unknown_person`; `not_now` where the two are not one person
 */
export async function unlinkAccounts(db: Database, { from, into, announcer }: TwoAccounts): Promise<PersonId> {
  return db.write(async (tx) => {
    await lockDirectory(tx);
    const [account, kept] = [await accountIn(tx, from), await accountIn(tx, into)];
    const before = account.person_id;
    if (before !== kept.person_id || account.id === kept.id)
      throw new Refused(refuse('not_now', { why: 'not_linked' }));
    const others = (await accountsOf(tx, before)).filter(({ id }) => id !== account.id);
    const personId = await ownPerson(tx, account);
    await tx.run('UPDATE identity SET person_id = ? WHERE id = ?', [personId, account.id]);
    await leaveHome(tx, before, { gone: account.workspace_id, next: kept.workspace_id });
    await keepApart(tx, account.id, idsOf(others));
    // A session says who, not by which account: nobody stays signed in as the other.
    await tx.run('UPDATE session SET revoked_at = made_at WHERE person_id = ? AND revoked_at IS NULL', [before]);
    await told(tx, announcer, from);
    return personId;
  });
}

async function mergeIdle(tx: Tx, { from, into }: { from: PersonId; into: PersonId }): Promise<void> {
  if (await hasOpenWork(tx, from)) throw new Refused(refuse('not_now', { why: 'open_work' }));
  await mergeInto(tx, { from, into });
}

async function told(tx: Tx, announcer: Announcer, what: string): Promise<void> {
  await raiseRevision(tx);
  tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, what));
}

const COLUMNS = 'id, person_id, workspace_id, account_verbatim';
const idsOf = (accounts: readonly Account[]) => accounts.map(({ id }) => id);

async function accountIn(tx: Tx, name: string): Promise<Account> {
  const [workspace = '', account = ''] = name.toLowerCase().split('/');
  const sql = `SELECT ${COLUMNS} FROM identity WHERE workspace_id = ? AND account = ? AND left_at IS NULL`;
  const found = await tx.one<Account>(sql, [workspace, account]);
  if (!found) throw new Refused(refuse('unknown_person', { person: name }));
  return found;
}

/** Also those that have left: they would come back as this person. */
const accountsOf = (tx: Tx, personId: PersonId): Promise<Account[]> =>
  tx.rows<Account>(`SELECT ${COLUMNS} FROM identity WHERE person_id = ? ORDER BY id`, [personId]);

async function ownPerson(tx: Tx, account: Account): Promise<PersonId> {
  const { person_id: before, workspace_id: workspace } = account;
  const merged = await tx.rows<{ id: PersonId }>('SELECT id FROM person WHERE merged_into = ? AND home_workspace = ?', [
    before,
    workspace,
  ]);
  const [again] = merged;
  if (again && merged.length === 1) {
    await tx.run("UPDATE person SET merged_into = NULL, state = 'active' WHERE id = ?", [again.id]);
    return again.id;
  }
  const person = await tx.one<{ name: string }>('SELECT name FROM person WHERE id = ?', [before]);
  // The next sync writes what the platform says of them.
  const row = { name: person?.name ?? account.account_verbatim, home_workspace: workspace, state: 'active' };
  return tx.insertId('person', row);
}

/** Mail and mobile came from the home that they no longer have: the next home tells its own. */
async function leaveHome(tx: Tx, personId: PersonId, { gone, next }: { gone: string; next: string }): Promise<void> {
  await tx.run(
    'UPDATE person SET home_workspace = ?, mail = NULL, mobile = NULL, mobile_digest = NULL WHERE id = ? AND home_workspace = ?',
    [next, personId, gone],
  );
}
