/** A ticket that goes back and forth on the pages: returned, corrected, taken away under the handler's hands, offline. */
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { onSqlite, type Running } from '../support/service.ts';
import { type Desk, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();

describe.each<Size>(['desktop', 'phone'])('On the pages, %s,', (size) => {
  const start = onSqlite();
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start();
  });
  afterEach(() => desk.close());

  const filed = async (title: string): Promise<number> => {
    const values = { title, detail: '二楼没有网', category: '其他' };
    const { status, body } = await running.api('wangxiao', 'POST', '/api/v1/tickets', {
      template: 'it-repair',
      values,
    });
    expect(status).toBe(201);
    return (body as { id: number }).id;
  };
  /** A ticket's page in a tab of its own, at this person's seat. */
  const pageOf = async (userid: string, path: string): Promise<Page> => {
    const page = await desk.page.context().newPage();
    await page.goto(`${running.url}${path}${path.includes('?') ? '&' : '?'}_as=${userid}`);
    return page;
  };
  const statusIs = (page: Page, text: string) => page.getByTestId('status').filter({ hasText: text }).waitFor();

  it('what comes back says why, and is corrected there', async () => {
    desk = await openDesk(running.url, size, ['wangxiao']);
    const id = await filed('网络断了');
    const requester = await pageOf('wangxiao', `/m/t/${id}`);
    await statusIs(requester, '待受理');
    const engineer = await pageOf('zhengjie', `/m/t/${id}?act=return`);
    await engineer.getByTestId('submit').click();
    await engineer.getByText('请填写退回原因').waitFor();
    await engineer.getByTestId('field-comment').fill('请写清楚是哪个会议室');
    await engineer.getByTestId('submit').click();
    await statusIs(engineer, '待修改');

    // Live: nobody reloads the requester's page.
    await statusIs(requester, '待修改');
    await requester.getByTestId('act-submit').click();
    await requester.getByTestId('sheet-submit').getByText('请写清楚是哪个会议室').waitFor();
    await requester.getByTestId('field-detail').fill('');
    await requester.getByTestId('submit').click();
    await requester.getByTestId('problem-detail').waitFor();
    await requester.getByTestId('field-detail').fill('二楼 204 会议室没有网');
    await requester.getByTestId('submit').click();
    await statusIs(requester, '待受理');
    expect(await requester.getByTestId('value-detail').first().textContent()).toContain('204');
  });

  it('whoever is late is told who was first, and nothing typed is lost offline', async () => {
    desk = await openDesk(running.url, size, ['wangxiao']);
    const id = await filed('路由器坏了');
    const engineer = await pageOf('zhengjie', `/m/t/${id}?act=complete`);
    await engineer.getByTestId('field-solution').fill('换了路由器');
    await desk.page.context().setOffline(true);
    await engineer.getByTestId('field-effort').fill('半小时');
    await engineer.getByTestId('submit').click();
    await engineer.getByTestId('sheet-complete').getByText('网络不通').waitFor();
    await desk.page.context().setOffline(false);
    await engineer.reload();
    expect(await engineer.getByTestId('field-solution').inputValue()).toBe('换了路由器');
    expect(await engineer.getByTestId('field-effort').inputValue()).toBe('0.5');

    const body = { act: 'withdraw', comment: '自己好了' };
    expect((await running.api('wangxiao', 'POST', `/api/v1/tickets/${id}/acts`, body)).status).toBe(200);
    // The page may have seen it before the click, and taken the button away.
    const sheet = engineer.getByRole('dialog');
    await engineer.getByTestId('submit').or(sheet.getByText('王晓').first()).first().click();
    await sheet
      .getByText(/王晓.*撤回/)
      .first()
      .waitFor();
    await statusIs(engineer, '已撤回');
  });
});
