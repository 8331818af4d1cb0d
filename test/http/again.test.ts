/** 再次提交 over the API: what was withdrawn or refused is filed once more, in its place. `approval-semantics.md`, withdraw. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeTimers } from '../../src/automation/timers.ts';
import type { Values } from '../../src/form/field.ts';
import { makeErrands } from '../../src/ticket/errands.ts';
import { aRepair } from '../support/office.ts';
import { type Answered, eachSite, type Site } from '../support/site.ts';

const LEAVE = (form: string, who = '') => `template: leave
name: 请假${who}
form: [ { id: title, type: text, label: 事由, required: true }, ${form} ]
flow: [ { id: boss, approve: 主管审批, approver: { user: hejing } } ]
`;
const OLD = `{ id: days, type: number, label: 天数, max: 20 }, { id: kind, type: radio, label: 类型, options: [年假, 病假] },
  { id: memo, type: text, label: 备注 }, { id: double, type: number, label: 双倍, formula: form.days * 2 }, { id: proof, type: attachment, label: 证明 }`;

eachSite('filing again', (start) => {
  let site: Site;
  let sweep: () => Promise<number>;
  beforeAll(async () => {
    site = await start();
    const { db, clock, log, tickets, templates, people } = site.office;
    sweep = makeTimers({
      db,
      clock,
      log,
      tickets,
      errands: makeErrands({ tickets, templates, directory: people.current }),
    });
    await site.office.templates.publish(LEAVE(OLD), null, 'test');
  });

  const file = async (values: Values = {}, by = 'wangxiao', more: object = {}) => {
    const body = { template: 'leave', values: { title: '探亲', ...values }, ...more };
    const { body: receipt } = await site.as(by)('fileTicket', { body });
    return receipt;
  };
  const withdraw = async (id: number, by = 'wangxiao') => {
    const { status } = await site.as(by)('act', { params: { id }, body: { act: 'withdraw', comment: '' } });
    expect(status).toBe(200);
  };
  const again = (id: number, by = 'wangxiao') => site.as(by)('again', { params: { id } });
  const fileAgain = (id: number, values: Values, by = 'wangxiao', more: object = {}) =>
    site.as(by)('fileTicket', { body: { template: 'leave', values, follows: id, ...more } });
  const told = async (asked: Promise<Answered<unknown>>, locale = 'zh-CN'): Promise<string> => {
    const { body } = (await asked) as Answered<{ code: string; detail: string }>;
    return locale === 'zh-CN' ? `${body.code}: ${body.detail}` : body.detail;
  };
  const valuesIn = (form: { fields: readonly { id: string; value: unknown }[] }) =>
    Object.fromEntries(form.fields.map(({ id, value }) => [id, value]));
  const whole = async (id: number, by = 'wangxiao') => (await site.as(by)('ticket', { params: { id } })).body;

  it('the form is filled in from the old ticket, and both tickets name each other', async () => {
    const { id, number } = await file({ days: 3, kind: '年假', memo: '高铁' });
    expect((await whole(id)).possible.again).toBe(false);
    await withdraw(id);
    expect((await whole(id)).possible.again).toBe(true);
    expect((await whole(id, 'hejing')).possible.again).toBe(false);
    const { body, status } = await again(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ template: { key: 'leave' }, requester: { name: '王晓' }, follows: { id, number } });
    expect(valuesIn(body.form)).toEqual({ title: '探亲', days: 3, kind: '年假', memo: '高铁', double: 6, proof: [] });
    const changed = await site.as('wangxiao')('againFormState', { params: { id }, body: { values: { days: 4 } } });
    expect(valuesIn(changed.body)).toMatchObject({ title: '探亲', days: 4, double: 8 });

    const filed = await fileAgain(id, { title: '探亲', days: 4 });
    expect(filed.status).toBe(201);
    await sweep();
    const [before, after] = [await whole(id), await whole(filed.body.id)];
    expect(after.related).toEqual([{ id, text: `接续 ${number}` }]);
    expect(before.related).toEqual([{ id: filed.body.id, text: `已再次提交为 ${filed.body.number}` }]);
    expect(before.stands).toBe(`已撤回，已再次提交为 ${filed.body.number}。`);
    expect(before.possible.again).toBe(false);
  });

  it('a refused ticket as well', async () => {
    const { id } = await file({ kind: '病假' });
    const task = (await whole(id, 'hejing')).possible.tasks[0]?.n;
    const no = { act: 'refuse', task, comment: '先排班' };
    expect((await site.as('hejing')('act', { params: { id }, body: no })).body).toMatchObject({ status: 'refused' });
    expect((await whole(id)).possible.again).toBe(true);
    expect(valuesIn((await again(id)).body.form)).toMatchObject({ kind: '病假' });
  });

  it('once: the one in its place is named, and can be filed again in turn', async () => {
    const { id, number } = await file();
    await withdraw(id);
    const headers = { 'idempotency-key': `again-${id}` };
    const body = { template: 'leave', values: { title: '探亲' }, follows: id };
    const twice = await Promise.all([1, 2].map(() => site.as('wangxiao')('fileTicket', { body, headers })));
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect(twice[0]?.body).toEqual(twice[1]?.body);
    const second = twice[0]?.body ?? { id: 0, number: '' };
    const words = `filed_again_already: 工单 ${number} 已经再次提交为 ${second.number}，请看那一张；它结束后，可以从它再次提交。`;
    expect(await told(again(id))).toBe(words);
    expect(await told(fileAgain(id, { title: '探亲' }))).toBe(words);
    await sweep();
    expect(await told(again(id))).toBe(words);
    await withdraw(second.id);
    expect((await fileAgain(second.id, { title: '探亲' })).status).toBe(201);
  });

  it('keeps the files: the new ticket has its own', async () => {
    const upload = async (name: string) => {
      const form = new FormData();
      form.set('file', new Blob([name]), name);
      return (await site.as('wangxiao')('upload', { body: form })).body.id;
    };
    const files = [await upload('a.txt'), await upload('b.txt')];
    const { id } = await file({ proof: files });
    await withdraw(id);
    const { form } = (await again(id)).body;
    expect(valuesIn(form)['proof']).toEqual(files);
    expect(form.files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    const fresh = await upload('c.txt');
    const second = (await fileAgain(id, { title: '探亲', proof: [files[1] ?? 0, fresh] })).body;
    const now = await whole(second.id);
    expect(now.attachments.map(({ name }) => name).sort()).toEqual(['b.txt', 'c.txt']);
    const copy = now.attachments.find(({ name }) => name === 'b.txt')?.id ?? 0;
    expect(files).not.toContain(copy);
    expect(now.fields.find((field) => field.id === 'proof')?.value).toEqual([copy, fresh]);
    expect((await site.as('hejing')('download', { params: { id: copy } })).body).toBe('b.txt');
    expect((await whole(id)).attachments.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    // Files of a ticket that is not followed stay out of reach.
    const other = await file({ proof: [await upload('d.txt')] });
    await withdraw(other.id);
    expect((await fileAgain(other.id, { title: 'x', proof: [files[0] ?? 0] })).status).toBe(400);
  });

  it('only what the published version still has and takes', async () => {
    const { id } = await file({ days: 15, kind: '年假', memo: '高铁' });
    await withdraw(id);
    const form = `{ id: days, type: number, label: 天数, max: 10 }, { id: kind, type: text, label: 类型 }, { id: memo, type: text, label: 备注 }, { id: city, type: text, label: 城市, default: 上海 }`;
    await site.office.templates.publish(LEAVE(form), null, 'test');
    const { body } = await again(id);
    expect(body.template.version).toBeGreaterThan(1);
    expect(valuesIn(body.form)).toEqual({ title: '探亲', days: null, kind: '', memo: '高铁', city: '上海' });
    expect(body.form.problems).toEqual([]);
    await site.office.templates.publish(LEAVE(OLD), null, 'test');
  });

  it('by the filer for the requester, and by the requester of what was filed for them', async () => {
    const requester = site.office.id('luoyi');
    for (const by of ['wugang', 'luoyi']) {
      const { id } = await file({}, 'wugang', { requester });
      await withdraw(id, by);
      expect((await again(id, by)).body.requester.name).toBe('罗毅');
      const filed = await fileAgain(id, { title: '探亲' }, by);
      expect(filed.status).toBe(201);
      expect(await site.office.ticket(filed.body.id)).toMatchObject({
        requesterId: requester,
        filerId: site.office.id(by),
      });
      const { id: other } = await file({}, 'wugang', { requester });
      await withdraw(other, 'wugang');
      const own = { requester: site.office.id('wugang') };
      expect(await told(fileAgain(other, { title: 'x' }, 'wugang', own))).toMatch(/^not_your_ticket: 只有提报人/);
    }
  });

  describe('is refused in words', () => {
    it('while it is not over', async () => {
      const { id, number } = await file();
      expect(await told(again(id))).toBe(
        `not_over: 工单 ${number} 还没有结束，不能再次提交。要改内容可以补充说明，或先撤回；想再次提交别的工单，请带上它的编号。`,
      );
      const english = site.as('wangxiao')('again', { params: { id }, headers: { 'accept-language': 'en' } });
      expect(await told(english, 'en')).toBe(
        `Ticket ${number} is not over, so it can’t be filed again. Add a comment or withdraw it first; for another ticket, say its number.`,
      );
      expect(await told(fileAgain(id, { title: 'x' }))).toMatch(/^not_over/);
    });

    it('by others, and to strangers it does not exist', async () => {
      const { id } = await file();
      await withdraw(id);
      expect(await told(again(id, 'hejing'))).toMatch(/^not_your_ticket: 只有提报人或代提的人可以再次提交工单 /);
      expect(await told(again(id, 'chenwei'))).toMatch(/^ticket_not_found/);
    });

    it('where the template is out of use, or not theirs any more', async () => {
      const { id } = await file();
      await withdraw(id);
      await site.office.templates.publish(
        LEAVE(OLD).replace('form:', 'filing: { who: { user: luoyi } }\nform:'),
        null,
        'test',
      );
      expect(await told(again(id))).toBe('not_allowed: 您没有权限提交「请假」。需要的话，请联系管理员开通。');
      expect(await told(fileAgain(id, { title: 'x' }))).toMatch(/^not_allowed/);
      await site.office.templates.publish(LEAVE(OLD), null, 'test');
      const { db, templates } = site.office;
      const published = (sql: string) => db.write((tx) => tx.run(sql, []));
      await published("UPDATE template SET published_version = NULL WHERE template_key = 'leave'");
      await templates.refresh();
      expect(await told(again(id))).toMatch(/^template_not_found: 没有找到流程「请假」，可能已停用。/);
    });
  });

  it('what was merged goes on elsewhere', async () => {
    const [from, into] = [await site.office.file('wangxiao'), await site.office.file('wangxiao', aRepair)];
    const body = { act: 'merge', other: into.number };
    await site.as('wugang')('act', { params: { id: from.ticketId }, body });
    expect(await told(again(from.ticketId))).toMatch(/^merged_elsewhere: /);
  });
});
