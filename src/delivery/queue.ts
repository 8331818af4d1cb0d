/**
 * The outbox as a queue: claimed with a lease and a fence, settled only by who holds the fence. A lane (a ticket and a
 * receiver) goes out in order: only its head is ever claimed, and rows behind a head that must wait, wait with it.
 */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { claimDue } from '../store/claim.ts';
import type { Database, Param, Part, Tx } from '../store/database.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';
import { retryAt } from './retry.ts';

export const LEASE_MS = 30_000;

export type Claimed = OutboxRow;

export type End = 'sent' | 'merged' | 'dropped';

/** One call to a platform, for the ledger. */
export interface Try {
  readonly at: number;
  readonly ms: number;
  readonly call: string;
  readonly code: string;
  readonly result: string;
  readonly platformId: string | null;
}

export interface Queue {
  /**
   * Heads of lanes that are due, oldest first, at most `limit`; each is ours for `LEASE_MS`.
   * @param without  lanes that begin with one of these and a slash are left out
   */
  claim(limit: number, without?: readonly string[]): Promise<Claimed[]>;
  /** Rows of the same card that stand in the lane now: whatever is rendered after this settles them, too. */
  sameCard(row: Claimed): Promise<number[]>;
  /**
   * An attempt begins that must not be made twice without knowing: if its end is never written, the next one to claim the
   * row finds it `sending`. @returns false when the lease was lost meanwhile
   */
  begin(row: Claimed): Promise<boolean>;
  /**
   * @param more  what follows from it, in the same transaction
   * @returns     false when the lease was lost meanwhile: somebody else settles it
   */
  settle(
    row: Claimed,
    end: End,
    tries: readonly Try[],
    merged?: readonly number[],
    more?: readonly Part[],
  ): Promise<boolean>;
  /**
   * Puts it off by the schedule, or after `waitMs`. @returns false when it is out of tries: it is a dead letter then
   * @param state  `sending`: it may have arrived. Absent: as it was
   */
  later(
    row: Claimed,
    because: string,
    tries: readonly Try[],
    waitMs?: number,
    state?: 'waiting' | 'sending',
  ): Promise<boolean>;
  /** Nothing was tried: its turn comes after `waitMs`, and none of its tries is used up. */
  postpone(row: Claimed, waitMs: number): Promise<void>;
  bury(row: Claimed, because: string, tries: readonly Try[]): Promise<void>;
  /**
   * Writes down what came of it before that is passed on: whoever claims the row after us finds it `answered`, with
   * `payload`, and makes no second call. @returns false when the lease was lost meanwhile
   */
  note(row: Claimed, payload: string, tries: readonly Try[]): Promise<boolean>;
  /** Still at it: the lease begins anew. */
  keep(row: Claimed): Promise<void>;
}

/** In this order; what waited so long (ms) goes before all. */
const CLAIMS = {
  messages: [
    // A notice may stand before a card in its lane: as long as there are cards for others, both would wait.
    { cls: 'soon', agedMs: 2_000 },
    { cls: 'now', agedMs: 0 },
    { cls: 'soon', agedMs: 0 },
    { cls: 'bulk', agedMs: 0 },
  ],
  /** Other people's systems may be slow for hours: they share nothing with the messages. */
  calls: [{ cls: 'call', agedMs: 0 }],
} as const;

/** Exactly the rows that have a `due_at`. By these the index finds them: a lane keeps all that was ever sent in it. */
const OPEN_STATES = ['waiting', 'sending', 'answered'];
const IS_OPEN = `state IN (${OPEN_STATES.map((state) => `'${state}'`).join(',')})`;

/** Nothing that is not settled stands before it in its lane. One question for each state: with a list MySQL reads the whole lane. */
const IS_HEAD = OPEN_STATES.map(
  (state) =>
    `NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = outbox.lane AND p.state = '${state}' AND p.id < outbox.id)`,
).join(' AND ');

export interface QueueParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Which of the two it serves; messages unless said. */
  readonly of?: keyof typeof CLAIMS;
}

export function makeQueue({ db, clock, random, log, of = 'messages' }: QueueParts): Queue {
  const buried = (because: string): Columns => ({ state: 'dead', due_at: null, dead_at: clock(), error: because });
  const tellDead = ({ id, kind, ticket_id, workspace_id }: Claimed, error: string) =>
    log.warn('not delivered: a dead letter, see GET /api/v1/dead-letters', {
      ...{ outbox: id, kind, ticket: ticket_id, workspace: workspace_id, error },
    });
  const bury: Queue['bury'] = async (row, because, tries) => {
    if (await db.write((tx) => end(tx, row, buried(because), tries))) tellDead(row, because);
  };
  return {
    claim: (limit, without = []) => db.write((tx) => claimHeads(tx, CLAIMS[of], { limit, without, now: clock() })),
    async sameCard({ lane, kind, payload }) {
      const sql = `SELECT id FROM outbox WHERE lane = ? AND ${IS_OPEN} AND kind = ? AND payload = ?`;
      const rows = await db.read((reader) => reader.rows<{ id: number }>(sql, [lane, kind, payload]));
      return rows.map(({ id }) => id);
    },
    keep: (row) =>
      db.write(async (tx) => {
        const sql = 'UPDATE outbox SET due_at = ? WHERE id = ? AND fence = ? AND due_at IS NOT NULL';
        await tx.run(sql, [clock() + LEASE_MS, row.id, row.fence]);
      }),
    begin: (row) => db.write((tx) => end(tx, row, { state: 'sending' }, [])),
    settle: (row, state, tries, merged = [], more = []) =>
      db.write(async (tx) => {
        const mine = await end(tx, row, { state, due_at: null, attempts: row.attempts + 1, error: null }, tries);
        if (mine) await merge(tx, merged.filter((id) => id !== row.id)); // prettier-ignore
        if (mine && more.length > 0) await tx.insertAll(more);
        return mine;
      }),
    async later(row, because, tries, waitMs, state) {
      const due = retryAt(row.attempts + 1, clock(), random(), waitMs);
      if (due === null) {
        await bury(row, `out of tries: ${because}`, tries);
        return false;
      }
      await db.write(async (tx) => {
        const mine = await end(
          tx,
          row,
          { ...(state && { state }), due_at: due, attempts: row.attempts + 1, error: because },
          tries,
        );
        if (mine) await holdLane(tx, row, due);
      });
      return true;
    },
    postpone: (row, waitMs) =>
      db.write(async (tx) => {
        const due = clock() + waitMs;
        if (await end(tx, row, { due_at: due }, [])) await holdLane(tx, row, due);
      }),
    bury,
    note: (row, payload, tries) => db.write((tx) => end(tx, row, { state: 'answered', payload }, tries)),
  };
}

type Columns = Readonly<Record<string, Param>>;

interface Asked {
  readonly limit: number;
  readonly without: readonly string[];
  readonly now: number;
}

async function claimHeads(
  tx: Tx,
  claims: (typeof CLAIMS)[keyof typeof CLAIMS],
  { limit, without, now }: Asked,
): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  // A range and not LIKE: a host may hold what LIKE takes for a wildcard. "0" comes right after "/".
  const others = without.map(() => ' AND NOT (lane >= ? AND lane < ?)').join('');
  const lanes = without.flatMap((prefix) => [`${prefix}/`, `${prefix}0`]);
  for (const { cls, agedMs } of claims) {
    if (claimed.length === limit) break;
    const where = {
      sql: `class = ? AND due_at <= ?${others} AND ${IS_HEAD}`,
      params: [cls, now - agedMs, ...lanes],
    };
    // A look that locks nothing first: where there is little, the engine may walk, and hold, the rows of other classes.
    if (cls === 'call' && !(await tx.one('SELECT id FROM outbox WHERE class = ? AND due_at <= ? LIMIT 1', [cls, now])))
      continue;
    const due = { table: 'outbox' as const, now, leaseMs: LEASE_MS, limit: limit - claimed.length, where };
    claimed.push(...(await claimDue<OutboxRow>(tx, due)));
  }
  return claimed;
}

/** Changes the row by id and fence, and writes the ledger. @returns false when the lease was lost */
async function end(tx: Tx, row: Claimed, columns: Columns, tries: readonly Try[]): Promise<boolean> {
  // With the rule that was applied to it, for whoever reads the ledger.
  const all: Columns = { ...columns, resend: row.resend };
  const names = Object.keys(all);
  const sql = `UPDATE outbox SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ? AND fence = ?`;
  const mine = await tx.run(sql, [...Object.values(all), row.id, row.fence]);
  await tx.insert('delivery_try', tries.map((one) => tryRow(row.id, one))); // prettier-ignore
  return mine === 1;
}

/** What stands behind a row that waits, waits with it. */
async function holdLane(tx: Tx, row: Claimed, due: number): Promise<void> {
  const rest = `UPDATE outbox SET due_at = ? WHERE lane = ? AND ${IS_OPEN} AND id > ? AND due_at < ?`;
  await tx.run(rest, [due, row.lane, row.id, due]);
}

async function merge(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const places = ids.map(() => '?').join(',');
  await tx.run(`UPDATE outbox SET state = 'merged', due_at = NULL WHERE id IN (${places}) AND due_at IS NOT NULL`, ids);
}

const tryRow = (outboxId: number, t: Try) => ({
  outbox_id: outboxId,
  at: t.at,
  ms: t.ms,
  api_call: t.call,
  platform_code: t.code,
  result: t.result,
  platform_id: t.platformId,
});
