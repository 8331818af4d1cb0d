/** The reference story on the wire: filed from a chat message, accepted, completed, approved, confirmed, closed. */
import { beforeAll, expect, it } from '@jest/globals';
import { loadEvents, loadTicket } from '../../src/ticket/ticketStore.ts';
import { fold } from '../../src/flow/fold.ts';
import { eachService, type Running } from '../support/service.ts';

eachService('IT repair on WeCom (S12, S33–S46)', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });

  const filed = async (title: string, urgency: string): Promise<string> => {
    const wang = running.as('wangxiao');
    await wang.say(`报修 ${title} ${urgency}`);
    expect(await wang.lastText()).toContain('问题详细描述');
    await wang.say('三楼东侧打印机，纸张卡在出纸口');
    await wang.press('提交', { urgency: [urgency], category: ['硬件故障'] });
    const card = await wang.find('the ticket card', ({ card }) => /^IT-\d{6}-\d{4}/.test(card?.main_title?.desc ?? ''));
    expect(card.card?.main_title?.title).toBe(title);
    return /IT-\d{6}-\d{4}/.exec(card.card?.main_title?.desc ?? '')?.[0] ?? '';
  };

  const hasTask = async (userid: string, number: string) => {
    const person = running.as(userid);
    return (await person.messages()).some(({ card }) => card?.main_title?.desc?.includes(number));
  };

  const handlerOf = async (number: string): Promise<string> => {
    await running.settled();
    return (await hasTask('chenwei', number)) ? 'chenwei' : 'liuyang';
  };

  it('goes from filing to closed, through the supervisor when it is very urgent', async () => {
    const number = await filed('打印机卡纸', '非常紧急');
    const handler = running.as(await handlerOf(number));
    await handler.press('受理');
    await handler.press('完成');
    expect(await handler.lastText()).toContain('处理方案');
    await handler.say('更换了搓纸轮');
    expect(await handler.lastText()).toContain('工作耗时');
    await handler.say('1.5小时');
    expect(await handler.lastText()).toContain('涉及核心系统');
    await handler.say('否');
    expect(await handler.lastText()).toContain(number);

    await running.as('WuGang').press('同意');
    await running.as('wangxiao').press('已解决');
    await running.settled();

    const ticket = await theTicket(number);
    expect(ticket).toMatchObject({ status: 'closed', outcome: 'confirmed' });
    expect(ticket.values['repair']).toMatchObject({ solution: '更换了搓纸轮', effort: 1.5, core: false });
    const events = await running.service.app.db.read((reader) => loadEvents(reader, ticket.id));
    expect(fold(events)).toEqual(ticket);
  });

  it('goes back to the same handler with the comment when it is not solved (S45)', async () => {
    const number = await filed('屏幕闪烁', '一般');
    const handlerId = await handlerOf(number);
    const handler = running.as(handlerId);
    await handler.press('受理');
    await handler.press('完成');
    await handler.say('重装了驱动');
    await handler.say('0.5');
    await handler.say('2');
    const wang = running.as('wangxiao');
    await wang.press('未解决');
    expect(await wang.lastText()).toContain('还没解决');
    await wang.say('重启之后还是闪');
    const again = await handler.find(
      'the task again, with the comment',
      ({ card, clickable }) => clickable && (card?.quote_area?.quote_text ?? '').includes('还是闪'),
    );
    expect(again.card?.main_title?.desc).toContain(number);
    expect(await theTicket(number)).toMatchObject({ status: 'processing' });
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  async function theTicket(number: string) {
    const stored = await running.service.app.db.read(async (reader) => {
      const row = await reader.one<{ id: number }>('SELECT id FROM ticket WHERE number = ?', [number]);
      return loadTicket(reader, row?.id ?? 0);
    });
    if (!stored) throw new Error(`There is no ${number}`);
    return stored.ticket;
  }
});
