/** Who has left, and who takes over from them. */
import type { Directory, PersonId } from '../flow/directory.ts';
import { refuse, Refused } from '../lib/refusal.ts';
import type { Database, Reader } from '../store/database.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';

export interface Leaver {
  readonly personId: PersonId;
  /** Epoch ms: when the last of their accounts went. */
  readonly leftAt: number;
}

/** Everybody who left every workspace at that moment or later and is not back, longest ago first. */
export async function leftSince(reader: Reader, since: number): Promise<Leaver[]> {
  const rows = await reader.rows<{ person_id: number; left_at: number }>(
    `SELECT i.person_id, MAX(i.left_at) AS left_at FROM identity i JOIN person p ON p.id = i.person_id
     WHERE p.state = 'left' GROUP BY i.person_id HAVING MAX(i.left_at) >= ? ORDER BY left_at, i.person_id`,
    [since],
  );
  return rows.map(({ person_id: personId, left_at: leftAt }) => ({ personId, leftAt }));
}

/**
 * The person who has an account, or had it: whoever has left is handed over from, too.
 * @param account `workspace/account`, any case
 * @throws Refused `unknown_person`
 */
export async function personOfAccount(reader: Reader, account: string): Promise<PersonId> {
  const [workspace = '', name = ''] = account.toLowerCase().split('/');
  const sql = `SELECT person_id FROM identity WHERE workspace_id = ? AND account = ? ORDER BY left_at IS NOT NULL, id DESC`;
  const found = await reader.one<{ person_id: PersonId }>(`${sql} LIMIT 1`, [workspace, name]);
  if (!found) throw new Refused(refuse('unknown_person', { person: account }));
  return found.person_id;
}

/** Stands in `made_by` for no person. */
const COMMAND_LINE = 0;

interface Naming {
  readonly personId: PersonId;
  /** null: nobody any more. */
  readonly successor: PersonId | null;
  /** null: on the command line. */
  readonly by: PersonId | null;
  readonly now: number;
  readonly directory: Directory;
  readonly announcer: Pick<Announcer, 'publish'>;
}

/**
 * Who takes over what is open when this person leaves; also for one who has left.
 * @throws Refused `unknown_person`: nobody is that person, or the successor has left; `bad_input`: it is the same person
 */
export async function nameSuccessor(db: Database, naming: Naming): Promise<void> {
  const { personId, successor, by, now, directory, announcer } = naming;
  if (!directory.people.has(personId)) throw new Refused(refuse('unknown_person', { person: personId }));
  const next = successor === null ? undefined : directory.people.get(successor);
  if (successor !== null && !next?.active)
    throw new Refused(refuse('unknown_person', { person: next?.name ?? successor }));
  if (successor === personId) throw new Refused(refuse('bad_input', {}, [SELF]));
  await db.write(async (tx) => {
    await lockDirectory(tx);
    await tx.run('DELETE FROM successor WHERE person_id = ?', [personId]);
    if (successor !== null)
      await tx.insert('successor', [
        { person_id: personId, successor_id: successor, made_by: by ?? COMMAND_LINE, made_at: now },
      ]);
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, 'successor'));
  });
}

const SELF = {
  field: 'successor',
  label: '交接人',
  zh: '不能交接给本人，请选择另一位同事',
  en: 'Nobody takes over from themselves: choose a colleague',
};
