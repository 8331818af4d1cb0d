/** P7: claiming timers that are due, with so many more that are not, on MariaDB. */
import { makeLog } from '../../src/log.ts';
import { claimDue } from '../../src/store/claim.ts';
import { openDatabase, type Database } from '../../src/store/database.ts';
import type { TimerRow } from '../../src/store/entity/ticket.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Mariadb } from './mariadb.ts';
import { inTurn, median } from './rounds.ts';
import { atLeast, type Row } from './row.ts';

const FEW = 1_000;
const NOW = Date.UTC(2026, 10, 2);
const DAY_MS = 86_400_000;
const PORTION = 100;
/** Claimed in one measurement. */
const DUE = 2_000;

export async function timerClaims(mariadb: Mariadb, isQuick: boolean): Promise<Row> {
  const many = isQuick ? 50_000 : 1_000_000;
  const [small, large] = [await pending(mariadb, 'few', FEW), await pending(mariadb, 'many', many)];
  try {
    for (const db of [small, large]) await claimAll(db);
    const { ours, limit } = await inTurn(isQuick ? 3 : 15, {
      ours: () => claimAll(large),
      limit: () => claimAll(small),
    });
    const [rate, before] = [median(ours), median(limit)];
    return {
      ...{
        id: 'P7',
        what: `timers claimed with ${many.toLocaleString('en')} pending ÷ with ${FEW.toLocaleString('en')}`,
      },
      ...{ goal: atLeast(0.9, 1), ratio: rate / before, ours: `${rate.toFixed(0)}/s`, limit: `${before.toFixed(0)}/s` },
    };
  } finally {
    await small.close();
    await large.close();
  }
}

async function pending(mariadb: Mariadb, name: string, count: number): Promise<Database> {
  const db = await openDatabase({ url: await mariadb.create(name), log: makeLog('warn') });
  await migrate(db);
  for (let from = 0; from < count; from += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, count - from) }, (_, i) =>
      timer(from + i, NOW + DAY_MS + ((from + i) % 100_000) * 1_000),
    );
    await db.write((tx) => tx.insert('timer', rows));
  }
  // What loading left to be written to disk is written now: the server would go on with it while claims are counted.
  await db.write(async (tx) => {
    await tx.run('FLUSH TABLES timer FOR EXPORT', []);
    await tx.run('UNLOCK TABLES', []);
  });
  return db;
}

const timer = (i: number, dueAt: number) => ({
  ...{ ticket_id: i, timer_key: `task ${i}`, kind: 'timeout', due_at: dueAt, fence: 0, body: `{"at":${dueAt}}` },
});

/** @returns claims a second */
async function claimAll(db: Database): Promise<number> {
  const due = Array.from({ length: DUE }, (_, i) => timer(10_000_000 + i, NOW - DUE + i));
  await db.write((tx) => tx.insert('timer', due));
  const began = performance.now();
  let claimed = 0;
  for (;;) {
    const rows = await db.write((tx) =>
      claimDue<TimerRow>(tx, { table: 'timer', now: NOW, leaseMs: 30_000, limit: PORTION }),
    );
    claimed += rows.length;
    if (rows.length < PORTION) break;
  }
  const rate = (claimed * 1_000) / (performance.now() - began);
  if (claimed !== DUE) throw new Error(`${claimed} of ${DUE} were claimed`);
  await db.write((tx) => tx.run('DELETE FROM timer WHERE ticket_id >= ?', [10_000_000]));
  return rate;
}
