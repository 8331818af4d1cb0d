/** 再次提交 in the chat page by clicking, on both platforms: from the card of what did not go through, and from its page. */
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
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
  - { id: from, type: date, label: 开始日期, required: true }
  - { id: days, type: number, label: 天数, unit: 天, required: true }
flow: [ { id: boss, approve: 主管审批, approver: { user: sandbox/hejing } } ]
`;
const VALUES = { title: '回家探亲', kind: '年假', from: '2026-12-07', days: 3 };

describe.each<Size>(['desktop', 'phone'])('Filing again, %s', (size) => {
  const start = onSqlite();
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start();
    const { published } = await running.service.app.templates.publish(LEAVE, null, 'test');
    expect(published).not.toBeNull();
  });
  afterEach(async () => {
    await desk.shoot('again-last');
    await desk.close();
  });

  const refused = async (who: string): Promise<string> => {
    const { tickets } = running.service.app;
    const [by, boss] = [running.id(who), running.id('hejing')];
    const { ticketId, number } = await tickets.file(null, { by, templateKey: 'leave', values: VALUES });
    const task = (await ticketOf(running, number)).tasks[0]?.n ?? -1;
    await tickets.act(null, ticketId, { type: 'refuse', by: boss, task, comment: '那一周要盘点，请改期', values: {} });
    await running.settled();
    return number;
  };
  const followed = (number: string): Promise<string> =>
    eventually(async () => {
      const { links } = await ticketOf(running, number);
      expect(links).toMatchObject([{ kind: 'followed_by' }]);
      return links[0]?.number ?? '';
    });

  it.each([
    ['wecom', 'wangxiao'],
    ['dingtalk', 'ding-fangmin'],
  ])('from the card, on %s', async (platform, who) => {
    const old = await refused(who);
    desk = await openDesk(running.url, size, [who]);
    const seat = await desk.as(who);
    await seat.card(old).getByRole('button', { name: '再次提交', exact: true }).waitFor();
    await desk.shoot(`again-${platform}-1-refused`);
    await seat.press('再次提交', old);
    const draft = seat.card('接续').filter({ hasText: old });
    await draft.waitFor();
    await desk.shoot(`again-${platform}-2-form`);
    await draft.getByRole('button', { name: '提交', exact: true }).click();
    const number = await followed(old);
    await seat.card('审批中').filter({ hasText: number }).waitFor();
    await seat.card(`已再次提交为 ${number}`).waitFor();
    await desk.shoot(`again-${platform}-3-filed`);
    expect((await ticketOf(running, number)).values['form']).toMatchObject(VALUES);
    expect(await seat.card(`已再次提交为 ${number}`).getByRole('button', { name: '再次提交' }).count()).toBe(0);
  });

  it.each([
    ['wecom', 'luoyi'],
    ['dingtalk', 'ding-luhao'],
  ])('from the page, on %s', async (platform, who) => {
    const old = await refused(who);
    desk = await openDesk(running.url, size, [who]);
    const seat = await desk.as(who);
    await seat.card(old).waitFor();
    const page = await seat.openPage(old);
    await page.getByTestId('again').waitFor();
    await desk.shoot(`again-${platform}-4-page`);
    await page.getByTestId('again').click();
    await page.getByText(`内容取自 ${old}`).waitFor();
    expect(await page.getByTestId('field-title').inputValue()).toBe('回家探亲');
    await page.getByTestId('field-from').fill('2026-12-21');
    await desk.shoot(`again-${platform}-5-form`);
    await page.getByTestId('submit').dblclick();
    await page.getByText(`接续 ${old}`).waitFor();
    await desk.shoot(`again-${platform}-6-new`);
    const number = await followed(old);
    expect((await ticketOf(running, number)).values['form']).toMatchObject({ ...VALUES, from: '2026-12-21' });
    await page.getByRole('link', { name: `接续 ${old}` }).click();
    await page.getByRole('link', { name: `已再次提交为 ${number}` }).waitFor();
    expect(await page.getByTestId('again').count()).toBe(0);
    await desk.shoot(`again-${platform}-7-old`);
  });
});
