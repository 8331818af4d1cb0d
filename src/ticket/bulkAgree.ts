/**
 * Agreeing to many at once. Each is a command of its own, in a transaction of its own with its own part of the key: one that
 * is refused holds up no other, and all of it can be sent again.
 */
import { type Refusal, Refused, refuse } from '../lib/refusal.ts';
import type { Origin } from './once.ts';
import type { Receipt, Tickets } from './tickets.ts';

export const MOST_AT_ONCE = 50;

export interface BulkItem {
  readonly ticketId: number;
  /** The task's number. */
  readonly task: number;
  /** The task's version as it was shown. */
  readonly version: number;
}
export type BulkResult = Pick<BulkItem, 'ticketId' | 'task'> &
  ({ readonly done: Receipt } | { readonly refused: Refusal });

/** @returns one result for each, in their order @throws Refused `bad_input` when there are none or too many; Errors */
export async function bulkAgree(
  tickets: Pick<Tickets, 'act'>,
  origin: Origin | null,
  by: number,
  items: readonly BulkItem[],
): Promise<BulkResult[]> {
  if (items.length === 0 || items.length > MOST_AT_ONCE) throw wrongNumber();
  const results: BulkResult[] = [];
  for (const { ticketId, task, version } of items) {
    const own = origin && { ...origin, part: `${origin.part ?? ''} ${ticketId}.${task}` };
    const command = {
      type: 'agree',
      by,
      task,
      taskVersion: version,
      inBulk: true,
      values: {},
      comment: '',
    } as const;
    try {
      results.push({ ticketId, task, done: await tickets.act(own, ticketId, command) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      results.push({ ticketId, task, refused: error.refusal });
    }
  }
  return results;
}

function wrongNumber(): Refused {
  const zh = `一次请选择 1 到 ${MOST_AT_ONCE} 条待办`;
  const en = `Choose 1 to ${MOST_AT_ONCE} tasks at a time`;
  return new Refused(refuse('bad_input', {}, [{ field: 'items', label: '待办', zh, en }]));
}
