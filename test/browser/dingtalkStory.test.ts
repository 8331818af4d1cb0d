/** The reference story on DingTalk's side of the chat page, over each transport: messages, forms inside cards, and to-dos. */
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { ticketOf } from '../support/repair.ts';
import { eachService, onSqlite, type Running, type Start } from '../support/service.ts';
import { type Desk, type Seat, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const REQUESTER = 'ding-fangmin';
const ENGINEER = 'ding-songjie';
const SUPERVISOR = 'WuGang';

eachService('One ticket on DingTalk, desktop, over http', (start) => story('desktop', 'http', start));
eachService('One ticket on DingTalk, desktop, over stream', (start) => story('desktop', 'stream', start));
describe('One ticket on DingTalk, phone, over stream', () => story('phone', 'stream', onSqlite()));

function story(size: Size, dingtalk: 'http' | 'stream', start: Start): void {
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start({ dingtalk });
  });
  afterEach(async () => {
    await desk.shoot(`dingtalk-${dingtalk}-last`);
    await desk.close();
  });
  const shoot = (name: string) => desk.shoot(`dingtalk-${dingtalk}-${name}`);

  it('goes from a message to closed, by way of the supervisor on WeCom', async () => {
    desk = await openDesk(running.url, size, [REQUESTER, ENGINEER, SUPERVISOR]);
    const number = await file('产线电脑断网', '非常紧急');
    await complete(await desk.as(ENGINEER), number, '更换了交换机，全员恢复');
    await shoot('3-completed');

    const supervisor = await desk.as(SUPERVISOR);
    await seen(supervisor.card(number), '更换了交换机');
    await supervisor.press('同意');
    const requester = await desk.as(REQUESTER);
    await seen(requester.card(number), '请您确认是否解决');
    await shoot('4-confirm');
    await requester.press('已解决');
    await seen(requester.card(number), '您已确认解决');
    // The ticket's own card, above the one that asked.
    await seen(requester.card('已关闭'), number);
    await shoot('5-closed');
    expect(await ticketOf(running, number)).toMatchObject({ status: 'closed', outcome: 'confirmed' });

    const engineer = await desk.as(ENGINEER);
    await engineer.chat.getByRole('tab', { name: /待办/ }).click();
    await engineer.chat.locator('[data-testid=todo][data-done=true]').waitFor();
    await shoot('6-todos');
  });

  it('goes back to the same handler, with the comment, when it is not solved', async () => {
    desk = await openDesk(running.url, size, [REQUESTER, ENGINEER]);
    const number = await file('无线网很慢', '一般');
    await complete(await desk.as(ENGINEER), number, '重启了路由器');
    const requester = await desk.as(REQUESTER);
    await seen(requester.card(number), '请您确认是否解决');
    await requester.press('未解决');
    const form = requester.card(number).getByRole('form');
    await form.getByLabel('哪里还没解决').fill('重启之后还是慢');
    await shoot('7-unsolved');
    await form.getByRole('button', { name: '未解决', exact: true }).click();
    await seen(requester.card(number), '您已反馈未解决');

    const engineer = await desk.as(ENGINEER);
    await seen(engineer.card(number), '重启之后还是慢');
    await seen(engineer.card(number), '完成');
    await shoot('8-again');
  });

  async function file(title: string, urgency: string): Promise<string> {
    const requester = await desk.as(REQUESTER);
    await requester.say(`报修 ${title} ${urgency}`);
    const form = requester.card(title).getByRole('form');
    await form.getByLabel('问题详细描述').fill('三楼东侧，重启过一次没有用');
    await requester.choose('问题分类', '网络问题');
    await shoot('1-form');
    await requester.press('提交');
    const card = requester.card(/IT-\d{6}-\d{4}/);
    await seen(card, title);
    return /IT-\d{6}-\d{4}/.exec((await card.textContent()) ?? '')?.[0] ?? '';
  }

  async function complete(engineer: Seat, number: string, solution: string): Promise<void> {
    await seen(engineer.card(number), '待受理');
    await engineer.press('受理');
    const form = engineer.card(number).getByRole('form');
    await form.getByLabel('处理方案').fill(solution);
    await form.getByLabel('工作耗时').fill('1.5');
    await shoot('2-working');
    await engineer.press('完成');
    await seen(engineer.card(number), '您已完成');
  }
}

/** Waits until it is on the screen (and says that). */
async function seen(what: Locator, words?: string): Promise<void> {
  await (words === undefined ? what : what.filter({ hasText: words })).last().waitFor();
}
