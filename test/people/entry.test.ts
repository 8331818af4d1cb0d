import { expect, it } from '@jest/globals';
import { claimFirstAdmin, firstAdminLink, isFirstAdminLink } from '../../src/people/admins.ts';
import { makeApiTokens } from '../../src/people/apiToken.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import { makeSessions } from '../../src/people/session.ts';
import { makeCache } from '../../src/store/cache.ts';
import type { Database } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';
import { aPerson, NOW, syncInto } from './build.ts';

const DAY_MS = 86_400_000;

eachDatabase('who comes in', (open) => {
  async function opened() {
    const { database } = await open();
    const time = { now: NOW };
    const clock = () => time.now;
    const counter = { reads: 0 };
    const db: Database = { ...database, read: (work) => ((counter.reads += 1), database.read(work)) };
    const log = aLog();
    const cache = await makeCache(null, log);
    await syncInto(database, { departments: [], people: [aPerson('a'), aPerson('b')] });
    const source = makeDirectory({ db: database, cache, clock, log });
    await source.refresh();
    const directory = () => source.current();
    const personId = directory().accounts.get('sandbox/a') ?? 0;
    const parts = { db, directory, clock, log };
    return { database, db, cache, log, clock, time, counter, source, directory, personId, parts };
  }

  it('a session: opened, checked with one query in 5 s, closed', async () => {
    const { parts, personId, counter, time, database } = await opened();
    const sessions = makeSessions(parts);
    const { token, until } = await sessions.open({ personId, workspaceId: 'sandbox' });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(until).toBe(NOW + 30 * DAY_MS);
    counter.reads = 0;
    for (let i = 0; i < 10; i += 1) {
      expect(await sessions.check(token)).toEqual({ personId, workspaceId: 'sandbox', until });
      time.now += 400;
    }
    expect(counter.reads).toBe(1);
    time.now += 2_000;
    await sessions.check(token);
    expect(counter.reads).toBe(2);
    const stored = await database.read((reader) => reader.rows('SELECT * FROM session'));
    expect(JSON.stringify(stored)).not.toContain(token);
    await sessions.close(token);
    expect(await sessions.check(token)).toBeNull();
  });

  it('a session ends after 7 days without use and after 30 days in any case', async () => {
    const { parts, personId, time, database } = await opened();
    const sessions = makeSessions(parts);
    const used = await sessions.open({ personId, workspaceId: null });
    const idle = await sessions.open({ personId, workspaceId: null });
    const seenToday = () =>
      database.read((reader) => reader.one('SELECT 1 AS one FROM session WHERE seen_at = ?', [time.now]));
    for (let day = 1; day < 30; day += 1) {
      time.now = NOW + day * DAY_MS;
      expect(await sessions.check(used.token)).not.toBeNull();
      while (!(await seenToday())) await new Promise((resolve) => setTimeout(resolve, 5)); // Marked in the background.
    }
    time.now = NOW + 7 * DAY_MS - 1;
    expect(await sessions.check(idle.token)).not.toBeNull();
    time.now = NOW + 29 * DAY_MS;
    expect(await sessions.check(idle.token)).toBeNull();
    time.now = NOW + 30 * DAY_MS;
    expect(await sessions.check(used.token)).toBeNull();
  });

  it('one who left is out at once; all sessions of a person end together', async () => {
    const { parts, personId, database, source } = await opened();
    const sessions = makeSessions(parts);
    const tokens = makeApiTokens(parts);
    const one = await sessions.open({ personId, workspaceId: null });
    const two = await sessions.open({ personId, workspaceId: null });
    const api = await tokens.make({ personId, scopes: ['read'], until: null });
    expect(await sessions.check(one.token)).not.toBeNull();
    expect(await tokens.check(api.token)).not.toBeNull();
    await syncInto(database, { departments: [], people: [aPerson('b')] });
    await source.refresh();
    expect(await sessions.check(one.token)).toBeNull();
    expect(await tokens.check(api.token)).toBeNull();
    await syncInto(database, { departments: [], people: [aPerson('a'), aPerson('b')] });
    await source.refresh();
    expect(await sessions.check(one.token)).not.toBeNull();
    await sessions.closeAllOf(personId);
    expect([await sessions.check(one.token), await sessions.check(two.token)]).toEqual([null, null]);
  });

  it.each(['', 'x', 'pd_x', "' OR 1=1 --", 'A'.repeat(43), `pd_${'A'.repeat(43)}`])('%j is no token', async (text) => {
    const { parts } = await opened();
    expect(await makeSessions(parts).check(text)).toBeNull();
    expect(await makeApiTokens(parts).check(text)).toBeNull();
  });

  it('an API token: its scopes, its end, its revocation', async () => {
    const { parts, personId, counter, time, database } = await opened();
    const tokens = makeApiTokens(parts);
    const { id, token } = await tokens.make({ personId, scopes: ['read', 'write'], until: NOW + DAY_MS });
    expect(token).toMatch(/^pd_[\w-]{43}$/);
    counter.reads = 0;
    expect(await tokens.check(token)).toEqual({ id, personId, scopes: ['read', 'write'] });
    await tokens.check(token);
    expect(counter.reads).toBe(1);
    const stored = await database.read((reader) => reader.rows('SELECT * FROM api_token'));
    expect(JSON.stringify(stored)).not.toContain(token.slice(3));
    time.now = NOW + DAY_MS;
    expect(await tokens.check(token)).toBeNull();
    const lasting = await tokens.make({ personId, scopes: ['read'], until: null });
    expect(await tokens.check(lasting.token)).not.toBeNull();
    expect(await tokens.revoke(lasting.id)).toBe(true);
    expect(await tokens.revoke(lasting.id)).toBe(false);
    expect(await tokens.check(lasting.token)).toBeNull();
  });

  it('the first admin: by a link, once, and then no link is made or works any more', async () => {
    const { db, clock, cache, source, directory, personId } = await opened();
    const link = () => firstAdminLink(db, { directory: directory(), configured: [], clock });
    const [token, other] = [(await link()) ?? '', (await link()) ?? ''];
    expect(await isFirstAdminLink(db, { token, clock })).toBe(true);
    await claimFirstAdmin(db, { token, personId, clock, announcer: cache });
    const stranger = directory().accounts.get('sandbox/b') ?? 0;
    for (const used of [token, other]) {
      expect(await isFirstAdminLink(db, { token: used, clock })).toBe(false);
      const again = claimFirstAdmin(db, { token: used, personId: stranger, clock, announcer: cache });
      await expect(again).rejects.toThrow('not_allowed');
    }
    // Another process, which has not heard yet, makes one more.
    const late = (await link()) ?? '';
    const tooLate = claimFirstAdmin(db, { token: late, personId: stranger, clock, announcer: cache });
    await expect(tooLate).rejects.toThrow('not_allowed');
    expect((await source.refresh()).admins).toEqual([personId]);
    expect(await link()).toBeNull();
  });

  it('of two who open links at the same instant, one becomes the admin', async () => {
    const { db, clock, cache, source, directory, personId } = await opened();
    const link = () => firstAdminLink(db, { directory: directory(), configured: [], clock });
    const other = directory().accounts.get('sandbox/b') ?? 0;
    const tokens = [(await link()) ?? '', (await link()) ?? ''];
    const claims = tokens.map((token, i) =>
      claimFirstAdmin(db, { token, personId: i ? other : personId, clock, announcer: cache }),
    );
    const results = await Promise.allSettled(claims);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await source.refresh()).admins).toHaveLength(1);
  });

  it('no link where admins are configured; none works after 24 h', async () => {
    const { db, clock, time, cache, directory, personId } = await opened();
    expect(await firstAdminLink(db, { directory: directory(), configured: ['hq/x'], clock })).toBeNull();
    const token = (await firstAdminLink(db, { directory: directory(), configured: [], clock })) ?? '';
    time.now += DAY_MS;
    expect(await isFirstAdminLink(db, { token, clock })).toBe(false);
    const late = claimFirstAdmin(db, { token, personId, clock, announcer: cache });
    await expect(late).rejects.toThrow('not_allowed');
  });
});
