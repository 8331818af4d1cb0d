/** Two people of ours become one: the statements. Who decides it: `link.ts` (an admin), `linkAcross.ts` (a sync). */
import type { PersonId } from '../flow/directory.ts';
import type { Reader, Tx } from '../store/database.ts';

/**
 * Whether something runs in this person's name: an open task, a ticket that is not over, a filing begun in a chat. It
 * would be nobody's once the person is another's: events and drafts hold the person, not the account.
 */
export async function hasOpenWork(reader: Reader, personId: PersonId): Promise<boolean> {
  const questions = [
    { sql: 'SELECT 1 AS one FROM task_person WHERE person_id = ? AND open = 1 LIMIT 1', params: [personId] },
    { sql: 'SELECT 1 AS one FROM ticket WHERE requester_id = ? AND closed_at IS NULL LIMIT 1', params: [personId] },
    // The key begins with whose it is; `;` comes after `:`.
    {
      sql: 'SELECT 1 AS one FROM draft WHERE open_key >= ? AND open_key < ? LIMIT 1',
      params: [`${personId}:`, `${personId};`],
    },
  ];
  for (const { sql, params } of questions) if (await reader.one(sql, params)) return true;
  return false;
}

/** All accounts of `from` are `into`'s from now on. The caller holds the directory's lock and raises its revision. */
export async function mergeInto(tx: Tx, { from, into }: { from: PersonId; into: PersonId }): Promise<void> {
  await tx.run('UPDATE identity SET person_id = ? WHERE person_id = ?', [into, from]);
  await tx.run("UPDATE person SET merged_into = ?, state = 'merged' WHERE id = ?", [into, from]);
  // Roles and admins hold person ids: whoever was merged before stands for the same one, too.
  await tx.run('UPDATE person SET merged_into = ? WHERE merged_into = ?', [into, from]);
  await tx.run(
    "UPDATE person SET state = 'active' WHERE id = ? AND EXISTS (SELECT 1 FROM identity WHERE person_id = ? AND left_at IS NULL)",
    [into, into],
  );
  await tx.run('UPDATE session SET revoked_at = made_at WHERE person_id = ? AND revoked_at IS NULL', [from]);
}
