/**
 * The reference story on DingTalk, over HTTP and over Stream, and across both platforms: raw calls of the sandbox's wire,
 * and what each person then sees (S12, S33–S46, S69, S71).
 */
import { beforeAll, expect, it } from '@jest/globals';
import { fold } from '../../src/flow/fold.ts';
import { loadEvents } from '../../src/ticket/ticketStore.ts';
import { type CardWords, cardWords } from '../support/cardWords.ts';
import { eventually } from '../support/eventually.ts';
import { DETAIL, fileRepair, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

interface Cast {
  readonly name: string;
  readonly dingtalk: 'http' | 'stream';
  readonly requester: string;
}
/** The engineer is 宋杰 on DingTalk, the supervisor 吴刚 on WeCom: config/roles.yaml. */
const ENGINEER = 'ding-songjie';
const SUPERVISOR = 'WuGang';
const CASTS: readonly Cast[] = [
  { name: 'on DingTalk over HTTP', dingtalk: 'http', requester: 'ding-fangmin' },
  { name: 'on DingTalk over Stream', dingtalk: 'stream', requester: 'ding-fangmin' },
  { name: 'from WeCom to DingTalk and back', dingtalk: 'stream', requester: 'wangxiao' },
];

for (const { name, dingtalk, requester } of CASTS)
  eachService(`IT repair ${name}`, (start) => {
    let running: Running;
    /** Moved on while we look: what is to be done in a second is done at the next look. */
    let ahead = 0;
    beforeAll(async () => {
      running = await start({ dingtalk, clock: () => Date.now() + ahead });
    });

    const soon = <T>(look: () => Promise<T>): Promise<T> =>
      eventually(async () => {
        ahead += 500;
        await running.settled();
        return look();
      });
    const file = (title: string, urgency: string) =>
      fileRepair(running, title, { by: requester, urgency, category: '网络问题' });
    const cardsOf = async (userid: string, number: string): Promise<CardWords[]> => {
      const all = (await running.as(userid).messages()).map(cardWords);
      return all.filter((one): one is CardWords => one?.subtitle.includes(number) ?? false);
    };
    /** This person sees a card of the ticket that looks so. */
    const sees = (userid: string, number: string, look: object) =>
      soon(async () =>
        expect(await cardsOf(userid, number)).toEqual(expect.arrayContaining([expect.objectContaining(look)])),
      );
    const hasTodo = (userid: string, title: string, states: readonly boolean[]) =>
      soon(async () => {
        const all = (await running.as(userid).todos()).filter(({ subject }) => subject.includes(title));
        expect(all.map(({ done }) => done)).toEqual(states); // open ones first
      });
    /** Whatever anybody still has of it in front of them says that it is over. */
    const allOver = (number: string) =>
      soon(async () => {
        for (const userid of [requester, ENGINEER, SUPERVISOR])
          for (const { over, emphasis, buttons } of await cardsOf(userid, number)) {
            expect(buttons).toEqual([]);
            if (over === '') expect(emphasis).toBe('已关闭');
          }
      });

    it('goes from filing to closed, through the supervisor when it is very urgent', async () => {
      const number = await file('车间断网', '非常紧急');
      await sees(requester, number, { title: '车间断网', emphasis: '待受理', body: '已派给宋杰，等待受理。' });
      await sees(ENGINEER, number, { title: '车间断网', emphasis: '待受理', body: DETAIL, over: '' });
      const [task] = await cardsOf(ENGINEER, number);
      expect(task?.facts).toMatchObject({ 紧急程度: '非常紧急', 问题分类: '网络问题' });
      await hasTodo(ENGINEER, '车间断网', [false]);
      const [todo] = await running.as(ENGINEER).todos();
      expect(decodeURIComponent(todo?.url ?? '')).toContain('/m/t/');

      const engineer = running.as(ENGINEER);
      await engineer.press('受理');
      // Shown by the answer to the very click.
      expect((await cardsOf(ENGINEER, number))[0]).toMatchObject({ emphasis: '处理中' });
      expect(await ticketOf(running, number)).toMatchObject({ status: 'processing' });
      await engineer.press('完成', { 处理方案: '更换了交换机', 工作耗时: 1.5, 涉及核心系统: '否' });
      expect((await cardsOf(ENGINEER, number))[0]).toMatchObject({ over: '您已完成', buttons: [] });
      await hasTodo(ENGINEER, '车间断网', [true]);

      await sees(SUPERVISOR, number, { title: '车间断网', quote: '更换了交换机' });
      expect((await cardsOf(SUPERVISOR, number))[0]?.facts).toMatchObject({ 提报人: expect.any(String), 工作耗时: '1.5 小时' }); // prettier-ignore
      await running.as(SUPERVISOR).press('同意');
      await sees(requester, number, { body: '宋杰已处理完，请您确认是否解决。', quote: '更换了交换机' });
      await running.as(requester).press('已解决');

      await sees(requester, number, {
        emphasis: '已关闭',
        facts: expect.objectContaining({ 结果: '已确认解决' }) as unknown,
      });
      await allOver(number);
      const ticket = await ticketOf(running, number);
      expect(ticket).toMatchObject({ status: 'closed', outcome: 'confirmed' });
      expect(ticket.values['repair']).toMatchObject({ solution: '更换了交换机', effort: 1.5, core: false });
      const events = await running.service.app.db.read((reader) => loadEvents(reader, ticket.id));
      expect(fold(events)).toEqual(ticket);
    });

    it('goes back to the same handler with the comment when it is not solved (S45)', async () => {
      const number = await file('无线网很慢', '一般');
      const engineer = running.as(ENGINEER);
      const asker = running.as(requester);
      await sees(ENGINEER, number, { emphasis: '待受理' });
      await engineer.press('受理');
      await engineer.press('完成', { 处理方案: '重启了路由器', 工作耗时: 0.5 });
      await sees(requester, number, { body: '宋杰已处理完，请您确认是否解决。' });
      await asker.press('未解决');
      if (requester.startsWith('ding-')) {
        expect(await cardsOf(requester, number)).toContainEqual(
          expect.objectContaining({ buttons: ['未解决', '返回'] }),
        );
        await asker.press('未解决', { 哪里还没解决: '重启之后还是慢' });
      } else await asker.say('重启之后还是慢');

      await sees(ENGINEER, number, { quote: '重启之后还是慢', over: '' });
      expect(await ticketOf(running, number)).toMatchObject({ status: 'processing' });
      await hasTodo(ENGINEER, '无线网很慢', [false, true]);
      await engineer.press('完成', { 处理方案: '换了信道', 工作耗时: 1 });
      await sees(requester, number, { quote: '换了信道' });
      await asker.press('已解决');
      await sees(requester, number, { emphasis: '已关闭' });
      await allOver(number);
      await hasTodo(ENGINEER, '无线网很慢', [true, true]);
    });

    it('a to-do goes away with the task that somebody else takes over', async () => {
      const number = await file('端口不通', '一般');
      await hasTodo(ENGINEER, '端口不通', [false]);
      await running.as(ENGINEER).press('转交');
      await running.as(ENGINEER).press('转交', { '转交给（姓名或账号）': '蔡梅', 转交原因: '我在外地' });
      await sees(ENGINEER, number, { over: '已转交给蔡梅', buttons: [] });
      await hasTodo(ENGINEER, '端口不通', []);
      await hasTodo('ding-caimei', '端口不通', [false]);
      await sees('ding-caimei', number, { emphasis: '待受理', over: '' });
      await running.as(requester).press('撤回');
      if (requester.startsWith('ding-')) await running.as(requester).press('撤回', { 撤回原因: '自己好了' });
      else await running.as(requester).say('自己好了');
      await sees('ding-caimei', number, { over: '提报人已撤回', buttons: [] });
      await hasTodo('ding-caimei', '端口不通', []);
    });

    it('logs no error and gives nothing up', async () => {
      expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      const dead = await running.service.app.db.read((reader) =>
        reader.rows("SELECT kind, error FROM outbox WHERE state = 'dead'"),
      );
      expect(dead).toEqual([]);
    });
  });
