/** The pages behind the cards: opened from the chat without a password, filled in, with a file, and acted on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import { onSqlite, type Running } from '../support/service.ts';
import { ticketOf } from '../support/repair.ts';
import { type Desk, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe.each<Size>(['desktop', 'phone'])('The pages behind the cards, %s', (size) => {
  const start = onSqlite();
  let running: Running;
  let desk: Desk;
  let folder: string;
  let picture: string;
  beforeAll(async () => {
    running = await start();
    folder = await mkdtemp(join(tmpdir(), 'paidan-browser-'));
    picture = join(folder, '报错截图.png');
    await writeFile(picture, Buffer.from(PIXEL, 'base64'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await desk.shoot('pages-last');
    await desk.close();
  });

  it('take a filing with a file, and its completion', async () => {
    desk = await openDesk(running.url, size, ['wangxiao', 'zhengjie']);
    const requester = await desk.as('wangxiao');
    await requester.say('报修 会议室无线网断线 紧急');
    const form = await requester.openLink('打开表单页面');
    await expectValue(form, 'title', '会议室无线网断线');
    await form.getByTestId('field-detail').fill('五楼大会议室，每隔十分钟断一次，\n三台电脑都一样。');
    await form.getByTestId('field-category').selectOption({ label: '其他' });
    await form.getByTestId('field-files').setInputFiles(picture);
    await form.getByText('报错截图.png').waitFor();
    await desk.shoot('pages-1-form');
    await form.getByTestId('submit').click();
    await form.getByRole('heading', { name: '会议室无线网断线' }).waitFor();
    await form
      .getByText(/IT-\d{6}-\d{4}/)
      .first()
      .waitFor();
    await desk.shoot('pages-2-filed');
    await requester.closePage();

    const engineer = await desk.as('zhengjie');
    await engineer.press('受理');
    const page = await engineer.openLink('填写');
    await page.getByTestId('field-solution').fill('交换机端口有误码，换了端口和网线，观察一小时没有再断。');
    await page.getByTestId('field-effort').fill('2');
    await desk.shoot('pages-3-completing');
    await page.getByTestId('submit').click();
    await page.getByText('待确认').first().waitFor();
    await desk.shoot('pages-4-completed');
    await engineer.closePage();

    const again = await desk.as('wangxiao');
    const mine = await again.openPage('会议室无线网断线');
    await mine.getByTestId('act-agree').click();
    await mine.getByText('已关闭').first().waitFor();
    await desk.shoot('pages-5-confirmed');
    expect(await ticketOf(running, 'IT-202611-0001')).toMatchObject({ status: 'closed', outcome: 'confirmed' });
  });

  it('open under whichever name of this machine the chat page was opened', async () => {
    desk = await openDesk(running.url.replace('127.0.0.1', 'localhost'), size, ['zhuting']);
    const requester = await desk.as('zhuting');
    await requester.say('报修 键盘失灵 一般');
    await expectValue(await requester.openLink('打开表单页面'), 'title', '键盘失灵');
  });

  async function expectValue(form: FrameLocator, field: string, value: string) {
    const input = form.getByTestId(`field-${field}`);
    await input.waitFor();
    expect(await input.inputValue()).toBe(value);
  }
});
