/** A filing under way: pictures that are sent, a restart in the middle, and cancelling. */
import { beforeAll, expect, it } from '@jest/globals';
import { keyOf } from '../support/chatter.ts';
import { PIXEL } from '../support/pixel.ts';
import { ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const NUMBER = /IT-\d{6}-\d{4}/;

eachService('A draft', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });

  it('takes a picture from the chat, and survives a restart of the service', async () => {
    await running.as('wangxiao').say('报修 投影仪花屏 紧急');
    expect((await running.as('wangxiao').picture('花屏.png', PIXEL)).status).toBe(200);
    expect(await running.as('wangxiao').lastText()).toContain('共 1 个');
    running = await running.restarted();
    const wang = running.as('wangxiao');
    await wang.say('画面有横条');
    expect(await wang.lastText()).toContain('已记下「问题详细描述」');
    await wang.press('提交', { category: ['硬件故障'], urgency: ['紧急'] });
    const card = await wang.find('the ticket', (one) => NUMBER.test(one.card?.main_title?.desc ?? ''));
    expect(card.card?.main_title?.title).toBe('投影仪花屏');
    await running.settled();

    const ticket = await ticketOf(running, NUMBER.exec(card.card?.main_title?.desc ?? '')?.[0] ?? '');
    const [file] = ticket.values['form']?.['files'] as readonly number[];
    const download = await running.bytes('wangxiao', `/api/v1/attachments/${file}`);
    expect(Buffer.compare(download, PIXEL)).toBe(0);
  });

  it('is gone after 取消, and its button does nothing any more', async () => {
    const zhu = running.as('zhuting');
    await zhu.say('报修 打印机没墨 一般');
    const card = await zhu.find('the draft', (one) => one.clickable && keyOf(one, '提交') !== null);
    const key = keyOf(card, '提交') ?? '';
    await zhu.say('取消');
    expect(await zhu.lastText()).toContain('已取消');
    await running.settled();
    expect(await zhu.find('the card', ({ id }) => id === card.id)).toMatchObject({ replaced: '已取消' });
    const late = await zhu.click({ messageId: card.id, key }).catch((error: Error) => error.message);
    expect(JSON.stringify(late)).not.toContain('IT-');
    const rows = await running.service.app.db.read((reader) =>
      reader.rows('SELECT id FROM ticket WHERE title = ?', ['打印机没墨']),
    );
    expect(rows).toEqual([]);
  });
});
