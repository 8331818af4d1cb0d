import { describe, expect, it } from '@jest/globals';
import { loadRoles } from '../../src/config/roles.ts';
import { type DirectorySource, makeDirectory } from '../../src/people/directory.ts';
import { makeDirectorySync } from '../../src/people/directorySync.ts';
import { linkAccounts } from '../../src/people/link.ts';
import { reach } from '../../src/people/reach.ts';
import { seedRoles, setRole } from '../../src/people/role.ts';
import { makeCache } from '../../src/store/cache.ts';
import type { Database } from '../../src/store/database.ts';
import type { DirectoryDump } from '../../src/workspace/port.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';
import { aPerson, box, NOW, syncInto, theSandbox } from './build.ts';

const clock = () => NOW;
/** Waits for what happens in the background. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isSo(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
}

eachDatabase('the directory', (open) => {
  async function opened({ admins = [] as string[], pollMs = 60_000 } = {}) {
    const { database: db } = await open();
    const log = aLog();
    const cache = await makeCache(null, log);
    return { db, log, cache, directory: makeDirectory({ db, cache, clock, log, admins, pollMs }) };
  }
  const platform = (dump: { now: DirectoryDump }) => ({ id: 'sandbox', directory: async () => dump.now });
  const accountsOf = (role: string, directory: DirectorySource) => {
    const { roles, people } = directory.current();
    return (roles.get(role)?.members ?? []).map((id) => people.get(id)?.account).sort();
  };

  it('is empty before the start, then what the database has', async () => {
    const { db, directory } = await opened({ admins: ['sandbox/wugang', 'sandbox/nobody'] });
    expect(directory.current()).toMatchObject({ revision: 0, admins: [] });
    await syncInto(db, theSandbox());
    await directory.start();
    const { accounts, admins, people } = directory.current();
    expect(admins).toEqual([accounts.get('sandbox/wugang')]);
    expect(people.size).toBe(23);
    await directory.stop();
  });

  it('the shipped roles fit the sandbox: the seed names them, the first sync finds them', async () => {
    const { db, cache, log, directory } = await opened();
    expect(await seedRoles(db, loadRoles())).toBe(7);
    await directory.start();
    // Nobody is known yet: that says nothing of the roles.
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    const sync = makeDirectorySync({
      db,
      cache,
      directory,
      box,
      workspaces: [platform({ now: theSandbox() })],
      clock,
      log,
    });
    await sync.syncAll();
    expect(accountsOf('硬件工程师', directory)).toEqual(['chenwei', 'liuyang']);
    expect(accountsOf('IT主管', directory)).toEqual(['wugang']);
    expect(accountsOf('法务', directory)).toEqual(['gaofeng', 'hejing']);
    // Theirs is the other platform: without it the role is empty, and a flow says what happens then.
    expect(accountsOf('网络工程师', directory)).toEqual([]);
    expect(await seedRoles(db, loadRoles())).toBe(0);
    await directory.stop();
  });

  it('a role without members is warned of, once people are known', async () => {
    const { db, log, directory } = await opened();
    await seedRoles(db, [{ name: '法务', members: ['nobody'], departments: [] }]);
    await syncInto(db, theSandbox());
    await directory.start();
    const warned = log.lines.filter(({ level }) => level === 'warn').map(({ facts }) => facts);
    expect(warned).toEqual([{ roles: '法务' }]);
    await directory.stop();
  });

  it('a role is not called empty while a platform has told of nobody yet', async () => {
    const { database: db } = await open();
    const log = aLog();
    const parts = { db, cache: await makeCache(null, log), clock, log, workspaces: ['sandbox', 'plant'] };
    const directory = makeDirectory(parts);
    await seedRoles(db, [{ name: '网络工程师', members: ['plant/song'], departments: [] }]);
    await syncInto(db, theSandbox());
    await directory.refresh();
    await syncInto(db, { departments: [], people: [aPerson('song')] }, { workspaceId: 'plant' });
    await directory.refresh();
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    await syncInto(db, { departments: [], people: [aPerson('other')] }, { workspaceId: 'plant' });
    await directory.refresh();
    expect(log.lines.filter(({ level }) => level === 'warn').map(({ facts }) => facts)).toEqual([
      { roles: '网络工程师' },
    ]);
  });

  it('a seeded role follows the person, not the account, once it has found them', async () => {
    const { db, cache, log, directory } = await opened();
    await seedRoles(db, [{ name: '法务', members: ['a', 'sandbox/b', 'hq/c'], departments: [] }]);
    await directory.start();
    const dump = { now: { departments: [], people: [aPerson('a', { unionId: '1' }), aPerson('b', { unionId: '2' })] } };
    const sync = makeDirectorySync({ db, cache, directory, box, workspaces: [platform(dump)], clock, log });
    await sync.sync('sandbox');
    expect(accountsOf('法务', directory)).toEqual(['a', 'b']);
    dump.now = { departments: [], people: [aPerson('z', { unionId: '1' }), aPerson('b', { unionId: '3' })] };
    await sync.sync('sandbox');
    expect(accountsOf('法务', directory)).toEqual(['z']);
    await directory.stop();
  });

  it('a role changes at once: people, and departments with all below', async () => {
    const { db, cache, directory } = await opened();
    await syncInto(db, theSandbox());
    await directory.start();
    const { accounts, revision } = directory.current();
    const hanmei = accounts.get('sandbox/hanmei') ?? 0;
    const members = { people: [hanmei], departments: ['sandbox/7'] };
    await setRole(db, { name: '评审专家', members, directory: directory.current(), announcer: cache });
    await until(() => directory.current().revision === revision + 1);
    const expected = ['fengxue', 'hanmei', 'liqiang', 'luoyi', 'xiebin', 'zhuting'];
    expect(accountsOf('评审专家', directory)).toEqual(expected);
    const setTo = (people: number[], departments: string[]) =>
      setRole(db, {
        name: '评审专家',
        members: { people, departments },
        directory: directory.current(),
        announcer: cache,
      });
    await expect(setTo([9_999], [])).rejects.toThrow('unknown_person');
    await expect(setTo([], ['sandbox/99'])).rejects.toThrow('not_found');
    await setTo([], []);
    await until(() => directory.current().roles.get('评审专家')?.members.length === 0);
    await directory.stop();
  });

  it('another process sees a change within the poll, and one whose message was lost too', async () => {
    const { db, log } = await opened();
    const deaf = { subscribe: () => () => {} };
    const other = makeDirectory({ db, cache: deaf, clock, log, pollMs: 20 });
    await other.start();
    await syncInto(db, theSandbox());
    await until(() => other.current().people.size === 23);
    await other.stop();
  });

  it('a refresh sees what was committed before it was asked for, even while another one is under way', async () => {
    const { db, cache, log } = await opened();
    let hasRead = false;
    const slow: Database['read'] = async (work) => {
      const result = await db.read(work);
      hasRead = true;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return result;
    };
    const directory = makeDirectory({ db: { ...db, read: slow }, cache, clock, log });
    const before = directory.refresh();
    await until(() => hasRead);
    await syncInto(db, theSandbox());
    expect((await directory.refresh()).people.size).toBe(23);
    await before;
  });

  it('a snapshot that was handed out never changes', async () => {
    const { db, directory } = await opened();
    await syncInto(db, theSandbox());
    const before = await directory.refresh();
    await syncInto(db, { departments: [], people: [aPerson('zhouming')] });
    const after = await directory.refresh();
    expect(before.people.get(before.accounts.get('sandbox/hanmei') ?? 0)?.active).toBe(true);
    expect(after.accounts.has('sandbox/hanmei')).toBe(false);
    expect(before.revision).toBeLessThan(after.revision);
  });

  describe('sync', () => {
    it('a platform that cannot be asked is logged, and nothing changes', async () => {
      const { db, cache, log, directory } = await opened();
      await syncInto(db, theSandbox());
      await directory.start();
      const down = { id: 'sandbox', directory: () => Promise.reject(new Error('60011 no privilege')) };
      const empty = { id: 'hq', directory: async () => ({ departments: [], people: [] }) };
      const sync = makeDirectorySync({ db, cache, directory, box, workspaces: [down, empty], clock, log });
      expect(await sync.sync('sandbox')).toBeNull();
      await sync.syncAll();
      const errors = log.lines.filter(({ level }) => level === 'error');
      expect(errors.map(({ facts }) => facts.workspace)).toEqual(['sandbox', 'sandbox', 'hq']);
      expect(directory.current().people.size).toBe(23);
      await directory.stop();
    });

    it('a burst of changes is two runs, the last of which began after the last change', async () => {
      const { db, cache, log, directory } = await opened();
      const asked: number[] = [];
      let people = [aPerson('a')];
      const slow = {
        id: 'sandbox',
        directory: async () => {
          asked.push(people.length);
          const now = { departments: [], people };
          await new Promise((resolve) => setTimeout(resolve, 20));
          return now;
        },
      };
      const sync = makeDirectorySync({ db, cache, directory, box, workspaces: [slow], clock, log });
      const runs = ['b', 'c', 'd', 'e'].map((account) => {
        const run = sync.sync('sandbox');
        people = [...people, aPerson(account)];
        return run;
      });
      await Promise.all(runs);
      expect(asked).toEqual([1, 5]);
      expect(directory.current().people.size).toBe(5);
    });

    it('warns when many leave at once', async () => {
      const { db, cache, log, directory } = await opened();
      await syncInto(db, theSandbox());
      const dump = { now: { departments: [], people: [aPerson('zhouming')] } };
      await makeDirectorySync({ db, cache, directory, box, workspaces: [platform(dump)], clock, log }).syncAll();
      expect(log.lines).toContainEqual(
        expect.objectContaining({ level: 'warn', facts: { workspace: 'sandbox', left: 22 } }),
      );
    });
  });

  it('two people who are one: both accounts reach them, the old name stays for what was done before', async () => {
    const { db, cache, directory } = await opened();
    await syncInto(db, { departments: [], people: [aPerson('a')] }, { workspaceId: 'hq' });
    await syncInto(db, { departments: [], people: [aPerson('b')] }, { workspaceId: 'plant' });
    const { accounts } = await directory.refresh();
    const [into = 0, from = 0] = [accounts.get('hq/a'), accounts.get('plant/b')];
    await linkAccounts(db, { from: 'plant/b', into: 'hq/a', announcer: cache });
    const after = await directory.refresh();
    expect([after.accounts.get('hq/a'), after.accounts.get('plant/b')]).toEqual([into, into]);
    expect(after.people.get(from)).toMatchObject({ name: 'b', active: false });
    expect(reach(after, into)).toEqual([
      { workspace: 'hq', account: 'a' },
      { workspace: 'plant', account: 'b' },
    ]);
    await syncInto(db, { departments: [], people: [aPerson('b', { name: '乙' })] }, { workspaceId: 'plant' });
    expect((await directory.refresh()).people.get(into)?.name).toBe('a');
  });
});
