/** DingTalk's side of the chat page: a card with a form, groups and to-dos, clicked in a browser against the sandbox alone. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { type ServedSandbox, serveSandbox } from '../../src/sandbox/serve.ts';
import { aLog } from '../support/log.ts';
import { type Desk, type Seat, type Size, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const ME = 'ding-songjie';
const GROUP = 'cidSandboxItHelp0001==';
const FORM = JSON.stringify({
  fields: [
    { name: '_key', type: 'TEXT', hidden: true, defaultValue: 'k.done' },
    { name: 'solution', label: '处理方案', type: 'TEXT_AREA', required: true },
    { name: 'hours', label: '工作耗时', type: 'NUMBER', required: true, requiredMsg: '请填写小时数' },
    { name: 'kind', label: '问题分类', type: 'SELECT', options: [{ value: 'n', text: '网络问题' }] },
    {
      name: 'parts',
      label: '耗材',
      type: 'MULTI_SELECT',
      options: [
        { value: 'c', text: '网线' },
        { value: 'p', text: '水晶头' },
      ],
    },
    { name: 'day', label: '完成日期', type: 'DATE' },
    { name: 'core', label: '涉及核心系统', type: 'SWITCH' },
  ],
});
const CARD = { title: '会议室上不了网', subtitle: 'IT-202611-0003', emphasis: '待您受理', tone: 'orange' };
const BUTTONS = { b1_text: '受理', b1_key: 'k.accept', b1_style: 'primary', m1_text: '转交', m1_key: 'k.transfer' };
const WORKING = { ...CARD, emphasis: '处理中', form: FORM, form_status: 'normal', form_btn_text: '完成' };

type Params = Readonly<Record<string, string>>;
/** What the app was told, and what it answers; null: nothing in time. */
interface App {
  readonly server: Server;
  readonly told: { actionIds: string[]; params: Record<string, unknown> }[];
  readonly heard: Record<string, unknown>[];
  answer: Params | null;
}

describe.each<Size>(['desktop', 'phone'])('DingTalk on the chat page, %s', (size) => {
  let sandbox: ServedSandbox;
  let app: App;
  let call: (method: string, path: string, body: object) => Promise<Record<string, unknown>>;
  let desk: Desk;
  let me: Seat;

  beforeAll(async () => {
    app = await anApp();
    sandbox = await serveSandbox({ port: 0, folder: null, clock: Date.now, log: aLog() });
    call = await aCaller(sandbox);
    const here = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    await sandbox.sandbox.configureDingtalk({ transport: 'http', robotUrl: `${here}/robot`, eventUrl: null });
    await call('POST', '/v1.0/card/callbacks/register', { callbackRouteKey: 'r', callbackUrl: `${here}/card` });
  });
  beforeEach(async () => {
    desk = await openDesk(sandbox.url, size, [ME, 'ding-fangmin']);
    me = await desk.as(ME);
  });
  afterEach(async () => {
    await desk.shoot('dingtalk-last');
    await desk.close();
  });
  afterAll(async () => {
    await sandbox.close();
    app.server.closeAllConnections();
    app.server.close();
  });

  const deliver = (outTrackId: string, params: Params) =>
    call('POST', '/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: sandbox.sandbox.dingtalk.cardTemplateId,
      ...{ outTrackId, callbackType: 'HTTP', callbackRouteKey: 'r', userIdType: 1 },
      openSpaceId: `dtv1.card//IM_ROBOT.${ME}`,
      cardData: { cardParamMap: {} },
      privateData: { [ME]: { cardParamMap: params } },
      imRobotOpenSpaceModel: { supportForward: false },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: sandbox.sandbox.dingtalk.robotCode },
    });

  it('the form takes its place at a click, keeps what was typed, and is sent as the platform sends it', async () => {
    await deliver(`${size}-form`, { ...CARD, ...BUTTONS });
    app.answer = { ...WORKING, b1_text: '', b1_key: '' };
    await me.press('受理');
    expect((await last(app.told)).params).toEqual({ key: 'k.accept' });
    await me.chat.getByLabel('处理方案').fill('换了交换机');

    const change = { quote_title: '王晓', quote_text: '请快一点' };
    await call('PUT', '/v1.0/card/instances', {
      ...{ outTrackId: `${size}-form`, cardUpdateOptions: { updatePrivateDataByKey: true } },
      privateData: { [ME]: { cardParamMap: change } },
    });
    await seen(me.card('请快一点'));
    expect(await me.chat.getByLabel('处理方案').inputValue()).toBe('换了交换机');

    const sent = app.told.length;
    await me.press('完成');
    await seen(me.chat.getByText('请填写小时数'));
    expect(app.told).toHaveLength(sent);
    await me.chat.getByLabel('工作耗时').fill('1.5');
    await me.choose('问题分类', '网络问题');
    await me.chat.getByLabel('水晶头').check();
    await me.chat.getByLabel('完成日期').fill('2026-12-01');
    await me.chat.getByRole('switch', { name: '涉及核心系统' }).check();
    await desk.shoot('dingtalk-1-form');
    app.answer = { ...CARD, emphasis: '已完成', tone: 'green', over: '已完成' };
    await me.press('完成');
    await seen(me.card('已完成'));
    expect(await last(app.told)).toEqual({
      actionIds: ['form'],
      params: {
        form: {
          ...{ _key: 'k.done', solution: '换了交换机', hours: 1.5, kind: { index: 0, value: 'n' } },
          ...{ parts: { index: [1], value: ['p'] }, day: '2026-12-01', core: true },
        },
      },
    });
    await expect(me.chat.getByRole('button', { name: '完成', exact: true }).count()).resolves.toBe(0);
  });

  it('of a form that is longer than the screen, the first field that was left empty comes into sight', async () => {
    await deliver(`${size}-long`, WORKING);
    await me.card(WORKING.title).getByRole('button', { name: '完成', exact: true }).last().click();
    await inSight(me.chat.getByText('请填写“处理方案”').last());
    await inSight(me.chat.locator('label').filter({ hasText: '处理方案' }).last());
    await desk.shoot('dingtalk-4-left-empty');
  });

  it('a click without an answer in time is told, and can be repeated', async () => {
    await deliver(`${size}-slow`, { ...CARD, ...BUTTONS });
    app.answer = null;
    await me.press('转交');
    await seen(me.chat.getByRole('alert').filter({ hasText: '重试' }));
    app.answer = { ...CARD, emphasis: '已转交' };
    await me.press('转交');
    await seen(me.card('已转交'));
    await expect(me.chat.getByRole('alert').count()).resolves.toBe(0);
  });

  it('in a group only what mentions the app reaches it, and everybody sees who wrote what', async () => {
    const heard = app.heard.length;
    await me.chat.getByRole('tab', { name: 'IT 报修群' }).click();
    await me.chat.getByRole('switch', { name: '@派单' }).click();
    await me.say(`大家早 ${size}`);
    await me.chat.getByRole('switch', { name: '@派单' }).click();
    await me.say(`报修 车间断网 ${size}`);
    await seen(me.chat.getByText(`收到 ${size}`));
    expect(app.heard.slice(heard).map(({ conversationId }) => conversationId)).toEqual([GROUP]);

    const { chat } = await desk.as('ding-fangmin');
    await chat.getByRole('tab', { name: 'IT 报修群' }).click();
    await seen(
      chat
        .locator('[data-from=other]')
        .filter({ hasText: '宋杰' })
        .filter({ hasText: `大家早 ${size}` }),
    );
    await desk.shoot('dingtalk-2-group');
  });

  it('a to-do opens its page, and moves once it is done', async () => {
    const unionId = await unionIdOf(sandbox);
    const subject = `处理 IT-202611-0003 ${size}`;
    const todo = await call('POST', `/v1.0/todo/users/${unionId}/tasks?operatorId=${unionId}`, {
      ...{ sourceId: size, subject, creatorId: unionId, executorIds: [unionId] },
      detailUrl: { appUrl: `${sandbox.url}/m/t/3`, pcUrl: `${sandbox.url}/m/t/3` },
    });
    await me.chat.getByRole('tab', { name: /待办/ }).click();
    const item = me.chat.getByTestId('todo').filter({ hasText: subject });
    await item.getByRole('link').click();
    await desk.page.getByTestId(`page-${ME}`).waitFor();
    await me.closePage();
    await call('PUT', `/v1.0/todo/users/${unionId}/tasks/${String(todo['id'])}?operatorId=${unionId}`, { done: true });
    await seen(me.chat.locator('[data-done=true]').filter({ hasText: subject }));
    await desk.shoot('dingtalk-3-todos');
  });

  async function anApp(): Promise<App> {
    const started: App = { server: createServer(), told: [], heard: [], answer: {} };
    started.server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, string>;
        response.setHeader('content-type', 'application/json');
        if (request.url === '/robot') {
          started.heard.push(body);
          return response.end(JSON.stringify({ msgtype: 'text', text: { content: `收到 ${size}` } }));
        }
        const content = JSON.parse(body['content'] ?? '') as { cardPrivateData: App['told'][number] };
        started.told.push(content.cardPrivateData);
        if (started.answer === null) return;
        const userPrivateData = { cardParamMap: started.answer };
        response.end(JSON.stringify({ cardUpdateOptions: { updatePrivateDataByKey: true }, userPrivateData }));
      });
    });
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }
});

async function aCaller({ sandbox }: ServedSandbox) {
  const { apiBase, clientId, clientSecret } = sandbox.dingtalk;
  const call = async (method: string, path: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token };
    const response = await fetch(apiBase + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const { accessToken } = await call('POST', '/v1.0/oauth2/accessToken', { appKey: clientId, appSecret: clientSecret });
  return (method: string, path: string, body: object) => call(method, path, body, String(accessToken));
}

async function unionIdOf({ sandbox }: ServedSandbox): Promise<string> {
  const { oapiBase, clientId, clientSecret } = sandbox.dingtalk;
  const token = await fetch(`${oapiBase}/gettoken?appkey=${clientId}&appsecret=${clientSecret}`);
  const { access_token } = (await token.json()) as { access_token: string };
  const url = `${oapiBase}/topapi/v2/user/get?access_token=${access_token}`;
  const headers = { 'content-type': 'application/json' };
  const user = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ userid: ME }) });
  return ((await user.json()) as { result: { unionid: string } }).result.unionid;
}

const seen = (locator: Locator): Promise<void> => locator.last().waitFor();

/** Wholly inside the box that scrolls. */
async function inSight(locator: Locator): Promise<void> {
  await locator.waitFor();
  const isInside = (element: Element) =>
    new Promise<boolean>((resolve) => {
      new IntersectionObserver(([entry], observer) => {
        observer.disconnect();
        resolve((entry?.intersectionRatio ?? 0) > 0.99);
      }).observe(element);
    });
  expect(await locator.evaluate(isInside)).toBe(true);
}

async function last<T>(list: readonly T[]): Promise<T> {
  for (let tries = 0; tries < 100 && list.length === 0; tries += 1) await new Promise((go) => setTimeout(go, 50));
  const found = list.at(-1);
  if (found === undefined) throw new Error('The app was told nothing');
  return found;
}
