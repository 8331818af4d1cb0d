/** 代提 by clicking: on the page, where only those who may see the line; and by word in the chats of both platforms. */
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { onSqlite, type Running } from '../support/service.ts';
import { type Desk, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const LEAVE = `template: leave
name: 请假
description: 年假、病假、事假
keywords: [请假]
number: LV-{seq:4}
form:
  - { id: title, type: text, label: 事由, required: true }
  - { id: kind, type: radio, label: 类型, options: [年假, 病假], required: true }
  - { id: who, type: person, label: 请假人, default: =requester }
  - { id: fair, type: text, label: 展会, visible: requester.department == "市场部" }
flow: [ { id: boss, approve: 主管审批, approver: { user: sandbox/hejing } } ]
`;
const TRIP = `template: trip
name: 出差
description: 市场部的出差
keywords: [出差]
filing: { who: { department: 市场部 } }
form: [ { id: title, type: text, label: 事由, required: true } ]
flow: [ { id: boss, approve: 主管审批, approver: { user: sandbox/hejing } } ]
`;

describe.each<Size>(['desktop', 'phone'])('Filing for somebody else, %s', (size) => {
  const start = onSqlite();
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start({ admins: ['sandbox/wugang', 'sandbox-dingtalk/ding-luhao'] });
    for (const text of [LEAVE, TRIP])
      expect((await running.service.app.templates.publish(text, null, 'test')).published).not.toBeNull();
  });
  afterEach(async () => {
    await desk.shoot('for-other-last');
    await desk.close();
  });
  /** The pages, outside the chat. */
  const home = async (who: string): Promise<Page> => {
    const page = await desk.page.context().newPage();
    await page.goto(`${running.url}/m/?_as=${who}`);
    return page;
  };
  const shoot = (page: Page, name: string) =>
    page.screenshot({ path: `data/screenshots/${size}/for-other-${name}.png` });
  const newest = async (): Promise<string> => {
    const rows = await running.service.app.db.read((reader) =>
      reader.rows<{ number: string }>('SELECT number FROM ticket ORDER BY id DESC LIMIT 1'),
    );
    return rows[0]?.number ?? '';
  };

  it('on the page: the form follows the requester, and both are shown who filed it', async () => {
    desk = await openDesk(running.url, size, ['WuGang', 'wangxiao']);
    const page = await home('wugang');
    await page.getByTestId('new').click();
    await page.getByRole('heading', { name: '为别人代提' }).waitFor();
    await shoot(page, '1-choice');
    await page.getByTestId('template-leave').click();
    const line = page.getByTestId('requester');
    await line.getByText('吴刚').waitFor();
    expect(await page.getByTestId('field-fair').count()).toBe(0);
    await page.getByTestId('field-title').fill('回家探亲');
    await page.getByTestId('requester-pick').click();
    await page.getByTestId('search').fill('王晓');
    await shoot(page, '2-pick');
    await page.getByTestId(`pick-${running.id('wangxiao')}`).click();
    await page.getByText('由您代提：进展告诉 王晓').waitFor();
    await page.getByTestId('field-fair').waitFor();
    expect(await page.getByTestId('field-title').inputValue()).toBe('回家探亲');
    await page.getByTestId('field-who').getByText('王晓').waitFor();
    await page.getByText('年假', { exact: true }).click();
    await shoot(page, '3-form');
    // Back to oneself, and to the requester again.
    await page.getByRole('button', { name: '改回为我自己提交' }).click();
    await page.getByTestId('field-fair').waitFor({ state: 'detached' });
    await page.getByTestId('requester-pick').click();
    await page.getByTestId('search').fill('王晓');
    await page.getByTestId(`pick-${running.id('wangxiao')}`).click();
    await page.getByTestId('field-fair').waitFor();
    await page.getByTestId('submit').click();
    await page.getByText('由 吴刚 代提').waitFor();
    await shoot(page, '4-ticket');
    const ticket = await ticketOf(running, await newest());
    expect(ticket).toMatchObject({ requesterId: running.id('wangxiao'), filerId: running.id('wugang') });
    expect(ticket.values['form']).toMatchObject({ title: '回家探亲', kind: '年假', who: running.id('wangxiao') });
    const theirs = await desk.as('wangxiao');
    await theirs.card('代提人').filter({ hasText: '吴刚' }).waitFor();
    await desk.shoot('for-other-5-requester');
  });

  it('what I may not file myself; who may not file it is told at once; nobody else sees the line', async () => {
    desk = await openDesk(running.url, size, ['WuGang', 'wangxiao']);
    const page = await home('wugang');
    await page.getByTestId('new').click();
    await page.getByTestId('template-trip').click();
    await page.getByTestId('requester-pick').click();
    await page.getByTestId('search').fill('韩梅');
    await page.getByTestId(`pick-${running.id('hanmei')}`).click();
    await page.getByText('韩梅没有权限提交「出差」，不能代提。').waitFor();
    await shoot(page, '6-refused');
    await page.getByTestId('requester-pick').click();
    await page.getByTestId('search').fill('王晓');
    await page.getByTestId(`pick-${running.id('wangxiao')}`).click();
    await page.getByTestId('field-title').fill('广交会');
    await page.getByTestId('submit').click();
    await page.getByText('由 吴刚 代提').waitFor();
    const own = await home('wangxiao');
    await own.getByTestId('new').click();
    await own.getByTestId('template-trip').click();
    await own.getByTestId('field-title').waitFor();
    expect(await own.getByTestId('requester').count()).toBe(0);
    await shoot(own, '7-no-line');
  });

  it.each([
    ['wecom', 'WuGang', '罗毅', 'luoyi'],
    ['dingtalk', 'ding-luhao', '蔡梅', 'ding-caimei'],
  ])('by word, on %s', async (platform, filer, name, requester) => {
    desk = await openDesk(running.url, size, [filer, requester]);
    const seat = await desk.as(filer);
    await seat.say(`代提 ${name} 请假 年假 回家${platform}`);
    const form = seat.card(`回家${platform}`).filter({ hasText: name });
    await form.waitFor();
    await desk.shoot(`for-other-${platform}-1-form`);
    const page = await seat.openPage(`回家${platform}`);
    await page.getByText(`为 ${name} 提交。`).waitFor();
    await desk.shoot(`for-other-${platform}-2-page`);
    await seat.closePage();
    await form.getByRole('button', { name: '提交', exact: true }).click();
    await seat.card('代提人').filter({ hasText: '审批中' }).waitFor();
    await desk.shoot(`for-other-${platform}-3-filed`);
    const number = await eventually(async () => {
      expect((await ticketOf(running, await newest())).title).toBe(`回家${platform}`);
      return newest();
    });
    expect(await ticketOf(running, number)).toMatchObject({ requesterId: running.id(requester) });
    const theirs = await desk.as(requester);
    await theirs.card('代提人').filter({ hasText: number }).waitFor();
    await desk.shoot(`for-other-${platform}-4-requester`);
  });
});
