/** One person, two platforms (issue 3, Build 6; decision 15): by mobile or mail where both sides tell it, or by an admin. */
import { describe, expect, it } from '@jest/globals';
import { linkAccounts, unlinkAccounts } from '../../src/people/link.ts';
import { reach } from '../../src/people/reach.ts';
import { setRole } from '../../src/people/role.ts';
import type { Database } from '../../src/store/database.ts';
import type { DirectoryDump } from '../../src/workspace/port.ts';
import { eachDatabase } from '../support/database.ts';
import { aPerson, snapshotOf, syncInto } from './build.ts';

type People = DirectoryDump['people'];
const MOBILE = '13800000001';

eachDatabase('one person, two platforms', (open) => {
  const opened = async () => (await open()).database;
  const sync = (db: Database, workspaceId: string, people: People) =>
    syncInto(db, { departments: [], people }, { workspaceId });
  /** Account by account, whose it is: equal letters are one person. */
  const whose = async (db: Database): Promise<string> => {
    const { accounts } = await snapshotOf(db);
    const order = [...new Set(accounts.values())].sort((a, b) => a - b);
    const sorted = [...accounts].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([account, id]) => `${account}=${'ABCDEF'[order.indexOf(id)]}`).join(' ');
  };
  const personOf = async (db: Database, account: string): Promise<number> =>
    (await snapshotOf(db)).accounts.get(account) ?? -1;
  const announcer = { publish: async () => undefined, subscribe: () => () => undefined };

  it.each<{ hq: People; plant: People; end: string; because: string }>([
    {
      hq: [aPerson('a', { mobile: MOBILE })],
      plant: [aPerson('b', { mobile: `+86-${MOBILE}` }), aPerson('c')],
      end: 'hq/a=A plant/b=A plant/c=B',
      because: 'the same mobile',
    },
    {
      hq: [aPerson('a', { mail: 'Fang@example.com' })],
      plant: [aPerson('b', { mail: 'fang@example.com' })],
      end: 'hq/a=A plant/b=A',
      because: 'the same mail',
    },
    {
      hq: [aPerson('a', { mobile: MOBILE })],
      plant: [aPerson('b', { mobile: MOBILE }), aPerson('c', { mobile: MOBILE })],
      end: 'hq/a=A plant/b=B plant/c=C',
      because: 'two who share a phone are nobody’s double',
    },
    {
      hq: [aPerson('a', { mobile: MOBILE, active: false }), aPerson('x')],
      plant: [aPerson('b', { mobile: MOBILE })],
      end: 'hq/x=A plant/b=B',
      because: 'who is not there is not asked',
    },
    {
      hq: [aPerson('a', { name: '王芳' })],
      plant: [aPerson('a', { name: '王芳' })],
      end: 'hq/a=A plant/a=B',
      because: 'neither a name nor an account says who somebody is',
    },
  ])('who is new: $because', async ({ hq, plant, end }) => {
    const db = await opened();
    await sync(db, 'hq', hq);
    await sync(db, 'plant', plant);
    expect(await whose(db)).toBe(end);
    expect(await sync(db, 'plant', plant)).toMatchObject({ anyChange: false, linked: 0 });
    expect(await sync(db, 'hq', hq)).toMatchObject({ anyChange: false, linked: 0 });
  });

  it('makes no second person, keeps the home, and says by what', async () => {
    const db = await opened();
    await sync(db, 'hq', [aPerson('a', { name: '王芳', mobile: MOBILE })]);
    const summary = await sync(db, 'plant', [aPerson('B', { name: '阿芳', mobile: MOBILE })]);
    const id = await personOf(db, 'hq/a');
    expect(summary).toMatchObject({ joined: 1, linked: 1, links: [{ account: 'b', person: id, by: 'mobile' }] });
    const directory = await snapshotOf(db);
    expect(directory.people.size).toBe(1);
    expect(directory.people.get(id)).toMatchObject({ name: '王芳', workspace: 'hq', account: 'a' });
    expect(JSON.stringify(summary)).not.toContain(MOBILE);
  });

  it('never two accounts of one workspace, not even one that was left', async () => {
    const db = await opened();
    await sync(db, 'hq', [aPerson('a', { mobile: MOBILE }), aPerson('b')]);
    await sync(db, 'plant', [aPerson('c', { mobile: MOBILE }), aPerson('d')]);
    await sync(db, 'plant', [aPerson('d')]);
    await sync(db, 'plant', [aPerson('e', { mobile: MOBILE }), aPerson('d')]);
    expect(await whose(db)).toBe('hq/a=A hq/b=B plant/d=C plant/e=D');
  });

  it('who is known on both: as soon as both tell it, and nothing of the younger is open', async () => {
    const db = await opened();
    await sync(db, 'hq', [aPerson('a')]);
    await sync(db, 'plant', [aPerson('b', { mobile: MOBILE })]);
    const [older, younger] = [await personOf(db, 'hq/a'), await personOf(db, 'plant/b')];
    const task = { ticket_id: 1, task_n: 1, person_id: younger, role: 'assignee', open: 1 };
    await db.write((tx) => tx.insert('task_person', [task]));
    await sync(db, 'hq', [aPerson('a', { mobile: MOBILE })]);
    await sync(db, 'plant', [aPerson('b', { mobile: MOBILE })]);
    expect(await whose(db)).toBe('hq/a=A plant/b=B');
    await db.write((tx) => tx.run('UPDATE task_person SET open = 0'));
    expect(await sync(db, 'plant', [aPerson('b', { mobile: MOBILE })])).toMatchObject({
      anyChange: true,
      links: [{ account: 'b', person: older, by: 'mobile' }],
    });
    expect(await whose(db)).toBe('hq/a=A plant/b=A');
    expect(await sync(db, 'hq', [aPerson('a', { mobile: MOBILE })])).toMatchObject({ anyChange: false });
  });

  it('a third platform joins the two', async () => {
    const db = await opened();
    const same = { mobile: MOBILE };
    for (const workspace of ['hq', 'plant', 'shop']) await sync(db, workspace, [aPerson(`at-${workspace}`, same)]);
    expect(await whose(db)).toBe('hq/at-hq=A plant/at-plant=A shop/at-shop=A');
  });

  it('who leaves one platform is reached on the other', async () => {
    const db = await opened();
    await sync(db, 'hq', [aPerson('a', { mobile: MOBILE }), aPerson('x')]);
    await sync(db, 'plant', [aPerson('b', { mobile: MOBILE })]);
    await sync(db, 'hq', [aPerson('x')]);
    expect(reach(await snapshotOf(db), await personOf(db, 'plant/b'))).toEqual([{ workspace: 'plant', account: 'b' }]);
  });

  describe('by an admin', () => {
    const two = async (hq: Partial<People[number]> = {}, plant: Partial<People[number]> = {}) => {
      const db = await opened();
      await sync(db, 'hq', [aPerson('a', hq), aPerson('x')]);
      await sync(db, 'plant', [aPerson('b', plant), aPerson('y')]);
      const again = async () => {
        await sync(db, 'hq', [aPerson('a', hq), aPerson('x')]);
        await sync(db, 'plant', [aPerson('b', plant), aPerson('y')]);
      };
      return { db, again };
    };
    const names = { from: 'plant/b', into: 'hq/a', announcer };

    it('linked: both accounts reach one person, roles follow; and once more changes nothing', async () => {
      const { db, again } = await two();
      const [a, b] = [await personOf(db, 'hq/a'), await personOf(db, 'plant/b')];
      const members = { people: [b], departments: [] };
      await setRole(db, { name: '网络工程师', members, directory: await snapshotOf(db), announcer });
      expect(await linkAccounts(db, { ...names, from: 'Plant/B' })).toBe(a);
      expect(await linkAccounts(db, names)).toBe(a);
      await again();
      expect(await whose(db)).toBe('hq/a=A hq/x=B plant/b=A plant/y=C');
      expect((await snapshotOf(db)).roles.get('网络工程师')?.members).toEqual([a]);
    });

    it('taken apart: it is the one of before again, and no sync links the two; an admin may', async () => {
      const same = { mobile: MOBILE };
      const { db, again } = await two(same, same);
      expect(await whose(db)).toBe('hq/a=A hq/x=B plant/b=A plant/y=C');
      const a = await personOf(db, 'hq/a');
      const b = await unlinkAccounts(db, names);
      expect([await personOf(db, 'hq/a'), await personOf(db, 'plant/b')]).toEqual([a, b]);
      await again();
      await again();
      expect(await personOf(db, 'plant/b')).toBe(b);
      expect(await linkAccounts(db, names)).toBe(a);
      expect(await unlinkAccounts(db, names)).toBe(b);
      expect(await linkAccounts(db, names)).toBe(a);
      await again();
      expect(await personOf(db, 'plant/b')).toBe(a);
    });

    it('the account at home taken apart: home moves on, and takes no number along', async () => {
      const same = { mobile: MOBILE, mail: 'a@example.com' };
      const { db, again } = await two(same, same);
      const before = await personOf(db, 'hq/a');
      await unlinkAccounts(db, { ...names, from: 'hq/a', into: 'plant/b' });
      const [kept] = await db.read((reader) => reader.rows('SELECT * FROM person WHERE id = ?', [before]));
      expect(kept).toMatchObject({ home_workspace: 'plant', mail: null, mobile: null, mobile_digest: null });
      expect(await personOf(db, 'plant/b')).toBe(before);
      await again();
      expect(await personOf(db, 'hq/a')).not.toBe(before);
    });

    it.each(['task', 'ticket', 'draft'] as const)('not while an open %s is in the name of the one', async (what) => {
      const { db } = await two();
      const b = await personOf(db, 'plant/b');
      await db.write((tx) => tx.insert(...OPEN[what](b)));
      await expect(linkAccounts(db, names)).rejects.toMatchObject({
        refusal: { refused: 'not_now', facts: { why: 'open_work' } },
      });
      expect(await whose(db)).toBe('hq/a=A hq/x=B plant/b=C plant/y=D');
    });

    it('not two of one workspace, nobody unknown, and nothing apart that is not one', async () => {
      const { db } = await two();
      const refusal = (refused: string, facts: object) => ({ refusal: { refused, facts } });
      await expect(linkAccounts(db, { ...names, into: 'plant/y' })).rejects.toMatchObject(
        refusal('not_now', { why: 'same_workspace', workspace: 'plant' }),
      );
      await expect(linkAccounts(db, { ...names, into: 'hq/z' })).rejects.toMatchObject(
        refusal('unknown_person', { person: 'hq/z' }),
      );
      await expect(linkAccounts(db, { ...names, into: 'zhangsan' })).rejects.toMatchObject(
        refusal('unknown_person', { person: 'zhangsan' }),
      );
      await expect(unlinkAccounts(db, names)).rejects.toMatchObject(refusal('not_now', { why: 'not_linked' }));
    });
  });
});

type Row = Record<string, string | number | null>;
const OPEN: Record<'task' | 'ticket' | 'draft', (person: number) => [string, Row[]]> = {
  task: (person) => ['task_person', [{ ticket_id: 1, task_n: 1, person_id: person, role: 'assignee', open: 1 }]],
  ticket: (person) => [
    'ticket',
    [
      {
        ...{ id: 1, number: 'IT-1', template_key: 'it-repair', template_version: 1, home_workspace: 'plant' },
        ...{ requester_id: person, filer_id: person, title: 't', status: 'pending', filed_at: 1, version: 1 },
        ...{ last_seq: 1, last_hash: '', state: '{}', field_values: '{}', closed_at: null },
      },
    ],
  ],
  draft: (person) => [
    'draft',
    [
      {
        ...{ person_id: person, workspace_id: 'plant', chat: 'b', template_key: 'it-repair', template_version: 1 },
        ...{ field_values: '{}', updated_at: 1, filed_as: null, open_key: `${person}:plant:b` },
      },
    ],
  ],
};
