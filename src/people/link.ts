/** One person, several workspaces: an account turns out to belong to somebody whom we know from elsewhere. */
import type { PersonId } from '../flow/directory.ts';
import { refuse, Refused } from '../lib/refusal.ts';
import type { Database } from '../store/database.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';

/**
 * Everything under `from` is from now on `into`'s: the accounts of both reach one person. What `from` did before stays
 * under their name. Only an admin decides this: a platform's mail or name is no proof of who somebody is.
 * @throws Refused `unknown_person`; `not_now` while `from` has open tasks
 */
export async function mergePeople(
  db: Database,
  { from, into, announcer }: { from: PersonId; into: PersonId; announcer: Announcer },
): Promise<void> {
  await db.write(async (tx) => {
    await lockDirectory(tx);
    const both = await tx.rows('SELECT id FROM person WHERE id IN (?, ?) AND merged_into IS NULL', [from, into]);
    if (both.length !== 2) throw new Refused(refuse('unknown_person'));
    const open = await tx.one('SELECT 1 AS one FROM task_person WHERE person_id = ? AND open = 1 LIMIT 1', [from]);
    if (open) throw new Refused(refuse('not_now', { why: 'open_tasks' }));
    await tx.run('UPDATE identity SET person_id = ? WHERE person_id = ?', [into, from]);
    await tx.run("UPDATE person SET merged_into = ?, state = 'merged' WHERE id = ?", [into, from]);
    await tx.run(
      "UPDATE person SET state = 'active' WHERE id = ? AND EXISTS (SELECT 1 FROM identity WHERE person_id = ? AND left_at IS NULL)",
      [into, into],
    );
    await tx.run('UPDATE session SET revoked_at = made_at WHERE person_id = ? AND revoked_at IS NULL', [from]);
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, `person ${from}`));
  });
}
