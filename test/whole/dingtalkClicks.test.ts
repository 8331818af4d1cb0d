/** Clicks on DingTalk's cards that come twice, at once, late or out of order: one effect, and the others told who was first. */
import { beforeAll, expect, it } from '@jest/globals';
import type { InteractiveClick, Message, Sent } from '../../src/sandbox/client.ts';
import { loadEvents } from '../../src/ticket/ticketStore.ts';
import { keyOf, pressOn } from '../support/cardPress.ts';
import { type CardWords, cardWords } from '../support/cardWords.ts';
import { eventually } from '../support/eventually.ts';
import { fileRepair, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const POOL = `
template: errand
name: 跑腿
keywords: [跑腿]
number: E-{seq:4}
form:
  - { id: title, type: text, label: 标题, required: true }
flow:
  - id: go
    handle: 跑一趟
    assignee: { together: [ { department: 信息组 }, { department: 生产部 }, { department: 设备部 }, { department: 行政组 }, { role: 硬件工程师 }, { role: IT服务台 } ] }
    strategy: claim
`;
const ON_DINGTALK = ['ding-songjie', 'ding-caimei', 'ding-luhao', 'ding-fangmin', 'ding-dongfei', 'ding-yuanli'];
const ON_WECOM = ['chenwei', 'liuyang', 'zhengjie'];
const SONG = 'ding-songjie';
/** WeCom's client: the card was changed just before the tap, so there is nothing to tap any more. */
const overtaken = (error: Error): Sent => {
  if (!error.message.includes('409')) throw error;
  return { delivered: true, status: 200, attempts: 0 };
};

for (const dingtalk of ['http', 'stream'] as const)
  eachService(`Clicks on DingTalk's cards over ${dingtalk}`, (start) => {
    let running: Running;
    let ahead = 0;
    beforeAll(async () => {
      running = await start({ dingtalk, clock: () => Date.now() + ahead });
      const { published } = await running.service.app.templates.publish(POOL, null, 'test');
      expect(published).not.toBeNull();
    });

    const soon = <T>(look: () => Promise<T>): Promise<T> =>
      eventually(async () => {
        ahead += 500;
        await running.settled();
        return look();
      });
    const eventsOf = async (number: string, type: string): Promise<number> => {
      const { id } = await ticketOf(running, number);
      const events = await running.service.app.db.read((reader) => loadEvents(reader, id));
      return events.filter((event) => event.type === type).length;
    };
    const filed = (title: string) => fileRepair(running, title, { by: 'ding-fangmin', category: '网络问题' });
    const cardOf = (userid: string, title: string): Promise<Message> =>
      running.as(userid).find(`the card of ${title}`, (one) => cardWords(one)?.title === title);
    const wordsOf = async (userid: string, title: string): Promise<CardWords | null> =>
      cardWords(await cardOf(userid, title));
    const pressed = (message: Message, button: string, values?: Record<string, unknown>): InteractiveClick =>
      pressOn(message, button, values) as InteractiveClick;

    it('a text that comes three times opens one form', async () => {
      const sent = await running.as('ding-dongfei').say('报修 显示器不亮', '?repeat=3');
      expect(sent.repeats?.map(({ status }) => status)).toEqual([200, 200, 200]);
      await running.settled();
      const cards = (await running.as('ding-dongfei').messages()).filter((one) => cardWords(one) !== null);
      expect(cards).toHaveLength(1);
      const rows = await running.service.app.db.read((reader) => reader.rows("SELECT id FROM draft WHERE filed_as IS NULL")); // prettier-ignore
      expect(rows).toHaveLength(1);
    });

    it('a form that is sent three times, one after the other and at once, files one ticket', async () => {
      const fang = running.as('ding-fangmin');
      for (const [title, how] of [
        ['键盘失灵', '?repeat=3'],
        ['鼠标失灵', '?repeat=20&concurrent=1'],
      ] as const) {
        await fang.say(`报修 ${title} 一般`);
        const draft = await cardOf('ding-fangmin', title);
        const sent = await fang.act(pressed(draft, '提交', { 问题详细描述: '没有反应', 问题分类: '网络问题' }), how);
        expect(new Set(sent.repeats?.map(({ status }) => status))).toEqual(new Set([200]));
        await running.settled();
        const rows = await running.service.app.db.read((reader) =>
          reader.rows('SELECT id FROM ticket WHERE title = ?', [title]),
        );
        expect(rows).toHaveLength(1);
        expect((await wordsOf(SONG, title))?.emphasis).toBe('待受理');
      }
    });

    it('20 taps of one person on one button are one act', async () => {
      const number = await filed('路由器重启');
      await running.settled();
      const song = running.as(SONG);
      const click = pressed(await cardOf(SONG, '路由器重启'), '受理');
      const all = await Promise.all(Array.from({ length: 20 }, () => song.act(click)));
      expect(all.every(({ status }) => status === 200)).toBe(true);
      expect(await eventsOf(number, 'task.accepted')).toBe(1);
      await soon(async () => expect(keyOf(await cardOf(SONG, '路由器重启'), '完成')).not.toBeNull());
    });

    it('a click that comes late, and one that overtook another, change nothing and show how it stands', async () => {
      const number = await filed('打印很慢');
      await running.settled();
      const song = running.as(SONG);
      const old = await cardOf(SONG, '打印很慢');
      const accept = pressed(old, '受理');
      const done = { 处理方案: '换了驱动', 工作耗时: 1 };
      await song.act(accept);
      const complete = pressed(await cardOf(SONG, '打印很慢'), '完成', done);
      await song.act(complete);
      expect(await wordsOf(SONG, '打印很慢')).toMatchObject({ over: '您已完成' });
      // What the client kept back comes only now, an hour late.
      ahead += 3_600_000;
      for (const late of [accept, complete, accept]) {
        expect((await song.act(late)).status).toBe(200);
        expect(await wordsOf(SONG, '打印很慢')).toMatchObject({ over: '您已完成', buttons: [] });
      }
      expect(await eventsOf(number, 'task.accepted')).toBe(1);
      expect(await eventsOf(number, 'task.done')).toBe(1);
      expect(await ticketOf(running, number)).toMatchObject({ status: 'confirming' });

      // Sent from a card that was drawn before the ticket came back: its task is not the one that is open now.
      await soon(async () => expect((await wordsOf('ding-fangmin', '打印很慢'))?.buttons).toContain('未解决'));
      await running.as('ding-fangmin').press('未解决');
      await running.as('ding-fangmin').press('未解决', { 哪里还没解决: '还是慢' });
      await soon(async () => expect((await wordsOf(SONG, '打印很慢'))?.buttons).toContain('完成'));
      await song.act(complete);
      expect(await ticketOf(running, number)).toMatchObject({ status: 'processing' });
    });

    it('20 clicks at once of people on both platforms for one task: one has it, the others are told who', async () => {
      await running.as('ding-fangmin').say('跑腿 取快递');
      await running.as('ding-fangmin').press('提交');
      await running.settled();
      const people = [...ON_DINGTALK, ...ON_WECOM];
      const clicks = await Promise.all(
        people.map(async (userid) => {
          const person = running.as(userid);
          const card = await person.find(
            'the errand',
            (one) => cardWords(one)?.title === '取快递' && keyOf(one, '受理') !== null,
          );
          const body = pressOn(card, '受理');
          const go = (): Promise<Sent> => ('actionId' in body ? person.act(body) : person.click(body).catch(overtaken));
          return { userid, id: card.id, go };
        }),
      );
      const twice = clicks.flatMap(({ go }) => [go, go]);
      const more = clicks.slice(0, 20 - twice.length).map(({ go }) => go);
      const answers = await Promise.all([...twice, ...more].map((go) => go()));
      expect(answers).toHaveLength(20);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));

      expect(await eventsOf('E-0001', 'task.claimed')).toBe(1);
      const ticket = await ticketOf(running, 'E-0001');
      const winner = running.service.app.people.current().people.get(ticket.tasks[0]?.assigneeId ?? 0)?.name ?? '?';
      await soon(async () => {
        const looks = await Promise.all(
          clicks.map(async ({ userid, id }) => {
            const all = await running.as(userid).messages();
            return all.filter((one) => one.id === id).map((one) => [cardWords(one), keyOf(one, '完成')] as const)[0];
          }),
        );
        expect(looks.filter((one) => one?.[1] !== null && one?.[0]?.over === '')).toHaveLength(1);
        expect(looks.filter((one) => one?.[0]?.over === `已由${winner}受理`)).toHaveLength(people.length - 1);
      });
    });

    it('logs no error', () => {
      expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });
