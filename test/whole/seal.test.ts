/** 用章申请 on the wire: a manager, then the two of 法务 and 印章管理员, one after the other. */
import { beforeAll, expect, it } from '@jest/globals';
import { fold } from '../../src/flow/fold.ts';
import { loadEvents } from '../../src/ticket/ticketStore.ts';
import { ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

eachService('Use of a seal on WeCom', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });

  const filed = async (title: string): Promise<string> => {
    const wang = running.as('wangxiao');
    await wang.say(`用章 ${title} 合同章`);
    expect(await wang.lastText()).toContain('用章事由');
    await wang.say('与供应商的年度框架合同');
    await wang.press('提交');
    const number = /SEAL-\d{6}-\d{4}/;
    const card = await wang.find('the ticket card', (one) => number.test(one.card?.main_title?.desc ?? ''));
    return number.exec(card.card?.main_title?.desc ?? '')?.[0] ?? '';
  };
  const asked = async (userid: string, number: string) =>
    (await running.as(userid).messages()).filter(({ card }) => card?.main_title?.desc?.includes(number)).length;

  it('goes through everybody in turn, and the requester hears of the end', async () => {
    const number = await filed('年度框架合同');
    await running.settled();
    expect(await asked('hejing', number)).toBe(0);
    await running.as('zhangwei').press('同意');
    await running.settled();
    // Nobody is asked before their turn.
    for (const [who, next] of [
      ['hejing', 'gaofeng'],
      ['gaofeng', 'linxia'],
    ] as const) {
      expect([await asked(who, number), await asked(next, number)]).toEqual([1, 0]);
      await running.as(who).press('同意');
      await running.settled();
    }
    await running.as('linxia').press('同意');
    await running.settled();

    const ticket = await ticketOf(running, number);
    expect(ticket).toMatchObject({ status: 'closed', outcome: 'approved' });
    const events = await running.service.app.db.read((reader) => loadEvents(reader, ticket.id));
    expect(fold(events)).toEqual(ticket);
    const card = await running.as('wangxiao').find('the end', (one) => one.card?.emphasis_content?.title === '已关闭');
    expect(card.card?.horizontal_content_list).toContainEqual({ keyname: '结果', value: '审批通过' });
  });

  it('ends where one refuses, with the reason for the requester', async () => {
    const number = await filed('无合同盖章');
    await running.settled();
    const manager = running.as('zhangwei');
    await manager.press('拒绝');
    expect(await manager.lastText()).toContain('理由');
    await manager.say('没有对应的合同');
    await running.settled();
    expect(await ticketOf(running, number)).toMatchObject({ status: 'refused' });
    const card = await running
      .as('wangxiao')
      .find('the refusal', (one) => one.card?.main_title?.desc?.startsWith('已拒绝') ?? false);
    expect(card.card?.quote_area?.quote_text).toBe('没有对应的合同');
    // With a button, for it may be filed again.
    expect(card.card?.card_type).toBe('button_interaction');
    expect(await asked('linxia', number)).toBe(0);
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
