/** What is open for people who have left is handed over: `approval-semantics.md`, 审批人离职. What can't be now comes up again. */
import type { Directory, PersonId } from '../flow/directory.ts';
import type { Log } from '../lib/log.ts';
import { Refused } from '../lib/refusal.ts';
import type { Database } from '../store/database.ts';
import type { Tickets } from '../ticket/tickets.ts';

interface Parts {
  readonly db: Database;
  readonly log: Log;
  readonly tickets: Pick<Tickets, 'act'>;
  readonly directory: () => Directory;
}

/** People per query: each is a look-up in the index of to-do lists. */
const PORTION = 500;

interface Left {
  readonly ticket_id: number;
  readonly person_id: PersonId;
}

/** @returns a job's `run`; gives how many parts in tickets were handed over */
export function makeLeavers({ db, log, tickets, directory }: Parts) {
  return async (): Promise<number> => {
    const gone = [...directory().people.values()].filter(({ active }) => !active).map(({ id }) => id);
    let handed = 0;
    for (let from = 0; from < gone.length; from += PORTION) {
      for (const { ticket_id: ticketId, person_id: personId } of await openFor(db, gone.slice(from, from + PORTION)))
        try {
          await tickets.act(null, ticketId, { type: 'hand_over', by: null, personId });
          handed += 1;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          // Done meanwhile; or nobody is there to take it, not even an admin.
          if (error.refusal.refused !== 'not_now')
            log.warn('nobody takes over from somebody who has left', { ticket: ticketId, person: personId });
        }
    }
    if (handed > 0) log.info('handed over from people who have left', { handed });
    return handed;
  };
}

const openFor = (db: Database, people: readonly PersonId[]): Promise<Left[]> =>
  db.read((reader) =>
    reader.rows<Left>(
      `SELECT DISTINCT person_id, ticket_id FROM task_person
       WHERE person_id IN (${people.map(() => '?').join(',')}) AND open = 1 ORDER BY ticket_id, person_id`,
      [...people],
    ),
  );
