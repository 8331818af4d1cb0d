/** The guide's second line: one ticket from WeCom to DingTalk and back, clicked and typed on the chat page. */
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { eachService, onSqlite, type Running, type Start } from '../support/service.ts';
import { type Desk, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const ENGINEER = 'ding-songjie';

eachService('One ticket on both platforms, desktop', (start) => story('desktop', start));
describe('One ticket on both platforms, phone', () => story('phone', onSqlite()));

function story(size: Size, start: Start): void {
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start();
  });
  afterEach(async () => {
    await desk.shoot('crossing-last');
    await desk.close();
  });

  it('is filed on WeCom, handled in a form on DingTalk, and closed on WeCom', async () => {
    desk = await openDesk(running.url, size, ['wangxiao']);
    await toLastStep();
    await desk.page.getByTestId('guide-across').click();
    await desk.page.getByLabel('收起引导').click();
    const requester = await desk.as('wangxiao');
    await requester.chat.getByRole('button', { name: '发送', exact: true }).click();
    await seen(requester.told('问题详细描述'));
    await requester.say('三楼东侧，重启过一次没有用');
    await requester.choose('问题分类', '网络问题');
    await requester.press('提交');
    const text = (await requester.card(/IT-\d{6}-\d{4}/).textContent()) ?? '';
    const number = /IT-\d{6}-\d{4}/.exec(text)?.[0];
    if (number === undefined) throw new Error(`No number on the card: ${text}`);

    const engineer = await desk.as(ENGINEER);
    await seen(engineer.card(number));
    await seen(engineer.chat.getByRole('tab', { name: '待办 1' }));
    await desk.shoot('crossing-1-arrived');
    await engineer.press('受理');
    const form = engineer.card(number).getByRole('form');
    await form.getByLabel('处理方案').fill('更换了交换机，全员恢复');
    await form.getByLabel('工作耗时').fill('1.5');
    await desk.shoot('crossing-2-filled');
    await engineer.press('完成');
    await seen(engineer.card(number).filter({ hasText: '已完成' }));
    await expect(engineer.chat.getByRole('form').count()).resolves.toBe(0);
    await desk.shoot('crossing-3-completed');

    await desk.as('wangxiao');
    await seen(requester.card('更换了交换机'));
    await requester.press('已解决');
    await seen(requester.card(number).filter({ hasText: '您已确认解决' }));
    await seen(requester.card('已关闭').filter({ hasText: number }));
    await desk.shoot('crossing-4-closed');

    await (await desk.as(ENGINEER)).chat.getByRole('tab', { name: /待办/ }).click();
    await seen(engineer.chat.locator('[data-testid=todo][data-done=true]'));
    await desk.shoot('crossing-5-todo');
  });

  it('asks the supervisor on WeCom in between, when it is most urgent', async () => {
    desk = await openDesk(running.url, size, ['wangxiao', ENGINEER, 'WuGang']);
    const requester = await desk.as('wangxiao');
    await requester.say('报修 全楼断网 非常紧急');
    await seen(requester.told('问题详细描述'));
    await requester.say('三楼东侧');
    await requester.choose('问题分类', '网络问题');
    await requester.press('提交');
    const engineer = await desk.as(ENGINEER);
    await engineer.press('受理');
    const form = engineer.chat.getByRole('form').last();
    await form.getByLabel('处理方案').fill('更换了核心交换机');
    await form.getByLabel('工作耗时').fill('2');
    await engineer.press('完成');
    const supervisor = await desk.as('WuGang');
    await seen(supervisor.card('更换了核心交换机'));
    await desk.shoot('crossing-6-approving');
    await supervisor.press('同意');
    await desk.as('wangxiao');
    await requester.press('已解决');
    await seen(requester.card('已关闭').filter({ hasText: '全楼断网' }));
    await desk.shoot('crossing-7-approved');
  });

  /** A phone shows one step of the guide at a time. */
  async function toLastStep(): Promise<void> {
    const next = desk.page.getByRole('button', { name: /下一步/ });
    while (!(await desk.page.getByTestId('guide-across').isVisible())) await next.click();
  }
}

const seen = (locator: Locator): Promise<void> => locator.waitFor();
