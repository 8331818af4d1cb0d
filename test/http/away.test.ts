/** approval-semantics, 代理 and 审批人离职, over the API: named, listed, revoked, told of; who is on duty. */
import { beforeAll, expect, it } from '@jest/globals';
import { makeSubstituteNews } from '../../src/automation/substitutes.ts';
import { heirOf } from '../../src/flow/heir.ts';
import { substituteOf } from '../../src/flow/substitute.ts';
import { eachSite, type Site } from '../support/site.ts';

const HOUR = 3_600_000;

eachSite('who acts for whom', (start) => {
  let site: Site;
  beforeAll(async () => {
    site = await start();
  });
  const id = (account: string) => site.office.id(account);
  const period = () => ({ from: site.office.clock(), until: site.office.clock() + HOUR });
  const problemOf = ({ status, body }: { status: number; body: unknown }) => {
    const { detail, fields } = body as { detail: string; fields?: { field: string; text: string }[] };
    return [status, fields?.[0]?.field ?? detail];
  };

  it('a person names who stands in for them, sees it, and takes it back', async () => {
    const me = site.as('wangxiao');
    const { status, body } = await me('addSubstitute', {
      body: { substitute: id('hanmei'), ...period(), templates: ['it-repair'] },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ person: { name: '王晓' }, madeBy: { name: '王晓' }, inForce: true, revokedAt: null },
      ...{ substitute: { id: id('hanmei') }, templates: ['it-repair'] },
    });
    const directory = () => site.office.people.current();
    expect(substituteOf(directory(), id('wangxiao'), 'it-repair', site.office.clock())).toBe(id('hanmei'));
    expect((await site.as('hanmei')('substitutes')).body.substitutes).toEqual([body]);
    expect((await me('substitutes', { query: { person: id('hanmei') } })).status).toBe(403);
    expect((await me('substitutes', { query: { state: 'current' } })).body.substitutes).toEqual([body]);
    expect((await site.as('luoyi')('substitutes')).body.substitutes).toEqual([]);
    expect((await site.as('wugang')('substitutes', { query: { person: 'all' } })).body.substitutes).toEqual([body]);

    // The substitute can't end it, and can't tell it from one that is not there.
    expect((await site.as('hanmei')('revokeSubstitute', { params: { id: body.id } })).status).toBe(404);
    expect((await me('revokeSubstitute', { params: { id: body.id } })).status).toBe(204);
    expect(substituteOf(directory(), id('wangxiao'), 'it-repair', site.office.clock())).toBeNull();
    expect((await me('substitutes', { query: { state: 'current' } })).body.substitutes).toEqual([]);
    expect((await me('substitutes')).body.substitutes).toEqual([
      { ...body, inForce: false, revokedAt: site.office.clock() },
    ]);
  });

  it('for others an admin does it; what can not be is said at the field, in the reader’s language', async () => {
    const admin = site.as('wugang');
    const body = { person: id('luoyi'), substitute: id('hanmei'), ...period() };
    expect((await site.as('wangxiao')('addSubstitute', { body })).status).toBe(403);
    expect((await admin('addSubstitute', { body })).status).toBe(201);
    expect(problemOf(await admin('addSubstitute', { body }))).toEqual([400, 'from']);
    expect(problemOf(await admin('addSubstitute', { body: { ...body, substitute: id('luoyi') } }))).toEqual([
      400,
      'substitute',
    ]);
    const english = await admin('addSubstitute', {
      body: { ...body, until: body.from },
      headers: { 'accept-language': 'en' },
    });
    expect(english.body).toMatchObject({
      fields: [{ field: 'until', text: expect.stringContaining('after the start') }],
    });
    const unknown = await admin('addSubstitute', { body: { ...body, templates: ['nothing'] } });
    expect(unknown.status).toBe(404);
    const nobody = await admin('addSubstitute', { body: { ...body, substitute: 99_999 } });
    expect(nobody.status).toBe(422);
  });

  it('both are told in the outbox, each once', async () => {
    const { db, clock, people, count, pass } = site.office;
    const before = await count('outbox');
    const told = makeSubstituteNews({ db, clock, directory: people.current, wake: () => undefined });
    expect([await told(), await told()]).toEqual([2, 0]);
    pass(HOUR);
    expect([await told(), await told()]).toEqual([2, 0]);
    expect((await count('outbox')) - before).toBe(4);
  });

  it('an admin names who takes over from somebody', async () => {
    const admin = site.as('wugang');
    const to = (successor: number | null) =>
      admin('nameSuccessor', { params: { id: id('wangxiao') }, body: { successor } });
    expect((await to(id('luoyi'))).status).toBe(204);
    expect(heirOf(site.office.people.current(), id('wangxiao'))).toBe(id('luoyi'));
    expect(problemOf(await to(id('wangxiao')))).toEqual([400, 'successor']);
    expect((await to(null)).status).toBe(204);
    expect(heirOf(site.office.people.current(), id('wangxiao'))).not.toBe(id('luoyi'));
  });

  it('a rota is made by an admin, and everybody sees who is on duty', async () => {
    const rota = {
      name: '值班',
      pattern: { kind: 'rotation', members: [id('luoyi'), id('hanmei')], days: 7, from: '2026-11-23', handover: 0 },
      changes: [{ from: '2026-11-23', to: '2026-11-23', members: [id('hanmei')], instead: id('luoyi') }],
    };
    const { status, body } = await site.as('wugang')('setRota', { body: rota });
    expect([status, body.onDuty.map(({ id: person }) => person)]).toEqual([200, [id('hanmei')]]);
    expect((await site.as('wangxiao')('rotas')).body.rotas).toEqual([body]);
    const bad = { ...rota, pattern: { ...rota.pattern, from: '2026-02-30' } };
    expect((await site.as('wugang')('setRota', { body: bad })).status).toBe(400);
  });
});
