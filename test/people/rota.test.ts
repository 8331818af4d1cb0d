/** Rotas as they are stored: seeded by name, held by person, changed in versions, and read at a moment. */
import { expect, it } from '@jest/globals';
import type { Directory } from '../../src/flow/directory.ts';
import { resolve } from '../../src/flow/resolve.ts';
import { rotasIn, seedRotas, setRota, settleRotas } from '../../src/people/rota.ts';
import type { Rota } from '../../src/worktime/rota.ts';
import { eachDatabase } from '../support/database.ts';
import { aPerson, NOW, snapshotOf, syncInto } from './build.ts';

const WEEK = 7 * 86_400_000;
const announcer = { publish: () => undefined };
const inTurn = (...members: string[]): Rota<string> => ({
  name: '网络值班',
  pattern: { kind: 'rotation', members, days: 7, from: '2026-03-02', handover: 0 },
  changes: [{ from: '2026-03-04', to: '2026-03-04', members: ['bo'], instead: 'sandbox/ann' }],
});
const company = (...accounts: string[]) => ({
  departments: [],
  people: accounts.map((account, i) => aPerson(account, { unionId: `u${i}` })),
});

eachDatabase('rotas', (open) => {
  const onDuty = (directory: Directory, at: number) => {
    const around = { requesterId: 0, assigneeId: null, ticket: null, values: {}, now: at, scope: () => ({}) };
    const { people } = resolve({ kind: 'duty', rota: '网络值班' }, { directory, ...around });
    return people.map((id) => directory.people.get(id)?.name);
  };

  it('are seeded once; a turn of somebody unknown keeps its place until they are known', async () => {
    const { database: db } = await open();
    expect(await seedRotas(db, [inTurn('sandbox/ann', 'plant/song', 'bo')])).toBe(1);
    expect(await seedRotas(db, [inTurn('sandbox/ann')])).toBe(0);
    await syncInto(db, company('ann', 'bo'));
    const first = await snapshotOf(db);
    expect([0, 1, 2, 3].map((week) => onDuty(first, NOW + week * WEEK))).toEqual([['ann'], [], ['bo'], ['ann']]);
    // The change stands in for one day.
    expect(onDuty(first, NOW + 2 * 86_400_000)).toEqual(['bo']);
    await syncInto(db, { departments: [], people: [aPerson('song')] }, { workspaceId: 'plant' });
    expect(onDuty(await snapshotOf(db), NOW + WEEK)).toEqual(['song']);
  });

  it('follow the person, not the account, once it has found them', async () => {
    const { database: db } = await open();
    await seedRotas(db, [inTurn('sandbox/ann', 'bo')]);
    await syncInto(db, company('ann', 'bo'));
    const before = await snapshotOf(db);
    expect(await settleRotas(db, before)).toBe(1);
    expect(await settleRotas(db, before)).toBe(0);
    expect((await snapshotOf(db)).revision).toBe(before.revision);
    const [ann, bo] = ['ann', 'bo'].map((name) => before.accounts.get(`sandbox/${name}`));
    expect((await db.read(rotasIn))[0]).toMatchObject({
      pattern: { members: [ann, bo] },
      changes: [{ members: [bo], instead: ann }],
    });
    await syncInto(db, company('anna', 'bo'));
    expect(onDuty(await snapshotOf(db), NOW)).toEqual(['anna']);
  });

  it('a name that fits two people means neither', async () => {
    const { database: db } = await open();
    await seedRotas(db, [inTurn('ann')]);
    await syncInto(db, company('ann'));
    await syncInto(db, { departments: [], people: [aPerson('ann', { unionId: 'x' })] }, { workspaceId: 'plant' });
    const directory = await snapshotOf(db);
    expect([onDuty(directory, NOW), await settleRotas(db, directory)]).toEqual([[], 0]);
  });

  it('are replaced as a new version, which raises the revision; strangers are refused', async () => {
    const { database: db } = await open();
    await syncInto(db, company('ann', 'bo'));
    const directory = await snapshotOf(db);
    const bo = directory.accounts.get('sandbox/bo') ?? 0;
    const rota: Rota<number> = {
      name: '网络值班',
      pattern: { kind: 'weekly', turns: [{ weekdays: [0], from: 0, to: 720, members: [bo] }] },
      changes: [],
    };
    await setRota(db, { rota, directory, announcer });
    await setRota(db, { rota, directory, announcer });
    const after = await snapshotOf(db);
    expect([after.revision, onDuty(after, NOW), onDuty(after, NOW + 86_400_000)]).toEqual([
      directory.revision + 2,
      ['bo'],
      [],
    ]);
    const versions = await db.read((reader) => reader.rows("SELECT version FROM setting WHERE kind = 'rota'"));
    expect(versions).toHaveLength(2);
    const stranger: Rota<number> = { ...rota, changes: [{ from: '2026-03-02', to: '2026-03-02', members: [9_999] }] };
    await expect(setRota(db, { rota: stranger, directory, announcer })).rejects.toThrow('unknown_person');
  });
});
