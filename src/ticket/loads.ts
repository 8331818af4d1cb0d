/**
 * How many tasks each person has open, for `least-open`. Advisory: nobody locks a row for it. A count is good for a
 * second; what this process gives out meanwhile is added, so that a burst of filings is spread evenly, and asks the
 * database once and not for each.
 */
import type { Ticket } from '../flow/ticket.ts';
import type { Clock } from '../lib/clock.ts';
import type { Reader } from '../store/database.ts';
import { taskPersonRows } from './ticketCodec.ts';

const GOOD_MS = 1_000;
/** People kept in memory; beyond it everybody is counted anew. */
const MOST = 10_000;

export interface Loads {
  /** Names everybody who was asked for. */
  of(reader: Reader, people: readonly number[]): Promise<Map<number, number>>;
  /** A ticket is being filed; if nothing comes of it the count is too high for a moment. */
  filed(ticket: Ticket): void;
  /** An act is taking tasks off people, or giving them to others. */
  acted(before: Ticket, after: Ticket): void;
}

export function makeLoads(clock: Clock): Loads {
  const counts = new Map<number, { at: number; open: number }>();

  const isGood = (id: number, now: number): boolean => {
    const known = counts.get(id);
    return known !== undefined && now - known.at < GOOD_MS && known.at <= now;
  };

  const count = async (reader: Reader, people: readonly number[], at: number) => {
    const rows = await reader.rows<{ person_id: number; open_tasks: number }>(
      `SELECT person_id, COUNT(*) AS open_tasks FROM task_person
       WHERE open = 1 AND role <> 'substitute' AND person_id IN (${people.map(() => '?').join(',')}) GROUP BY person_id`,
      people,
    );
    if (counts.size > MOST) counts.clear();
    for (const id of people) counts.set(id, { at, open: 0 });
    for (const row of rows) counts.set(row.person_id, { at, open: row.open_tasks });
  };

  return {
    async of(reader, people) {
      const now = clock();
      const unknown = people.filter((id) => !isGood(id, now));
      if (unknown.length > 0) await count(reader, unknown, now);
      return new Map(people.map((id) => [id, counts.get(id)?.open ?? 0]));
    },
    filed(ticket) {
      for (const id of holders(ticket)) {
        const known = counts.get(id);
        if (known) known.open += 1;
      }
    },
    acted(before, after) {
      for (const id of [...holders(before), ...holders(after)]) counts.delete(id);
    },
  };
}

/** Who has something to do in this ticket; once for each task. */
const holders = (ticket: Ticket): number[] =>
  ticket.tasks
    .flatMap((task) => taskPersonRows(ticket.id, task))
    .filter(({ open, role }) => open === 1 && role !== 'substitute')
    .map((row) => row.person_id);
