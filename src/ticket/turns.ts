/**
 * Whose turn it is at a `round-robin` step. Advisory: each process turns a pointer of its own, in memory, so nobody waits for
 * a row that all share. A turn is spent when it is asked for; an act that comes to nothing skips one person.
 */
import type { NodeId, Template } from '../flow/template.ts';
import { STATUSES } from '../flow/ticket.ts';
import type { Reader } from '../store/database.ts';

/** Of each status, the newest tickets of the template among which the last turn is looked for. */
const LOOKED_AT = 20;

export interface Turns {
  /** @param people not empty, by rising id */
  next(reader: Reader, template: Template, node: NodeId, people: readonly number[]): Promise<number>;
}

export function makeTurns(): Turns {
  const last = new Map<string, number>();
  return {
    async next(reader, { key }, node, people) {
      const place = `${key}/${node}`;
      if (!last.has(place)) {
        const found = await lastGiven(reader, key, node);
        // Somebody else may have asked meanwhile, and been given a turn.
        if (!last.has(place)) last.set(place, found);
      }
      const before = last.get(place) ?? 0;
      const next = people.find((id) => id > before) ?? people[0] ?? 0;
      last.set(place, next);
      return next;
    },
  };
}

/** Who was given work there last; 0: nobody, as far as one looks. Once for each process and place. */
async function lastGiven(reader: Reader, key: string, node: NodeId): Promise<number> {
  // The newest of a template can't be read off one index, those of each status can.
  const newest = STATUSES.map(
    () =>
      `SELECT * FROM (SELECT id FROM ticket WHERE template_key = ? AND status = ? ORDER BY id DESC LIMIT ${LOOKED_AT}) s`,
  ).join(' UNION ALL ');
  const row = await reader.one<{ assignee_id: number }>(
    `SELECT k.assignee_id FROM (${newest}) t JOIN task k ON k.ticket_id = t.id
     WHERE k.node = ? AND k.kind = 'handle' AND k.assignee_id IS NOT NULL ORDER BY k.ticket_id DESC, k.n DESC LIMIT 1`,
    [...STATUSES.flatMap((status) => [key, status]), node],
  );
  return row?.assignee_id ?? 0;
}
