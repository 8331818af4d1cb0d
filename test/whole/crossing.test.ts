/** One ticket, two platforms: what the requester says on WeCom reaches the engineer on DingTalk, and back (issue 3, Build 6). */
import { beforeAll, expect, it } from '@jest/globals';
import { keyOf } from '../support/chatter.ts';
import { cardWords } from '../support/cardWords.ts';
import { PIXEL } from '../support/pixel.ts';
import { fileRepair, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

eachService('Between WeCom and DingTalk', (start) => {
  let running: Running;
  let number: string;
  beforeAll(async () => {
    running = await start();
    number = await fileRepair(running, '仓库没有网', { category: '网络问题' });
    await running.settled();
  });

  const files = async (): Promise<{ id: number; person_id: number; state: string }[]> => {
    const { id } = await ticketOf(running, number);
    await running.settled();
    return running.service.app.db.read((reader) =>
      reader.rows('SELECT id, person_id, state FROM attachment WHERE ticket_id = ? ORDER BY id', [id]),
    );
  };

  it('a comment goes over as words, and stands on the card', async () => {
    await running.as('wangxiao').press('补充说明');
    await running.as('wangxiao').say('仓库 **3 号门** 旁边的交换机');
    await running.settled();
    const engineer = running.as('ding-songjie');
    // As it was written: what is markup there must not become bold here.
    expect(await engineer.lastText()).toContain('王晓');
    expect(await engineer.lastText()).toContain('仓库 **3 号门** 旁边的交换机');

    await engineer.press('补充说明');
    await engineer.press('补充说明', { 补充内容: '十分钟后到' });
    await running.settled();
    expect(await running.as('wangxiao').lastText()).toContain('十分钟后到');
    expect(await running.as('wangxiao').lastText()).toContain('宋杰');
  });

  it('a picture sent on one platform is opened on the other', async () => {
    await running.as('wangxiao').picture('现场.png', PIXEL);
    const [first] = await files();
    expect(first).toMatchObject({ person_id: running.id('wangxiao'), state: 'stored' });
    expect(await running.as('ding-songjie').lastText()).toContain('添加了附件');
    const taken = await running.bytes('ding-songjie', `/api/v1/attachments/${first?.id}`);
    expect(Buffer.compare(taken, PIXEL)).toBe(0);

    await running.as('ding-songjie').press('受理');
    await running.as('ding-songjie').picture('接线.png', PIXEL);
    await running.as('ding-songjie').file('配置.txt', Buffer.from('vlan 30'));
    const [, second, third] = await files();
    for (const one of [second, third])
      expect(one).toMatchObject({ person_id: running.id('ding-songjie'), state: 'stored' });
    expect(String(await running.bytes('wangxiao', `/api/v1/attachments/${third?.id}`))).toBe('vlan 30');
    expect(await running.as('wangxiao').lastText()).toContain('添加了附件');
  });

  it('somebody who is on both platforms sees their ticket where they filed it', async () => {
    const own = await fileRepair(running, '周明的投影仪', { by: 'ding-zhouming', category: '网络问题' });
    expect(running.id('ding-zhouming')).toBe(running.id('zhouming'));
    await running.settled();
    await running.as('ding-songjie').press('受理');
    await running.as('ding-songjie').press('完成', { 处理方案: '换了线', 工作耗时: 1 });
    const asked = await running.as('ding-zhouming').find('what to confirm', (one) => keyOf(one, '已解决') !== null);
    expect(cardWords(asked)?.subtitle).toContain(own);
    const there = (await running.as('zhouming').messages()).map(cardWords);
    expect(there.filter((one) => one?.subtitle.includes(own))).toEqual([]);
    await running.as('ding-zhouming').press('已解决');
    expect(await ticketOf(running, own)).toMatchObject({ status: 'closed', outcome: 'confirmed' });
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
