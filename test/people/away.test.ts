/** approval-semantics, 代理 and 审批人离职, as they are stored: made, refused, revoked, told of once; successors, leavers. */
import { expect, it } from '@jest/globals';
import type { Directory } from '../../src/flow/directory.ts';
import { heirOf } from '../../src/flow/heir.ts';
import { substituteOf } from '../../src/flow/substitute.ts';
import { Refused } from '../../src/lib/refusal.ts';
import { leftSince, nameSuccessor } from '../../src/people/leavers.ts';
import {
  addSubstitute,
  revokeSubstitute,
  substituteById,
  substitutesOf,
  takeSubstituteNews,
} from '../../src/people/substitutes.ts';
import type { Database } from '../../src/store/database.ts';
import { eachDatabase } from '../support/database.ts';
import { aPerson, NOW, snapshotOf, syncInto } from './build.ts';

const DAY = 86_400_000;
const announcer = { publish: () => undefined };
const company = (gone: string[] = []) => ({
  departments: [],
  people: [aPerson('ann', { managers: ['max'] }), aPerson('bo'), aPerson('cy'), aPerson('max')].filter(
    ({ account }) => !gone.includes(account),
  ),
});

eachDatabase('who is away', (open) => {
  async function office() {
    const { database: db } = await open();
    await syncInto(db, company());
    return db;
  }
  const idIn = (directory: Directory, name: string) => directory.accounts.get(`sandbox/${name}`) ?? 0;
  interface Wish {
    from?: number;
    until?: number;
    templates?: string[] | null;
    now?: number;
  }
  const revoke = (db: Database, id: number, now: number) =>
    db.write((tx) => revokeSubstitute(tx, { id, now, announcer }));
  async function add(db: Database, who: string, to: string, wish: Wish = {}) {
    const directory = await snapshotOf(db);
    const { from = NOW, until = NOW + DAY, templates = null, now = NOW } = wish;
    const people = { personId: idIn(directory, who), to: idIn(directory, to), by: idIn(directory, who) };
    return db.write((tx) => addSubstitute(tx, { ...people, from, until, templates, now, directory, announcer }));
  }
  /** The field and its words, or that it went. */
  const tried = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        const [field] = error.refusal.fields ?? [];
        return field ? `${field.field}: ${field.zh}` : error.refusal.refused;
      },
    );
  const news = async (db: Database, now: number) => {
    const { people } = await snapshotOf(db);
    const taken = await db.write((tx) => takeSubstituteNews(tx, now));
    return taken.map(({ what, substitute: { personId, to } }) =>
      [people.get(personId)?.name, what, people.get(to)?.name].join(' '),
    );
  };

  it('代理: one that is made stands in the snapshot, one that is revoked does not', async () => {
    const db = await office();
    const before = (await snapshotOf(db)).revision;
    const { id } = await add(db, 'ann', 'bo', { templates: ['leave'] });
    const during = await snapshotOf(db);
    expect(during.revision).toBe(before + 1);
    const [ann, bo] = [idIn(during, 'ann'), idIn(during, 'bo')];
    expect(substituteOf(during, ann, 'leave', NOW)).toBe(bo);
    expect(substituteOf(during, ann, 'other', NOW)).toBeNull();
    await revoke(db, id, NOW + 1);
    const after = await snapshotOf(db);
    expect([after.revision, substituteOf(after, ann, 'leave', NOW + 1)]).toEqual([before + 2, null]);
    await revoke(db, id, NOW + 2);
    expect((await snapshotOf(db)).revision).toBe(before + 2);
    const list = await db.read((reader) => substitutesOf(reader, { personId: bo, limit: 10 }));
    expect(list).toEqual([
      { id, personId: ann, to: bo, from: NOW, until: NOW + DAY, templates: ['leave'], madeBy: ann, madeAt: NOW, revokedAt: NOW + 1 }, // prettier-ignore
    ]);
    expect(await db.read((reader) => substituteById(reader, id))).toEqual(list[0]);
    expect(await db.read((reader) => substituteById(reader, id + 1))).toBeNull();
  });

  it('代理: what can not be is refused, with the field and what to do instead', async () => {
    const db = await office();
    await add(db, 'ann', 'bo');
    expect(await tried(add(db, 'cy', 'cy'))).toContain('substitute: 不能让自己代理自己');
    expect(await tried(add(db, 'cy', 'max', { until: NOW }))).toContain('until: 结束时间要晚于开始时间');
    expect(await tried(add(db, 'cy', 'max', { now: NOW + DAY }))).toContain('until: 这段时间已经过去');
    expect(await tried(add(db, 'ann', 'cy', { from: NOW + DAY - 1, until: NOW + 2 * DAY }))).toContain('from: ');
    expect(await tried(add(db, 'ann', 'cy', { from: NOW + DAY - 1, until: NOW + 2 * DAY }))).toContain('已由bo代理');
    expect(await tried(add(db, 'cy', 'ann'))).toContain('substitute: ann在这段时间也不在');
    expect(await tried(add(db, 'bo', 'cy'))).toContain('bo在');
    expect(await tried(add(db, 'cy', 'nobody'))).toBe('unknown_person');
    // One after the other, and for different templates, there may be two.
    expect(await tried(add(db, 'ann', 'cy', { from: NOW + DAY, until: NOW + 2 * DAY }))).toBe('done');
    await add(db, 'max', 'bo', { templates: ['leave'] });
    expect(await tried(add(db, 'max', 'cy', { templates: ['repair'] }))).toBe('done');
    expect(await tried(add(db, 'max', 'cy', { templates: ['repair', 'leave'] }))).toContain('from: ');
  });

  it('代理: both are told of the start and of the end, each once', async () => {
    const db = await office();
    await add(db, 'ann', 'bo', { from: NOW + 10, until: NOW + 20 });
    expect(await news(db, NOW)).toEqual([]);
    expect(await news(db, NOW + 10)).toEqual(['ann began bo']);
    expect(await news(db, NOW + 11)).toEqual([]);
    expect(await news(db, NOW + 20)).toEqual(['ann over bo']);
    expect(await news(db, NOW + 21)).toEqual([]);
    expect((await snapshotOf(db)).substitutes.size).toBe(0);
  });

  it('代理: revoked after its start both hear of its end; before it, or when nobody looked, nobody hears anything', async () => {
    const db = await office();
    const { id } = await add(db, 'ann', 'bo');
    expect(await news(db, NOW)).toEqual(['ann began bo']);
    await revoke(db, id, NOW + 1);
    expect(await news(db, NOW + 1)).toEqual(['ann over bo']);
    const later = await add(db, 'ann', 'cy', { from: NOW + 50, until: NOW + 60 });
    await revoke(db, later.id, NOW + 2);
    await add(db, 'max', 'cy', { from: NOW + 50, until: NOW + 60 });
    expect(await news(db, NOW + 70)).toEqual([]);
    expect(await news(db, NOW + 70)).toEqual([]);
  });

  it('代理: two sweeps at once tell once', async () => {
    const db = await office();
    await add(db, 'ann', 'bo');
    const both = await Promise.all([news(db, NOW), news(db, NOW)]);
    expect(both.flat()).toEqual(['ann began bo']);
  });

  it('审批人离职: a successor is named, replaced and taken back', async () => {
    const db = await office();
    const name = async (of: string, to: string | null) => {
      const directory = await snapshotOf(db);
      const successor = to === null ? null : idIn(directory, to);
      const personId = idIn(directory, of);
      await nameSuccessor(db, { personId, successor, by: personId, now: NOW, directory, announcer });
      const after = await snapshotOf(db);
      return after.people.get(heirOf(after, personId) ?? 0)?.name;
    };
    expect(await name('ann', 'bo')).toBe('bo');
    expect(await name('ann', 'cy')).toBe('cy');
    expect(await name('ann', null)).toBe('max');
    expect(await tried(name('ann', 'ann'))).toContain('successor: 不能交接给本人');
    expect(await tried(name('ann', 'nobody'))).toBe('unknown_person');
    expect(await tried(name('nobody', 'ann'))).toBe('unknown_person');
  });

  it('审批人离职: who left since, and the sync that finds it raises the revision', async () => {
    const db = await office();
    const { accounts, revision } = await snapshotOf(db);
    await syncInto(db, company(['bo']), { now: NOW + 5 });
    await syncInto(db, company(['bo', 'ann']), { now: NOW + 9 });
    const after = await snapshotOf(db);
    expect(after.revision).toBe(revision + 2);
    const left = (since: number) => db.read((reader) => leftSince(reader, since));
    const [ann = 0, bo = 0] = ['ann', 'bo'].map((name) => accounts.get(`sandbox/${name}`));
    expect(await left(NOW)).toEqual([
      { personId: bo, leftAt: NOW + 5 },
      { personId: ann, leftAt: NOW + 9 },
    ]);
    expect(await left(NOW + 6)).toEqual([{ personId: ann, leftAt: NOW + 9 }]);
    await syncInto(db, company(['bo']), { now: NOW + 12 });
    expect(await left(NOW + 6)).toEqual([]);
    // Whom they were led by is still known: their work goes there.
    await syncInto(db, company(['ann']), { now: NOW + 20 });
    const last = await snapshotOf(db);
    expect(last.people.get(heirOf(last, ann) ?? 0)?.name).toBe('max');
  });
});
