/** The same thing told many times, and many people at once: one effect, and the others hear who was first. */
import { beforeAll, expect, it } from '@jest/globals';
import type { Sent } from '../../src/sandbox/client.ts';
import { loadEvents } from '../../src/ticket/ticketStore.ts';
import { keyOf } from '../support/chatter.ts';
import { fileRepair, handlerOf, ticketOf } from '../support/repair.ts';
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
    assignee: { together: [ { role: 硬件工程师 }, { role: 软件工程师 }, { role: IT服务台 }, { role: IT主管 }, { role: 法务 }, { role: 印章管理员 } ] }
    strategy: claim
`;
const CANDIDATES = ['chenwei', 'liuyang', 'zhaolei', 'sunli', 'zhengjie', 'WuGang', 'hejing', 'gaofeng', 'linxia']; // prettier-ignore

eachService('One effect only', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
    const { published } = await running.service.app.templates.publish(POOL, null, 'test');
    expect(published).not.toBeNull();
  });

  const eventsOf = async (number: string, type: string) => {
    const { id } = await ticketOf(running, number);
    const events = await running.service.app.db.read((reader) => loadEvents(reader, id));
    return events.filter((event) => event.type === type);
  };
  const inboxRows = async (): Promise<number> => {
    const row = await running.service.app.db.read((reader) =>
      reader.one<{ n: number }>('SELECT COUNT(*) AS n FROM inbox'),
    );
    return row?.n ?? 0;
  };

  it('of a text delivered three times', async () => {
    const before = await inboxRows();
    const sent = await running.as('xiaofang').say('报修 投影仪不亮', '?repeat=3');
    expect(sent.repeats?.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Every delivery is answered, with the same words.
    expect(new Set(sent.repeats?.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
    expect((await inboxRows()) - before).toBe(1);
    await running.settled();
    const cards = (await running.as('xiaofang').messages()).filter(({ kind }) => kind === 'template_card');
    expect(cards).toHaveLength(1);
  });

  it('of a filing delivered 20 times at once', async () => {
    const wang = running.as('wangxiao');
    await wang.say('报修 键盘失灵 一般');
    await wang.say('按键没有反应');
    const draft = await wang.find('the draft', (one) => one.clickable && keyOf(one, '提交') !== null);
    const body = { messageId: draft.id, key: keyOf(draft, '提交') ?? '', selected: { category: ['硬件故障'] } };
    const sent = await wang.click(body, '?repeat=20&concurrent=1');
    expect(sent.repeats).toHaveLength(20);
    expect(sent.repeats?.every(({ status }) => status === 200)).toBe(true);
    const rows = await running.service.app.db.read((reader) =>
      reader.rows('SELECT id FROM ticket WHERE title = ?', ['键盘失灵']),
    );
    expect(rows).toHaveLength(1);
  });

  it('of 20 taps of one person on one button', async () => {
    const number = await fileRepair(running, '鼠标失灵');
    const handler = running.as(await handlerOf(running, number));
    const card = await handler.find('the task', (one) => one.card?.main_title?.title === '鼠标失灵' && one.clickable);
    const body = { messageId: card.id, key: keyOf(card, '受理') ?? '' };
    const all = await Promise.all(Array.from({ length: 20 }, () => handler.click(body)));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect(await eventsOf(number, 'task.accepted')).toHaveLength(1);
    // Who taps again sees the task as it is now.
    const now = await handler.find('the card', (one) => one.id === card.id);
    expect(keyOf(now, '完成')).not.toBeNull();
  });

  it('of ten people who claim the same task at once, and nine are told who was first', async () => {
    await running.as('wangxiao').say('跑腿 取快递');
    await running.as('wangxiao').say('提交');
    await running.settled();
    const clicks = await Promise.all(
      CANDIDATES.map(async (userid) => {
        const person = running.as(userid);
        const card = await person.find('the errand', (one) => one.card?.main_title?.title === '取快递');
        return {
          userid,
          card,
          go: (): Promise<Sent> => person.click({ messageId: card.id, key: keyOf(card, '受理') ?? '' }),
        };
      }),
    );
    const answers = await Promise.all(clicks.flatMap(({ go }) => [go(), go()]));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await running.settled();

    const ticket = await ticketOf(running, 'E-0001');
    expect(await eventsOf('E-0001', 'task.claimed')).toHaveLength(1);
    const winner = running.service.app.people.current().people.get(ticket.tasks[0]?.assigneeId ?? 0)?.name ?? '';
    const looks = await Promise.all(
      clicks.map(async ({ userid, card }) => await running.as(userid).find('the card', ({ id }) => id === card.id)),
    );
    expect(looks.filter((one) => keyOf(one, '完成') !== null)).toHaveLength(1);
    expect(looks.filter((one) => one.replaced === `已由${winner}受理`)).toHaveLength(CANDIDATES.length - 1);
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
