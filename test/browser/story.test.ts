/** The reference story, clicked and typed on the chat page: on a desktop with three people beside each other, and on a phone. */
import { afterEach, beforeAll, describe, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { onSqlite, type Running } from '../support/service.ts';
import { type Desk, type Seat, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const PEOPLE = ['wangxiao', 'chenwei', 'WuGang'];
const HANDLERS = { 陈伟: 'chenwei', 刘洋: 'liuyang' } as const;

describe.each<Size>(['desktop', 'phone'])('One ticket on the chat page, %s', (size) => {
  const start = onSqlite();
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start();
  });
  afterEach(async () => {
    await desk.shoot('last');
    await desk.close();
  });

  it('goes from a message to closed, by way of the supervisor', async () => {
    desk = await openDesk(running.url, size, PEOPLE);
    const { number, handler } = await file('打印机卡纸', '非常紧急', '硬件故障', 'story');
    const engineer = await desk.as(handler);
    await complete(engineer, ['更换了搓纸轮，试打正常', '1.5', '否']);
    await seen(engineer.card(number), '您已完成');
    await desk.shoot('story-4-completed');

    const supervisor = await desk.as('WuGang');
    await seen(supervisor.card(number), '更换了搓纸轮');
    await supervisor.press('同意');
    await seen(supervisor.card(number), '您已同意');
    await desk.shoot('story-5-approved');

    const requester = await desk.as('wangxiao');
    await requester.press('已解决');
    await seen(requester.card(number), '您已确认解决');
    // The ticket's own card, above the one that asked.
    await seen(requester.card('已关闭').filter({ hasText: number }), '已确认解决');
    await desk.shoot('story-6-closed');
  });

  it('goes back to the same handler, with the comment, when it is not solved', async () => {
    desk = await openDesk(running.url, size, PEOPLE);
    const { number, handler } = await file('屏幕闪烁', '一般', '硬件故障', 'unsolved');
    await complete(await desk.as(handler), ['重装了显卡驱动', '0.5', '否']);

    const requester = await desk.as('wangxiao');
    await requester.press('未解决');
    await seen(requester.told('哪里还没解决'));
    await requester.say('重启之后还是闪');
    await seen(requester.told('已转回处理人'));
    await desk.shoot('unsolved-1-said');

    const engineer = await desk.as(handler);
    await seen(engineer.card(number), '重启之后还是闪');
    await seen(engineer.card(number), '完成');
    await desk.shoot('unsolved-2-again');
  });

  async function file(title: string, urgency: string, category: string, shot: string) {
    const requester = await desk.as('wangxiao');
    await requester.say(`报修 ${title} ${urgency}`);
    await seen(requester.told('问题详细描述'));
    await desk.shoot(`${shot}-1-asked`);
    await requester.say('三楼东侧，重启过一次没有用');
    await requester.choose('紧急程度', urgency);
    await requester.choose('问题分类', category);
    await desk.shoot(`${shot}-2-filled`);
    await requester.press('提交');
    const card = requester.card(/IT-\d{6}-\d{4}/);
    await seen(card, title);
    const text = (await card.textContent()) ?? '';
    const number = /IT-\d{6}-\d{4}/.exec(text)?.[0] ?? '';
    const name = (Object.keys(HANDLERS) as (keyof typeof HANDLERS)[]).find((one) => text.includes(one));
    if (!name) throw new Error(`No handler on the card: ${text}`);
    await desk.shoot(`${shot}-3-filed`);
    return { number, handler: HANDLERS[name] };
  }

  async function complete(engineer: Seat, [solution = '', effort = '', core = '']: readonly string[]) {
    await engineer.press('受理');
    await engineer.press('完成');
    await seen(engineer.told('处理方案'));
    await engineer.say(solution);
    await seen(engineer.told('工作耗时'));
    await engineer.say(effort);
    await seen(engineer.told('涉及核心系统'));
    await engineer.say(core);
  }
});

/** Waits until it is on the screen (and says that). */
async function seen(what: Locator, words?: string) {
  await (words === undefined ? what : what.filter({ hasText: words })).last().waitFor();
}
