/** The month's budget: adds up over processes, begins anew each month of China, saves from four fifths on, and warns once. */
import { beforeEach, expect, it } from '@jest/globals';
import { type Budget, makeBudget } from '../../src/delivery/budget.ts';
import type { Database } from '../../src/store/database.ts';
import { BY_CODE, FREELY } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';

const counted = { id: 'plant', capabilities: { ...FREELY, quota: { calls: 100, pushes: 50 } } };

eachDatabase('the budget of calls', (open) => {
  let db: Database;
  let now: number;
  let warned: string[];
  beforeEach(async () => {
    db = (await open()).database;
    // The last hour of November in China.
    now = Date.UTC(2026, 10, 30, 15);
    warned = [];
  });
  const aBudget = (): Budget => {
    const log = { ...aLog(), warn: (message: string) => void warned.push(message) };
    return makeBudget({ db, clock: () => now, log, flushMs: 60_000 });
  };

  it('adds up what all processes used, also when both are first at once', async () => {
    const [one, two] = [aBudget(), aBudget()];
    for (const [budget, n] of [[one, 3], [two, 4]] as const) budget.meter('plant').count('calls', n); // prettier-ignore
    one.meter('plant').count('pushes');
    one.meter('other').count('calls');
    await Promise.all([one.stop(), two.stop()]);
    const third = aBudget();
    await third.start();
    expect(third.used('plant')).toEqual({ calls: 7, pushes: 1 });
    expect(third.used('other')).toEqual({ calls: 1, pushes: 0 });
    await third.stop();
    await third.stop();
    expect(third.used('plant')).toEqual({ calls: 7, pushes: 1 });
  });

  it('begins anew with each month of China', async () => {
    const budget = aBudget();
    budget.meter('plant').count('calls', 9);
    now += 3_600_000;
    budget.meter('plant').count('calls', 2);
    expect(budget.used('plant').calls).toBe(2);
    await budget.stop();
    expect(budget.used('plant').calls).toBe(2);
    const rows = await db.read((r) => r.rows("SELECT period, used FROM budget WHERE scope = 'calls' ORDER BY period"));
    expect(rows).toEqual([
      { period: '2026-11', used: 9 },
      { period: '2026-12', used: 2 },
    ]);
  });

  it('saves from four fifths on, at once, and warns one time at 80 and at 100 per cent', async () => {
    const [one, two] = [aBudget(), aBudget()];
    one.meter('plant').count('calls', 79);
    expect(one.thrifty(counted)).toBe(false);
    one.meter('plant').count('calls');
    expect(one.thrifty(counted)).toBe(true);
    expect(two.thrifty(counted)).toBe(false);
    await one.stop();
    await two.stop();
    expect(two.thrifty(counted)).toBe(true);
    await one.stop();
    expect(warned).toEqual([expect.stringContaining('four fifths of the calls')]);
    two.meter('plant').count('calls', 20);
    await two.stop();
    expect(warned).toHaveLength(2);
    expect(warned[1]).toContain('all calls');
  });

  it('never saves where the platform does not count', () => {
    const budget = aBudget();
    budget.meter('hq').count('calls', 1_000_000);
    expect(budget.thrifty({ id: 'hq', capabilities: BY_CODE })).toBe(false);
  });
});
