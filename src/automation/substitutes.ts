/** Tells both when somebody begins to act for somebody else, and when it is over: each once, in the transaction that notes it. */
import type { Directory } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { takeSubstituteNews } from '../people/substitutes.ts';
import type { Database } from '../store/database.ts';
import { awayRow, outboxPart } from '../ticket/outboxRow.ts';

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly directory: () => Directory;
  /** Something is to be sent. */
  readonly wake: () => void;
}

/** @returns a job's `run`; gives how many people it tells */
export function makeSubstituteNews({ db, clock, directory, wake }: Parts) {
  return (): Promise<number> =>
    db.write(async (tx) => {
      const now = clock();
      const { people } = directory();
      const rows = (await takeSubstituteNews(tx, now)).flatMap(({ what, substitute }) => {
        const { personId, to, until, templates } = substitute;
        const away = { what, ownerId: personId, substituteId: to, until, partly: templates !== null };
        // Whoever has left is not told.
        return [personId, to].filter((id) => people.get(id)?.active).map((id) => awayRow(id, away, now));
      });
      if (rows.length === 0) return 0;
      await tx.insertAll([outboxPart(rows)]);
      tx.afterCommit(wake);
      return rows.length;
    });
}
