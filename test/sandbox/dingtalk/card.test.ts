/** Reference, section 6 and section 12 "Cards": instances, spaces, private data, updates and actions. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../support.ts';
import { aDingApp, aDingCard, aDingtalk, connected, GROUP, type DingApp, type DingBench } from './support.ts';

let bench: DingBench;
let app: DingApp;
beforeEach(async () => {
  bench = await aDingtalk();
  app = await aDingApp();
  await connected(bench, app);
});
afterEach(() => Promise.all([bench.close(), app.close()]));

const set = (change: Json) => bench.api('PUT', 'dingtalk/settings', change);
const create = (card: Json) => bench.ding('POST v1.0/card/instances/createAndDeliver', card);
const update = (body: Json) => bench.ding('PUT v1.0/card/instances', body);
const interactive = async (userid: string, group?: string) => (await bench.last(userid, group))['interactive'] as Json;
const dataOf = async (userid: string, group?: string) => (await interactive(userid, group))['data'] as Json;
const act = async (userid: string, actionId: string, params: Json = {}, query = '', group?: string) =>
  bench.api('POST', `chats/${userid}/act${query}`, {
    messageId: (await bench.last(userid, group))['id'],
    actionId,
    params,
  });
const heard = () => app.heard.at(-1)?.body ?? {};
const contentOf = (body: Json) => JSON.parse(String(body['content'])) as Json;
const results = ({ body }: { body: Json }) => (body['result'] as Json)['deliverResults'] as Json[];

/** For everybody in the group; what is private goes to one of them. */
const forGroup = (outTrackId: string, change: Json = {}): Json =>
  aDingCard(bench, outTrackId, 'ding-songjie', {
    openSpaceId: `dtv1.card//IM_GROUP.${GROUP}`,
    imGroupOpenSpaceModel: { supportForward: false },
    imGroupOpenDeliverModel: { robotCode: bench.account.robotCode },
    ...change,
  });

describe('a card (reference, 6.3)', () => {
  it('appears with its private data over the public, for whom it is', async () => {
    const card = forGroup('g1', { cardData: { cardParamMap: { title: '公开', b1_text: '' } } });
    expect(await create(card)).toMatchObject({
      status: 200,
      body: {
        success: true,
        result: {
          outTrackId: 'g1',
          deliverResults: [{ spaceType: 'IM_GROUP', spaceId: GROUP, success: true, errorMsg: '' }],
        },
      },
    });
    expect(await dataOf('ding-songjie', GROUP)).toMatchObject({ title: '公开', b1_text: '受理' });
    expect(await dataOf('ding-luhao', GROUP)).toEqual({ title: '公开', b1_text: '' });
    expect(await bench.last('ding-songjie', GROUP)).toMatchObject({ kind: 'interactive', clickable: true, version: 1 });
    expect(await bench.last('ding-luhao', GROUP)).toMatchObject({ clickable: false });
  });
  it('a space that fails is told inside a success: a conversation is not a person', async () => {
    await set({ failingSpaces: ['ding-luhao'] });
    const openSpaceId = 'dtv1.card//IM_ROBOT.cidSandbox==;IM_ROBOT.ding-luhao;IM_ROBOT.ding-songjie';
    const said = await create(aDingCard(bench, 'c1', 'ding-songjie', { openSpaceId }));
    expect(said.status).toBe(200);
    expect(results(said)).toMatchObject([
      { spaceId: 'cidSandbox==', success: false, errorMsg: 'spaceId is illegal', carrierId: '' },
      { success: false },
      { success: true, carrierId: expect.stringMatching(/.{20}/) },
    ]);
  });
  it('the same id again is refused, or accepted without effect: as it is set', async () => {
    await create(aDingCard(bench, 'c1', 'ding-songjie'));
    const again = aDingCard(bench, 'c1', 'ding-songjie', { cardData: { cardParamMap: { title: 'neu' } } });
    expect(await create(again)).toMatchObject({ status: 400, body: { code: 'param.cardAlreadyExist' } });
    await set({ duplicateCard: 'accept' });
    expect(results(await create(again))).toMatchObject([{ success: true }]);
    expect(await bench.messages('ding-songjie')).toHaveLength(1);
    expect(await dataOf('ding-songjie')).toMatchObject({ title: '工单 1001' });
  });
  it('what does not fit is refused by its name', async () => {
    const refused: [Json, string][] = [
      [{ outTrackId: '' }, 'param.outTrackIdEmpty'],
      [{ cardTemplateId: undefined }, 'param.cardTemplateIdEmpty'],
      [{ cardTemplateId: 'other.schema' }, 'param.templateNotExist'],
      [{ cardData: undefined }, 'param.cardPublicDataEmpty'],
      [{ cardData: { cardParamMap: { count: 3 } } }, 'param.invalid'],
      [{ cardData: { cardParamMap: { big: 'x'.repeat(110_000) } } }, 'param.invalid'],
      [{ privateData: { ghost: { cardParamMap: {} } } }, 'param.userIdNotExist'],
      [{ openSpaceId: '' }, 'param.openSpaceIdEmpty'],
      [{ openSpaceId: 'IM_ROBOT.ding-songjie' }, 'param.openSpaceIdInvalid'],
      [{ openSpaceId: `dtv1.card//IM_GROUP.${GROUP}` }, 'param.openSpaceModelInvalid'],
      [{ imRobotOpenSpaceModel: {} }, 'param.openSpaceModelInvalid'],
      [{ imRobotOpenDeliverModel: undefined }, 'param.openDeliverModelEmpty'],
      [{ imRobotOpenDeliverModel: { robotCode: 'other' } }, 'param.openDeliverModelError'],
      [{ callbackRouteKey: 'unknown' }, 'param.invalid'],
    ];
    await set({ callsPerSecond: 0 });
    for (const [change, code] of refused) {
      const { status, body } = await create(aDingCard(bench, 'c1', 'ding-songjie', change));
      expect([change, status, body['code']]).toEqual([change, 400, code]);
    }
    expect(await bench.messages('ding-songjie')).toEqual([]);
  });
  it('people may be named by unionId, there and in the callback', async () => {
    const unionId = String(
      ((await bench.oapi('topapi/v2/user/get', { userid: 'ding-songjie' }))['result'] as Json)['unionid'],
    );
    const privateData = { [unionId]: { cardParamMap: { b1_key: 'k' } } };
    await create(aDingCard(bench, 'u1', unionId, { userIdType: 2, privateData }));
    await act('ding-songjie', 'b1');
    expect(heard()).toMatchObject({ userId: unionId, userIdType: 2 });
  });
});

describe('an update (reference, 6.4)', () => {
  it('by key changes what is named; otherwise the whole map is replaced', async () => {
    await create(aDingCard(bench, 'c1', 'ding-songjie'));
    const options = { updateCardDataByKey: true, updatePrivateDataByKey: true };
    const privateData = { 'ding-songjie': { cardParamMap: { b1_text: '完成' } } };
    await update({
      outTrackId: 'c1',
      cardData: { cardParamMap: { tone: 'red' } },
      privateData,
      cardUpdateOptions: options,
    });
    expect(await dataOf('ding-songjie')).toMatchObject({
      title: '工单 1001',
      tone: 'red',
      b1_text: '完成',
      b1_key: 'accept:1001',
    });
    await update({ outTrackId: 'c1', privateData });
    expect(await dataOf('ding-songjie')).toEqual({ title: '工单 1001', over: '', tone: 'red', b1_text: '完成' });
    expect(await bench.last('ding-songjie')).toMatchObject({ version: 3, clickable: false });
  });
  it('of nothing, or of a card that is not there, is refused', async () => {
    expect((await update({ outTrackId: 'x' })).body['code']).toBe('param.cardDataAndPrivateDataBothEmpty');
    expect((await update({ outTrackId: 'x', cardData: { cardParamMap: {} } })).body['code']).toBe('param.cardNotExist');
  });
});

describe('an action (reference, 6.5–6.7)', () => {
  beforeEach(async () => void (await create(forGroup('g1'))));

  it('is told as the card says, signed, with the place where it was pressed', async () => {
    const { body } = await act('ding-songjie', 'b1', {}, '', GROUP);
    expect(body).toMatchObject({ delivered: true, status: 200 });
    expect(app.heard[0]).toMatchObject({ path: '/card', headers: { 'x-ddpaas-signature': expect.any(String) } });
    expect(heard()).toEqual({
      type: 'actionCallback',
      outTrackId: 'g1',
      corpId: bench.account.corpId,
      userId: 'ding-songjie',
      userIdType: 1,
      spaceType: 'IM_GROUP',
      spaceId: GROUP,
      extension: '{}',
      content: expect.any(String),
    });
    expect(contentOf(heard())).toEqual({ cardPrivateData: { actionIds: ['b1'], params: { key: 'accept:1001' } } });
    await set({ cardValueVariant: true });
    await act('ding-songjie', 'b1', {}, '', GROUP);
    expect(heard()).not.toHaveProperty('content');
    expect(JSON.parse(String(heard()['value']))).toEqual({
      cardPrivateData: { actionIds: ['b1'] },
      params: { key: 'accept:1001' },
    });
  });
  it('its answer changes what the presser sees, and nobody else', async () => {
    app.answers.set('/card', () => ({
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { emphasis: '处理中' } },
      userPrivateData: { cardParamMap: { b1_text: '完成' } },
    }));
    await act('ding-songjie', 'b1', {}, '', GROUP);
    expect(await dataOf('ding-songjie', GROUP)).toMatchObject({
      emphasis: '处理中',
      b1_text: '完成',
      title: '工单 1001',
    });
    expect(await bench.last('ding-luhao', GROUP)).toMatchObject({ version: 1 });
    expect(await dataOf('ding-luhao', GROUP)).not.toHaveProperty('emphasis');
    const cardUpdateOptions = { updateCardDataByKey: true };
    await update({ outTrackId: 'g1', cardData: { cardParamMap: { title: '新' } }, cardUpdateOptions });
    expect(await dataOf('ding-songjie', GROUP)).toEqual(expect.not.objectContaining({ emphasis: '处理中' }));
  });
  it('without an answer in two seconds the client says it failed, until the next good one', async () => {
    app.answers.set('/card', () => undefined);
    expect((await act('ding-songjie', 'b1', {}, '', GROUP)).body).toMatchObject({ delivered: false, status: 0 });
    expect(await interactive('ding-songjie', GROUP)).toHaveProperty('toast');
    app.answers.set('/card', () => ({ cardData: { cardParamMap: { count: 1 } } }));
    await act('ding-songjie', 'b1', {}, '', GROUP);
    expect(await interactive('ding-songjie', GROUP)).toHaveProperty('toast');
    app.answers.delete('/card');
    await act('ding-songjie', 'b1', {}, '', GROUP);
    expect(await interactive('ding-songjie', GROUP)).not.toHaveProperty('toast');
  }, 10_000);
  it('of a card that does not say how it calls goes nowhere', async () => {
    await create(aDingCard(bench, 'c2', 'ding-songjie', { callbackType: undefined }));
    expect((await act('ding-songjie', 'b1')).body).toMatchObject({ delivered: false, attempts: 0 });
    expect(app.heard).toEqual([]);
  });
  it('belongs to who has the card', async () => {
    const messageId = (await bench.last('ding-songjie', GROUP))['id'];
    expect((await bench.api('POST', 'chats/ding-luhao/act', { messageId, actionId: 'b1' })).status).toBe(409);
    expect((await bench.api('POST', 'chats/ding-songjie/click', { messageId, key: 'b1' })).status).toBe(409);
  });
  it('a month without pushes left brings no content', async () => {
    await set({ enforceQuota: true, monthlyPushes: 0 });
    await act('ding-songjie', 'b1', {}, '', GROUP);
    expect(heard()).toMatchObject({ outTrackId: 'g1', errorCode: '20001' });
    expect(heard()).not.toHaveProperty('content');
  });
  it('a form comes with its hidden and preset fields, and not without what is required', async () => {
    const form = JSON.stringify({
      fields: [
        { name: '_key', type: 'TEXT', hidden: true, defaultValue: 'submit:1' },
        { name: 'title', label: '标题', type: 'TEXT', required: true, requiredMsg: '请填写标题' },
        { name: 'urgency', type: 'SELECT', defaultValue: { index: 0, value: 'normal' } },
      ],
    });
    await create(
      aDingCard(bench, 'f1', 'ding-fangmin', { privateData: { 'ding-fangmin': { cardParamMap: { form } } } }),
    );
    const empty = await act('ding-fangmin', 'form', { form: {} });
    expect([empty.status, empty.body['problem']]).toEqual([409, '请填写标题']);
    await act('ding-fangmin', 'form', { form: { title: '没网' } });
    expect(contentOf(heard())).toEqual({
      cardPrivateData: {
        actionIds: ['form'],
        params: { form: { _key: 'submit:1', title: '没网', urgency: { index: 0, value: 'normal' } } },
      },
    });
  });
});

it('a callback route is kept, and changed by force (reference, 6.5)', async () => {
  const register = (change: Json) =>
    bench.ding('POST v1.0/card/callbacks/register', {
      callbackRouteKey: 'cards',
      callbackUrl: 'http://other/',
      ...change,
    });
  const url = async (change: Json) => ((await register(change)).body['result'] as Json)['callbackUrl'];
  expect(await url({})).toBe(`${app.url}/card`);
  expect(await url({ forceUpdate: true })).toBe('http://other/');
  await set({ routeAgain: 'refuse' });
  expect(await register({})).toMatchObject({ status: 500, body: { code: 'param.callbackRouteKeyExist' } });
});
