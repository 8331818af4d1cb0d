/** An admin says who is one person on two platforms (issue 3, Build 6), and sees who is reached under which accounts. */
import { beforeAll, expect, it } from '@jest/globals';
import { syncDirectory } from '../../src/people/sync.ts';
import { aPerson, box } from '../people/build.ts';
import { aRepair } from '../support/office.ts';
import { eachSite, type Site } from '../support/site.ts';

eachSite('people of two platforms', (start) => {
  let site: Site;
  beforeAll(async () => {
    site = await start();
    const people = ['ding-luyi', 'ding-hanmei'].map((account) => aPerson(account, { name: `钉钉${account}` }));
    const context = { workspaceId: 'plant', now: site.office.clock(), box };
    await site.office.db.write((tx) => syncDirectory(tx, { departments: [], people }, context));
    await site.office.people.refresh();
  });
  const body = { from: 'plant/Ding-Luyi', into: 'sandbox/luoyi' };
  const found = async (q: string) => (await site.as('wugang')('people', { query: { q } })).body.people;

  it('linked, seen by whoever may link them, and taken apart again', async () => {
    const admin = site.as('wugang');
    const luoyi = site.office.id('luoyi');
    const linked = await admin('linkPeople', { body });
    expect(linked.body).toMatchObject({ id: luoyi, name: '罗毅', accounts: ['sandbox/luoyi', 'plant/ding-luyi'] });
    expect(await found('罗毅')).toEqual([linked.body]);
    expect(await found('钉钉ding-luyi')).toEqual([]);
    expect((await admin('linkPeople', { body })).body).toEqual(linked.body);

    const [toOthers] = (await site.as('wangxiao')('people', { query: { q: '罗毅' } })).body.people;
    expect(toOthers).toMatchObject({ name: '罗毅' });
    expect(toOthers).not.toHaveProperty('accounts');

    const apart = await admin('unlinkPeople', { body });
    expect(apart.body).toMatchObject({ name: '钉钉ding-luyi', accounts: ['plant/ding-luyi'] });
    expect((await found('罗毅'))[0]?.accounts).toEqual(['sandbox/luoyi']);
  });

  it('what does not go is said in words that help', async () => {
    const ask = async (route: 'linkPeople' | 'unlinkPeople', of: object) => {
      const { status, body: problem } = await site.as('wugang')(route, { body: of });
      const { code, detail } = problem as unknown as { code: string; detail: string };
      return [status, code, detail];
    };
    expect(await ask('unlinkPeople', body)).toEqual([409, 'not_now', expect.stringContaining('无需拆开')]);
    expect(await ask('linkPeople', { ...body, into: 'plant/ding-hanmei' })).toEqual([
      409,
      'not_now',
      expect.stringContaining('同一个平台'),
    ]);
    expect(await ask('linkPeople', { ...body, into: 'hq/nobody' })).toEqual([
      422,
      'unknown_person',
      expect.stringContaining('hq/nobody'),
    ]);
    expect(await ask('linkPeople', { ...body, into: 'nobody' })).toEqual([
      400,
      'bad_input',
      expect.stringContaining('into'),
    ]);
  });

  it('not while the one has a ticket that runs', async () => {
    const file = { template: 'it-repair', values: aRepair };
    expect((await site.as('hanmei')('fileTicket', { body: file })).status).toBe(201);
    const { status, body: problem } = await site.as('wugang')('linkPeople', {
      body: { from: 'sandbox/hanmei', into: 'plant/ding-hanmei' },
    });
    expect([status, (problem as unknown as { detail: string }).detail]).toEqual([
      409,
      expect.stringContaining('没办完'),
    ]);
    expect(
      (await site.as('wugang')('linkPeople', { body: { from: 'plant/ding-hanmei', into: 'sandbox/hanmei' } })).status,
    ).toBe(200);
  });
});
