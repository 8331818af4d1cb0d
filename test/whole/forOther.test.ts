/**
 * 代提 in the chats of both platforms, on the wire: the form is opened by word, its card says for whom, the requester is
 * told, and both cards say who filed it and stand where the ticket stands. `approval-semantics.md`, last section (S15).
 */
import { beforeAll, expect, it } from '@jest/globals';
import { cardWords } from '../support/cardWords.ts';
import { keyOf } from '../support/cardPress.ts';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const LEAVE = `template: leave
name: 请假
keywords: [请假]
number: LV-{seq:4}
form:
  - { id: title, type: text, label: 事由, required: true }
  - { id: kind, type: radio, label: 类型, options: [年假, 病假], required: true }
  - { id: who, type: person, label: 请假人, default: =requester, readonly: true }
flow: [ { id: boss, approve: 主管审批, approver: { user: sandbox/hejing } } ]
`;

eachService('Filing for somebody else in a chat', (start) => {
  let running: Running;
  let ahead = 0;
  beforeAll(async () => {
    running = await start({
      admins: ['sandbox/wugang', 'sandbox-dingtalk/ding-luhao'],
      clock: () => Date.now() + ahead,
    });
    const { findings, published } = await running.service.app.templates.publish(LEAVE, null, 'test');
    expect([published === null, findings.filter(({ severity }) => severity === 'error')]).toEqual([false, []]);
  });

  const soon = <T>(look: () => Promise<T>): Promise<T> =>
    eventually(async () => {
      ahead += 500;
      await running.settled();
      return look();
    });
  const cardOf = (who: string, title: string) =>
    soon(() => running.as(who).find(`a card of ${who} about ${title}`, (one) => cardWords(one)?.title === title));
  const newest = async (): Promise<string> => {
    const rows = await running.service.app.db.read((reader) =>
      reader.rows<{ number: string }>('SELECT number FROM ticket ORDER BY id DESC LIMIT 1'),
    );
    return rows[0]?.number ?? '';
  };
  const told = (who: string, words: string) =>
    soon(() =>
      running
        .as(who)
        .find(words, ({ from, text, actionCard }) => from === 'app' && `${text} ${actionCard?.text}`.includes(words)),
    );

  // The filer on either platform, the requester on the same and on the other one.
  it.each([
    ['wugang', '吴刚', '王晓', 'wangxiao'],
    ['wugang', '吴刚', '方敏', 'ding-fangmin'],
    ['ding-luhao', '陆浩', '蔡梅', 'ding-caimei'],
    ['ding-luhao', '陆浩', '罗毅', 'luoyi'],
  ])('%s files for %s %s', async (filer, filerName, name, requester) => {
    const title = `探亲${requester}`;
    await running.as(filer).say(`代提 ${name} 请假 年假 ${title}`);
    const form = await cardOf(filer, title);
    expect(cardWords(form)?.facts).toMatchObject({ 提报人: name });
    const key = keyOf(form, '提交') ?? '';
    if (form.interactive) await running.as(filer).press('提交');
    else await running.as(filer).click({ messageId: form.id, key });
    const number = await soon(newest);
    const ticket = await ticketOf(running, number);
    expect(ticket).toMatchObject({ requesterId: running.id(requester), filerId: running.id(filer) });
    expect(ticket.values['form']?.['who']).toBe(running.id(requester));

    // Both are shown who asks and who filed; the form's card has become the ticket's.
    const theirs = await cardOf(requester, title);
    expect(cardWords(theirs)).toMatchObject({ emphasis: '审批中', facts: { 代提人: filerName, 审批人: '何静' } });
    await soon(async () => {
      const mine = (await running.as(filer).messages()).find(({ id }) => id === form.id);
      expect(mine && cardWords(mine)).toMatchObject({ emphasis: '审批中', facts: { 提报人: name, 代提人: filerName } });
    });
    const boss = await cardOf('hejing', title);
    expect(cardWords(boss)?.facts).toMatchObject({ 提报人: name, 代提人: filerName });

    // Refused: both cards say so; only one ticket's card each.
    const task = ticket.tasks[0]?.n;
    const path = `/api/v1/tickets/${ticket.id}/acts`;
    expect((await running.api('hejing', 'POST', path, { act: 'refuse', task, comment: '先排班' })).status).toBe(200);
    for (const who of [requester, filer])
      await soon(async () => {
        const seen = (await running.as(who).messages()).filter((one) => cardWords(one)?.title === title);
        expect(seen.map((one) => cardWords(one)?.body.slice(0, 6))).toEqual(['申请没有通过']);
      });
  });

  it.each([
    ['zhengjie', '王晓'],
    ['ding-dongfei', '方敏'],
  ])('whoever has no right to is told what to do: %s', async (who, name) => {
    await running.as(who).say(`代提 ${name} 请假 探亲`);
    await told(who, '您没有权限代别人提单。请对方自己提交；经常需要代提的话，请联系管理员开通。');
  });

  it('filed by word, the filer hears that it is, and who is told', async () => {
    await running.as('wugang').say('代提 朱婷 请假 病假 复诊');
    await cardOf('wugang', '复诊');
    await running.as('wugang').say('提交');
    const number = await soon(newest);
    await told('wugang', `已为朱婷提交 ${number}「复诊」，进展会告诉朱婷；您想看时发编号。`);
    expect(cardWords(await cardOf('zhuting', '复诊'))?.facts).toMatchObject({ 代提人: '吴刚' });
    // Only a form that became the ticket's card goes on as such: the requester has it, and a filer may file all day.
    await running.settled();
    const seen = (await running.as('wugang').messages()).filter((one) => cardWords(one)?.facts['代提人'] && cardWords(one)?.title === '复诊'); // prettier-ignore
    expect(seen).toEqual([]);
    await running.as('wugang').say(number);
    await told('wugang', '提报人：朱婷\n代提人：吴刚');
  });
});
