/** 代提 over the API: whose form it is, who may be picked, and whose right is missing. `approval-semantics.md`, last section (S14, S15). */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { setRole } from '../../src/people/role.ts';
import { RIGHTS, SYSTEM_ROLES } from '../../src/ticket/permission.ts';
import { aRepair } from '../support/office.ts';
import { type Answered, eachSite, type Site } from '../support/site.ts';

/** The requester's name by default, a line for the market department alone, and the requester's own head to be picked. */
const TRIP = `template: trip
name: 出差
filing: { who: [ { department: 市场部 }, { department: 研发部 } ], limit: 2 per day }
form:
  - { id: title, type: text, label: 事由, required: true }
  - { id: who, type: person, label: 出差人, default: =requester }
  - { id: fair, type: text, label: 展会, visible: requester.department == "市场部" }
flow:
  - { id: boss, approve: 审批, approver: { requester_picks: { manager: requester }, max: 1 } }
`;

eachSite('filing for somebody else', (start) => {
  let site: Site;
  const id = (account: string) => site.office.id(account);
  beforeAll(async () => {
    site = await start();
    const { db, people, cache: announcer, templates } = site.office;
    const seat = (name: string, ...accounts: string[]) =>
      setRole(db, {
        ...{ name, directory: people.current(), announcer },
        members: { people: accounts.map(id), departments: [] },
      });
    await seat(SYSTEM_ROLES.dispatcher, 'zhengjie');
    await seat(SYSTEM_ROLES.manager, 'zhangwei', 'liqiang');
    await people.refresh();
    const { findings } = await templates.publish(TRIP, null, 'test');
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  const form = (by: string, requester?: string) =>
    site.as(by)('templateForm', {
      params: { key: 'trip' },
      query: requester === undefined ? {} : { requester: id(requester) },
    });
  const told = async (asked: Promise<Answered<unknown>>): Promise<string> => {
    const { status, body } = (await asked) as Answered<{ code: string; detail: string }>;
    return `${status} ${body.code}: ${body.detail}`;
  };
  const file = (by: string, requester: string, values: object = {}) =>
    site.as(by)('fileTicket', {
      body: { template: 'it-repair', values: { ...aRepair, ...values }, requester: id(requester) },
    });

  it('the form is the requester’s: defaults, what it shows, who may be picked', async () => {
    const seen = async (by: string, requester?: string) => {
      const { body } = await form(by, requester);
      const of = (name: string) => body.form.fields.find((field) => field.id === name);
      return [of('who')?.value, of('fair')?.visible, of('picks_boss')?.options.map(({ label }) => label)];
    };
    expect(await seen('zhengjie', 'zhuting')).toEqual([id('zhuting'), false, ['李强']]);
    expect(await seen('zhengjie', 'zhangwei')).toEqual([id('zhangwei'), true, ['周明']]);
    const asked = site.as('zhengjie')('templateFormState', {
      params: { key: 'trip' },
      query: { requester: id('zhangwei') },
      body: { values: { fair: '广交会' } },
    });
    expect((await asked).body.fields.find((field) => field.id === 'fair')).toMatchObject({ value: '广交会' });
  });

  it('only those who may be filed for are found', async () => {
    const found = async (by: string, q: string) => {
      const { body } = await site.as(by)('people', { query: { q, of: 'requesters', limit: 50 } });
      return body.people.map(({ name }) => name);
    };
    expect(RIGHTS.manager['ticket.file_for_others']).toBe('department');
    // Below a head; an ordinary person only themselves; a dispatcher and an admin everybody.
    expect(await found('liqiang', '')).toEqual(expect.arrayContaining(['李强', '朱婷', '谢斌']));
    expect(await found('liqiang', '王晓')).toEqual([]);
    expect(await found('wangxiao', '')).toEqual(['王晓']);
    expect(await found('zhengjie', '朱婷')).toEqual(['朱婷']);
    expect(await found('wugang', '王晓')).toEqual(['王晓']);
    expect((await site.as('wangxiao')('people', { query: { q: '朱婷' } })).body.people).toHaveLength(1);
  });

  it('who files and for whom is kept, and both see it', async () => {
    const { status, body } = await file('zhengjie', 'zhuting');
    expect(status).toBe(201);
    const ticket = await site.office.ticket(body.id);
    expect(ticket).toMatchObject({ requesterId: id('zhuting'), filerId: id('zhengjie') });
    for (const who of ['zhuting', 'zhengjie']) {
      const seen = (await site.as(who)('ticket', { params: { id: body.id } })).body;
      expect([seen.requester.name, seen.filer.name]).toEqual(['朱婷', '郑洁']);
      expect(seen.timeline[0]?.text).toBe('郑洁 代 朱婷 提交了工单');
    }
  });

  describe('is refused in words', () => {
    it.each([
      ['wangxiao', 'zhuting', '您没有权限为朱婷代提。请朱婷自己提交；经常需要代提的话，请联系管理员开通。'],
      ['liqiang', 'wangxiao', '您只能为自己主管的部门代提，王晓不在其中。请王晓自己提交，或联系管理员。'],
    ])('%s has no right to for %s', async (by, requester, words) => {
      expect(await told(file(by, requester))).toBe(`403 not_allowed: ${words}`);
      expect(await told(form(by, requester))).toBe(`403 not_allowed: ${words}`);
      const state = { params: { key: 'trip' }, query: { requester: id(requester) }, body: { values: {} } };
      expect(await told(site.as(by)('templateFormState', state))).toBe(`403 not_allowed: ${words}`);
    });

    it('the requester may not file it themselves', async () => {
      expect(await told(form('zhengjie', 'hanmei'))).toBe(
        '403 not_allowed: 韩梅没有权限提交「出差」，不能代提。需要的话，请联系管理员开通。',
      );
      expect(await told(form('zhengjie'))).toBe(
        '403 not_allowed: 您没有权限提交「出差」。需要的话，请联系管理员开通。',
      );
      const body = { template: 'trip', values: { title: 'x' }, requester: id('hanmei') };
      expect(await told(site.as('zhengjie')('fileTicket', { body }))).toMatch(/^403 not_allowed: 韩梅没有权限提交/);
    });

    it('the requester has filed too many', async () => {
      const body = {
        template: 'trip',
        values: { title: '展会', picks_boss: [id('zhouming')] },
        requester: id('zhangwei'),
      };
      const ask = () => site.as('zhengjie')('fileTicket', { body });
      expect([(await ask()).status, (await ask()).status]).toEqual([201, 201]);
      expect(await told(ask())).toMatch(/^429 filing_limit: 张伟今天提交的「出差」已到上限/);
    });

    it('the requester left, or is nobody', async () => {
      await site.office.db.write((tx) => tx.run("UPDATE person SET state = 'left' WHERE id = ?", [id('xiebin')]));
      await site.office.people.refresh();
      expect(await told(form('zhengjie', 'xiebin'))).toMatch(/^422 unknown_person: 通讯录里没有找到「谢斌」，或已离职/);
      const nobody = site.as('zhengjie')('templateForm', { params: { key: 'trip' }, query: { requester: 99_999 } });
      expect(await told(nobody)).toMatch(/^422 unknown_person/);
    });
  });
});
