/**
 * 代理 as people do it: on the page by clicking, and in words, on WeCom and on DingTalk. A task that opens in the period
 * shows for the substitute, and "B for A" is recorded (S16; approval-semantics, 代理).
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { onSqlite, type Running } from '../support/service.ts';
import { type Desk, type Seat, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const start = onSqlite();
const ADMIN = 'WuGang';

const templateOf = (key: string, name: string, approver: string) => `
template: ${key}
name: ${name}
number: ${key.toUpperCase()}-{seq:4}
form:
  - { id: title, type: text, label: 标题, required: true }
flow:
  - { id: check, approve: 审批, approver: { user: ${approver} }, mode: any }
`;

describe.each(['phone', 'desktop'] as const)('代理 on a %s', (size) => {
  let running: Running;
  let desk: Desk;
  beforeAll(async () => {
    running = await start({ admins: [ADMIN] });
    const texts = [
      templateOf('price', '报价审批', 'sandbox/hejing'),
      templateOf('spare', '备件审批', 'sandbox-dingtalk/ding-caimei'),
    ];
    for (const text of texts)
      expect((await running.api(ADMIN, 'POST', '/api/v1/templates', { text })).status).toBe(200);
    desk = await openDesk(running.url, size, ['hejing']);
  });
  afterAll(() => desk.close());

  const file = async (template: string) => {
    const { body } = await running.api('wangxiao', 'POST', '/api/v1/tickets', {
      template,
      values: { title: '请审批' },
    });
    await running.settled();
    return body as { id: number; number: string };
  };
  const actsFor = async (seat: Seat, template: string, record: string) => {
    const { id, number } = await file(template);
    await seat.press('同意', number);
    await eventually(async () => expect((await ticketOf(running, number)).status).toBe('closed'));
    const { body } = await running.api('wangxiao', 'GET', `/api/v1/tickets/${id}`);
    expect(JSON.stringify((body as { timeline: unknown }).timeline)).toContain(record);
  };
  const settledNews = () => running.service.app.people.refresh();
  const pick = async (page: FrameLocator, name: string) => {
    await page.getByTestId('field-substitute').click();
    await page.getByTestId('search').fill(name);
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).last().click(); // prettier-ignore
  };

  it('on the page: named, refused where it can not be, listed on both sides, ended', async () => {
    const owner = await desk.as('hejing');
    await owner.untilTold(() => owner.say('代理'));
    const page = await owner.openLink('打开代理页面');
    await page.getByText('还没有设置代理').waitFor();
    await page.getByTestId('add').click();
    await page.getByTestId('submit').click();
    await page.getByText('请选择代理人').waitFor();
    await desk.shoot('away-missing');
    await pick(page, '何静');
    await page.getByTestId('submit').click();
    await page.getByText('不能让自己代理自己').waitFor();
    await pick(page, '高峰');
    await page.getByTestId('field-from').fill(localNow(-5));
    await page.getByTestId('field-until').fill(`${localNow(24 * 60).slice(0, 10)}T23:59`);
    await page.getByText('指定流程', { exact: true }).click();
    await page.getByText('报价审批', { exact: true }).click();
    await desk.shoot('away-form');
    await page.getByTestId('submit').click();
    await page.getByText('由高峰代理您').waitFor();
    await page.getByText('只限：报价审批').waitFor();
    await page.getByText(/24:00/).first().waitFor();
    await desk.shoot('away-list');
    await owner.closePage();

    await settledNews();
    const substitute = await desk.as('gaofeng');
    await actsFor(substitute, 'price', '高峰（代 何静）');
    await desk.shoot('away-acted');
    await substitute.untilTold(() => substitute.say('代理'));
    const theirs = await substitute.openLink('打开代理页面');
    await theirs.getByText('要提前结束，请对方本人取消').waitFor();
    await desk.shoot('away-theirs');
    await substitute.closePage();

    const again = await desk.as('hejing');
    await again.untilTold(() => again.say('代理'));
    const mine = await again.openLink('打开代理页面');
    await mine.getByRole('button', { name: '取消高峰的代理' }).click();
    await desk.shoot('away-end');
    await mine.getByTestId('submit').click();
    await mine.getByText('已取消高峰的代理').waitFor();
    await mine.getByText('还没有设置代理').waitFor();
    await again.closePage();
  });

  it.each([
    ['hejing', 'xiebin', '谢斌', 'price', '谢斌（代 何静）'],
    ['ding-caimei', 'ding-luhao', '陆浩', 'spare', '陆浩（代 蔡梅）'],
  ])(
    'in words by %s: %s is asked for what is missing, set, seen in action, ended',
    async (who, by, name, key, record) => {
      const owner = await desk.as(who);
      await owner.untilTold(() => owner.say(`代理 ${name}`));
      await owner.told(/从什么时候到什么时候/).waitFor();
      await owner.untilTold(() => owner.say('今天到明天'));
      await owner.told(new RegExp(`已设置：现在起到.*由${name}代理您`)).waitFor();
      await desk.shoot(`away-said-${key}`);
      await settledNews();
      await actsFor(await desk.as(by), key, record);
      const again = await desk.as(who);
      await again.untilTold(() => again.say('取消代理'));
      await again.told(/已取消代理/).waitFor();
    },
  );

  it('is reached from the home page', async () => {
    const page = desk.page.context();
    const home = await page.newPage();
    await home.goto(`${running.url}/m/?_as=hejing`);
    await home.getByTestId('away').click();
    await home.getByRole('heading', { name: '外出代理' }).waitFor();
    await home.screenshot({ path: `data/screenshots/${size}/away-page.png` });
    await home.goBack();
    await home.getByTestId('new').waitFor();
    await home.screenshot({ path: `data/screenshots/${size}/away-home.png` });
    await home.close();
  });
});

/** @returns `YYYY-MM-DDTHH:mm` in Shanghai, so many minutes from now */
const localNow = (minutes: number): string =>
  new Date(Date.now() + (480 + minutes) * 60_000).toISOString().slice(0, 16);
