import { describe, expect, it } from '@jest/globals';
import type { Directory } from '../../src/flow/directory.ts';
import { reach } from '../../src/people/reach.ts';
import type { Database } from '../../src/store/database.ts';
import type { DirectoryDump } from '../../src/workspace/port.ts';
import { eachDatabase } from '../support/database.ts';
import { aDepartment, aPerson, box, NOW, snapshotOf, syncInto, theSandbox } from './build.ts';

const dumpOf = (people: DirectoryDump['people'], departments: DirectoryDump['departments'] = []): DirectoryDump => ({
  people,
  departments,
});
const idOf = (directory: Directory, account: string) => directory.accounts.get(account) ?? -1;
const personOf = (directory: Directory, account: string) => directory.people.get(idOf(directory, account));
const names = (directory: Directory, ids: readonly number[] = []) => ids.map((id) => directory.people.get(id)?.name);

eachDatabase('directory sync', (open) => {
  const opened = async () => (await open()).database;
  /** Counts the statements of each write. */
  const counting = (db: Database) => {
    const counter = { statements: 0 };
    const write: Database['write'] = (work) =>
      db.write((tx) =>
        work({
          ...tx,
          run: (sql, params) => ((counter.statements += 1), tx.run(sql, params)),
          rows: (sql, params) => ((counter.statements += 1), tx.rows(sql, params)),
          one: (sql, params) => ((counter.statements += 1), tx.one(sql, params)),
          insert: (table, rows) => ((counter.statements += rows.length > 0 ? 1 : 0), tx.insert(table, rows)),
        }),
      );
    return { db: { ...db, write }, counter };
  };

  it('takes in the whole company: people, departments, heads, managers', async () => {
    const db = await opened();
    const summary = await syncInto(db, theSandbox());
    expect(summary).toMatchObject({ people: 23, joined: 23, left: 0, renamed: 0, anyChange: true });
    const directory = await snapshotOf(db);
    expect(directory.revision).toBe(1);
    expect(directory.people.size).toBe(23);
    expect(personOf(directory, 'sandbox/wugang')).toMatchObject({
      name: '吴刚',
      active: true,
      workspace: 'sandbox',
      account: 'wugang',
      departments: ['2'],
      managers: [idOf(directory, 'sandbox/zhouming')],
    });
    expect(personOf(directory, 'sandbox/xiebin')?.departments).toEqual(['9', '7']);
    expect(personOf(directory, 'sandbox/hanmei')?.managers).toEqual([]);
    const front = directory.departments.get('sandbox/8');
    expect(front).toMatchObject({ name: '前端组', path: '总公司/研发部/前端组', parent: '7' });
    expect(names(directory, front?.heads)).toEqual(['朱婷']);
    expect(names(directory, front?.members)).toEqual(['朱婷', '罗毅']);
  });

  it('changes nothing the second time, and raises no revision', async () => {
    const db = await opened();
    await syncInto(db, theSandbox());
    const before = await snapshotOf(db);
    const again = await syncInto(db, theSandbox(), { now: NOW + 1 });
    expect(again).toEqual({
      people: 23,
      joined: 0,
      returned: 0,
      left: 0,
      linked: 0,
      links: [],
      renamed: 0,
      changed: 0,
      departments: 0,
      members: 0,
      managers: 0,
      anyChange: false,
    });
    expect(await snapshotOf(db)).toEqual({ ...before, calendars: expect.anything() });
  });

  it('refuses an empty answer instead of making everybody a leaver', async () => {
    const db = await opened();
    await syncInto(db, theSandbox());
    const before = await snapshotOf(db);
    await expect(syncInto(db, dumpOf([], theSandbox().departments))).rejects.toThrow(/sandbox came back empty/);
    await expect(syncInto(db, dumpOf([aPerson('a', { active: false })]))).rejects.toThrow(/came back empty/);
    expect(await snapshotOf(db)).toEqual({ ...before, calendars: expect.anything() });
  });

  it('a leaver is kept by name, and comes back as the same person', async () => {
    const db = await opened();
    await syncInto(db, dumpOf([aPerson('a'), aPerson('b', { managers: ['a'] })], []));
    const b = idOf(await snapshotOf(db), 'sandbox/b');
    expect(await syncInto(db, dumpOf([aPerson('a')]))).toMatchObject({ left: 1, people: 1 });
    const without = await snapshotOf(db);
    expect(without.accounts.has('sandbox/b')).toBe(false);
    expect(without.people.get(b)).toMatchObject({ name: 'b', active: false });
    expect(names(without, without.people.get(b)?.managers)).toEqual(['a']);
    expect(reach(without, b)).toEqual([]);
    expect(await syncInto(db, dumpOf([aPerson('a'), aPerson('b')]))).toMatchObject({ returned: 1, joined: 0 });
    const again = await snapshotOf(db);
    expect(idOf(again, 'sandbox/b')).toBe(b);
    expect(reach(again, b)).toEqual([{ workspace: 'sandbox', account: 'b' }]);
  });

  it('somebody disabled on the platform has left; somebody disabled whom we never knew is not taken in', async () => {
    const db = await opened();
    await syncInto(db, dumpOf([aPerson('a'), aPerson('b')]));
    const off = { active: false };
    expect(await syncInto(db, dumpOf([aPerson('a'), aPerson('b', off), aPerson('c', off)]))).toMatchObject({ left: 1 });
    expect((await snapshotOf(db)).people.size).toBe(2);
  });

  describe('who is who', () => {
    let shared: Promise<Database> | null = null; // each case is a workspace of its own
    it.each<[string, DirectoryDump['people'], DirectoryDump['people'], Record<string, string>]>([
      [
        'a renamed account is the same person where the platform says so',
        [aPerson('old', { unionId: 'U1' })],
        [aPerson('new', { unionId: 'U1' })],
        { new: 'old' },
      ],
      [
        'an account that was given to somebody else is a new person',
        [aPerson('a', { unionId: 'U1' }), aPerson('z')],
        [aPerson('a', { unionId: 'U2' }), aPerson('z')],
        { a: 'nobody', z: 'z' },
      ],
      [
        'renamed, and the old account passed on',
        [aPerson('a', { unionId: 'U1' })],
        [aPerson('a', { unionId: 'U2' }), aPerson('b', { unionId: 'U1' })],
        { a: 'nobody', b: 'a' },
      ],
      [
        'two swap their accounts',
        [aPerson('a', { unionId: 'U1' }), aPerson('b', { unionId: 'U2' })],
        [aPerson('a', { unionId: 'U2' }), aPerson('b', { unionId: 'U1' })],
        { a: 'b', b: 'a' },
      ],
      [
        'a union id that is told later changes nobody',
        [aPerson('a'), aPerson('b')],
        [aPerson('a', { unionId: 'U1' }), aPerson('b')],
        { a: 'a', b: 'b' },
      ],
      ['one that is told no longer, too', [aPerson('a', { unionId: 'U1' })], [aPerson('a')], { a: 'a' }],
      [
        'a rename onto the account of one who left',
        [aPerson('a', { unionId: 'U1' }), aPerson('b')],
        [aPerson('b', { unionId: 'U1' })],
        { b: 'a' },
      ],
      ['capitals change', [aPerson('Zhang')], [aPerson('zhang')], { zhang: 'zhang' }],
    ])('%s', async (workspaceId, before, after, same) => {
      const db = await (shared ??= opened());
      const sync = (people: DirectoryDump['people']) => syncInto(db, dumpOf(people), { workspaceId });
      await sync(before);
      const first = await snapshotOf(db);
      await sync(after);
      const then = await snapshotOf(db);
      const was = Object.entries(same).map(([now]) => {
        const id = idOf(then, `${workspaceId}/${now}`);
        const [account = `${workspaceId}/nobody`] = [...first.accounts].find(([, one]) => one === id) ?? [];
        return [now, account.slice(workspaceId.length + 1)];
      });
      expect(Object.fromEntries(was)).toEqual(same);
      expect(await sync(after)).toMatchObject({ anyChange: false });
    });
  });

  it('one person in two workspaces stays while one of them has them', async () => {
    const db = await opened();
    await syncInto(db, dumpOf([aPerson('a'), aPerson('x')]), { workspaceId: 'hq' });
    await syncInto(db, dumpOf([aPerson('b'), aPerson('y')]), { workspaceId: 'plant' });
    const before = await snapshotOf(db);
    const [a, b] = [idOf(before, 'hq/a'), idOf(before, 'plant/b')];
    await db.write((tx) => tx.run('UPDATE identity SET person_id = ? WHERE person_id = ?', [a, b]));
    await syncInto(db, dumpOf([aPerson('x')]), { workspaceId: 'hq' });
    const moved = await snapshotOf(db);
    expect(moved.people.get(a)).toMatchObject({ active: true, workspace: 'plant', account: 'b' });
    await syncInto(db, dumpOf([aPerson('y')]), { workspaceId: 'plant' });
    expect((await snapshotOf(db)).people.get(a)).toMatchObject({ active: false });
  });

  it('changes: a name, a department moved, a head from elsewhere, a manager', async () => {
    const db = await opened();
    const departments = [aDepartment('1'), aDepartment('2', { parent: '1', heads: ['a'] })];
    await syncInto(
      db,
      dumpOf([aPerson('a', { departments: ['1'] }), aPerson('b', { departments: ['2'] })], departments),
    );
    const before = await snapshotOf(db);
    expect(names(before, before.departments.get('sandbox/2')?.heads)).toEqual(['a']);
    expect(names(before, before.departments.get('sandbox/2')?.members)).toEqual(['b']);

    const people = [
      aPerson('a', { name: '甲', departments: ['1'] }),
      aPerson('b', { departments: ['1', '2'], managers: ['a'] }),
    ];
    const changed = [aDepartment('1'), aDepartment('2', { name: '新名', heads: ['b'] })];
    expect(await syncInto(db, dumpOf(people, changed))).toMatchObject({ changed: 1, departments: 1, managers: 1 });
    const after = await snapshotOf(db);
    expect(after.departments.get('sandbox/2')).toMatchObject({ name: '新名', path: '新名', parent: null });
    expect(names(after, after.departments.get('sandbox/2')?.heads)).toEqual(['b']);
    expect(personOf(after, 'sandbox/b')).toMatchObject({
      departments: ['1', '2'],
      managers: [idOf(after, 'sandbox/a')],
    });
    expect(personOf(after, 'sandbox/a')?.name).toBe('甲');

    await syncInto(db, dumpOf(people, [aDepartment('1')]));
    const last = await snapshotOf(db);
    expect([...last.departments.keys()]).toEqual(['sandbox/1']);
    expect(personOf(last, 'sandbox/b')?.departments).toEqual(['1']);
  });

  it('a mobile number is sealed, found by its digest, and not erased by silence', async () => {
    const db = await opened();
    await syncInto(db, dumpOf([aPerson('a', { mobile: '13800000001', mail: 'a@x.cn' }), aPerson('b')]));
    const kept = () =>
      db.read((reader) => reader.rows('SELECT id, mail, mobile, mobile_digest FROM person ORDER BY id'));
    const [first] = await kept();
    expect(first).toMatchObject({ mail: 'a@x.cn', mobile_digest: box.digest('13800000001', 'mobile') });
    expect(String(first?.mobile)).not.toContain('138');
    expect(box.open(String(first?.mobile), `person:mobile:${Number(first?.id)}`)).toBe('13800000001');
    expect(await syncInto(db, dumpOf([aPerson('a'), aPerson('b')]))).toMatchObject({ anyChange: false });
    expect(await syncInto(db, dumpOf([aPerson('a', { mobile: '13800000002' }), aPerson('b')]))).toMatchObject({
      changed: 1,
    });
    const [second] = await kept();
    expect(box.open(String(second?.mobile), `person:mobile:${Number(second?.id)}`)).toBe('13800000002');
  });

  it('bad answers do no harm: a circle of departments, an account twice, unknown managers, endless names', async () => {
    const db = await opened();
    const departments = [
      aDepartment('1', { parent: '2' }),
      aDepartment('2', { parent: '1' }),
      aDepartment('3', { parent: '9', name: '长'.repeat(400), heads: ['nobody'] }),
    ];
    const people = [
      aPerson('a', { departments: ['1', '1', '7'], managers: ['a', 'ghost'] }),
      aPerson('A', { name: 'again' }),
      aPerson('b', { name: '🙂'.repeat(300) }),
    ];
    await syncInto(db, dumpOf(people, departments));
    const directory = await snapshotOf(db);
    expect(directory.people.size).toBe(2);
    expect(personOf(directory, 'sandbox/a')).toMatchObject({ name: 'a', departments: ['1'], managers: [] });
    expect(directory.departments.get('sandbox/3')).toMatchObject({ parent: null, name: '长'.repeat(255) });
    expect(await syncInto(db, dumpOf(people, departments))).toMatchObject({ anyChange: false });
  });

  it('3,000 people are a few dozen statements, and a change of one a few', async () => {
    const { db, counter } = counting(await opened());
    const departments = Array.from({ length: 200 }, (_, i) => aDepartment(String(i), { parent: i ? '0' : null }));
    const people = Array.from({ length: 3_000 }, (_, i) =>
      aPerson(`p${i}`, { departments: [String(i % 200)], managers: i ? ['p0'] : [], unionId: `U${i}` }),
    );
    await syncInto(db, dumpOf(people, departments));
    expect(counter.statements).toBeLessThan(40);
    counter.statements = 0;
    const moved = people.map((one, i) => (i === 5 ? { ...one, departments: ['7'], name: '新' } : one));
    expect(await syncInto(db, dumpOf(moved, departments))).toMatchObject({ changed: 1, members: 1, joined: 0 });
    expect(counter.statements).toBeLessThan(25);
  });

  it('two workspaces at the same time mix up nobody', async () => {
    const db = await opened();
    const crowd = (prefix: string) => dumpOf(Array.from({ length: 300 }, (_, i) => aPerson(`${prefix}${i}`)));
    await Promise.all([
      syncInto(db, crowd('a'), { workspaceId: 'hq' }),
      syncInto(db, crowd('b'), { workspaceId: 'plant' }),
      syncInto(db, crowd('a'), { workspaceId: 'hq' }),
    ]);
    const directory = await snapshotOf(db);
    expect(directory.people.size).toBe(600);
    expect(directory.revision).toBe(2);
    for (const [key, id] of directory.accounts) {
      expect(`${directory.people.get(id)?.workspace}/${directory.people.get(id)?.name}`).toBe(key);
    }
  });
});
