/**
 * What each platform lets us call and tells us in a month, and how much of it is used: `reference/dingtalk.md`, 10.1.
 * Counted in memory and added to the table `budget` every few seconds, so that no call waits for it and many processes
 * add up to one number. What a killed process had counted in its last seconds is lost: a budget, not a bill.
 */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Database, Tx } from '../store/database.ts';
import type { Meter, Quota, Workspace } from '../workspace/port.ts';

export interface Budget {
  /** For the adapter; made before the workspace is. */
  meter(workspaceId: string): Meter;
  /** Is so much used that only what matters is sent? Told from memory, as of the last few seconds. */
  thrifty(workspace: Pick<Workspace, 'id' | 'capabilities'>): boolean;
  /** This month, by all processes. */
  used(workspaceId: string): Readonly<Quota>;
  /** Reads what is used, and writes every few seconds from now on. */
  start(): Promise<void>;
  /** Writes the rest. */
  stop(): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly flushMs?: number;
}

type Scope = keyof Quota;
/** By workspace and scope: `id calls`. */
type Counts = Map<string, number>;

const SCOPES: readonly Scope[] = ['calls', 'pushes'];
const FLUSH_MS = 5_000;
/** From here on we save. */
const THRIFT = 0.8;
/** Platforms count months by China's time. */
const OFFSET_MS = 8 * 3_600_000;

const monthOf = (now: number): string => new Date(now + OFFSET_MS).toISOString().slice(0, 7);
const keyOf = (workspaceId: string, scope: Scope): string => `${workspaceId} ${scope}`;

export function makeBudget({ db, clock, log, flushMs = FLUSH_MS }: Parts): Budget {
  /** Not written yet, by month: a call at the end of one is that one's. */
  const fresh = new Map<string, Counts>();
  let written: { month: string; counts: Counts } = { month: '', counts: new Map() };
  const quotas = new Map<string, Quota>();
  /** Steps that need not be looked up again. */
  const warned = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> | null = null;

  const usedOf = (workspaceId: string, scope: Scope): number => {
    const month = monthOf(clock());
    const key = keyOf(workspaceId, scope);
    const before = written.month === month ? (written.counts.get(key) ?? 0) : 0;
    return before + (fresh.get(month)?.get(key) ?? 0);
  };

  const flush = async () => {
    const month = monthOf(clock());
    const adding = [...fresh].map(([of, counts]) => [of, [...counts]] as const);
    const counts = await db.write(async (tx) => {
      for (const [of, some] of adding) for (const [key, n] of some) await add(tx, of, key, n);
      return usedIn(tx, month);
    });
    // Counted meanwhile: it stays.
    for (const [of, some] of adding) for (const [key, n] of some) take(fresh, of, key, n);
    written = { month, counts };
    for (const [id, quota] of quotas)
      await warn({ db, log, warned }, { id, quota, month, used: (scope) => usedOf(id, scope) });
  };
  const flushQuietly = (): Promise<void> => {
    flushing ??= flush()
      .catch((error: unknown) => log.error('what the platforms were asked could not be counted', { error }))
      .finally(() => (flushing = null));
    return flushing;
  };

  return {
    meter: (workspaceId) => ({
      count(what, n = 1) {
        const month = monthOf(clock());
        const counts = fresh.get(month) ?? new Map<string, number>();
        fresh.set(month, counts);
        const key = keyOf(workspaceId, what);
        counts.set(key, (counts.get(key) ?? 0) + n);
      },
    }),
    thrifty({ id, capabilities: { quota } }) {
      if (!quota) return false;
      quotas.set(id, quota);
      return SCOPES.some((scope) => usedOf(id, scope) >= THRIFT * quota[scope]);
    },
    used: (id) => ({ calls: usedOf(id, 'calls'), pushes: usedOf(id, 'pushes') }),
    async start() {
      await flushQuietly();
      timer = setInterval(() => void flushQuietly(), flushMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await flushing;
      await flushQuietly();
    },
  };
}

/** Two processes may be the first at once: then the second adds to what the first has made. */
async function add(tx: Tx, month: string, key: string, n: number): Promise<void> {
  const [id = '', scope = ''] = key.split(' ');
  const values = [id, scope, month, n];
  const sql =
    tx.dialect === 'mysql'
      ? 'INSERT INTO budget (workspace_id, scope, period, used) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE used = used + VALUES(used)'
      : 'INSERT INTO budget (workspace_id, scope, period, used) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET used = used + excluded.used';
  await tx.run(sql, values);
}

async function usedIn(tx: Tx, month: string): Promise<Counts> {
  type Row = { workspace_id: string; scope: string; used: number };
  const rows = await tx.rows<Row>('SELECT workspace_id, scope, used FROM budget WHERE period = ?', [month]);
  return new Map(rows.map((row) => [`${row.workspace_id} ${row.scope}`, row.used]));
}

function take(fresh: Map<string, Counts>, month: string, key: string, n: number): void {
  const counts = fresh.get(month);
  const left = (counts?.get(key) ?? 0) - n;
  if (left > 0) counts?.set(key, left);
  else counts?.delete(key);
  if (counts?.size === 0) fresh.delete(month);
}

interface State {
  readonly id: string;
  readonly quota: Quota;
  readonly month: string;
  readonly used: (scope: Scope) => number;
}

/** Once a month for each step, whichever process sees it first. */
async function warn(
  { db, log, warned }: Pick<Parts, 'db' | 'log'> & { readonly warned: Set<string> },
  { id, quota, month, used }: State,
): Promise<void> {
  for (const scope of SCOPES)
    for (const percent of [80, 100]) {
      if (used(scope) * 100 < quota[scope] * percent) continue;
      const told = { workspace_id: id, scope: `warned ${scope} ${percent}`, period: month, used: 1 };
      const step = `${month} ${id} ${told.scope}`;
      if (warned.has(step)) continue;
      const first = await isFirst(db, told);
      warned.add(step);
      if (!first) continue;
      log.warn(WORDS[scope][percent === 80 ? 'soon' : 'over'], {
        ...{ workspace: id, month, used: used(scope), quota: quota[scope] },
      });
    }
}

async function isFirst(db: Database, told: Readonly<Record<string, string | number>>): Promise<boolean> {
  const known = 'SELECT used FROM budget WHERE workspace_id = ? AND scope = ? AND period = ?';
  const key = [told['workspace_id'] ?? '', told['scope'] ?? '', told['period'] ?? ''];
  try {
    return await db.write(async (tx) => {
      if (await tx.one(known, key)) return false;
      await tx.insert('budget', [told]);
      return true;
    });
  } catch (error) {
    if (db.isDuplicate(error)) return false;
    throw error;
  }
}

const WORDS: Readonly<Record<Scope, { soon: string; over: string }>> = {
  calls: {
    soon: 'four fifths of the calls that the platform allows this month are used; from now on cards change only when it matters, and no new to-dos are made. Buy a larger quota',
    over: 'all calls that the platform allows this month are used; it may refuse cards and messages until the next month. Buy a larger quota',
  },
  pushes: {
    soon: 'four fifths of the messages and clicks that the platform passes on to us this month are used. Buy a larger quota',
    over: 'all messages and clicks that the platform passes on to us this month are used; what people say and press may not arrive until the next month. Buy a larger quota',
  },
};
