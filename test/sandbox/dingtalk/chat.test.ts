/** Reference, sections 3 and 5, and section 12 "Robot push" and "Sending": what people write, and what the app says. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../support.ts';
import { aDingApp, aDingtalk, connected, GROUP, PLANT, type DingApp, type DingBench } from './support.ts';

let bench: DingBench;
let app: DingApp;
beforeEach(async () => {
  bench = await aDingtalk();
  app = await aDingApp();
  await connected(bench, app);
});
afterEach(() => Promise.all([bench.close(), app.close()]));

const set = (change: Json) => bench.api('PUT', 'dingtalk/settings', change);
const heard = () => app.heard.at(-1)?.body ?? {};
const group = (id = GROUP) => encodeURIComponent(id);
const bySession = async (body: Json, url = heard()['sessionWebhook']) =>
  (await (await fetch(String(url), { method: 'POST', body: JSON.stringify(body) })).json()) as Json;
const picture = Buffer.from('89504e470d0a1a0a00', 'hex');
const upload = async (path: string, bytes: Buffer, type = 'image/png') => {
  const init = { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(bytes) };
  const response = await fetch(`${bench.served.url}/sandbox/api/chats/${path}`, init);
  return { status: response.status, body: (await response.json()) as Json };
};
const download = (downloadCode: unknown) =>
  bench.ding('POST v1.0/robot/messageFiles/download', { downloadCode, robotCode: bench.account.robotCode });

describe('what people write (reference, 3.1)', () => {
  it('one-to-one: signed, with the session that answers it', async () => {
    const { body } = await bench.api('POST', 'chats/ding-fangmin/text', { content: '打印机坏了' });
    expect(body).toMatchObject({ delivered: true, status: 200, messageId: expect.any(String) });
    expect(app.heard[0]?.headers['sign']).toBeTruthy();
    expect(heard()).toEqual({
      msgtype: 'text',
      text: { content: '打印机坏了' },
      conversationType: '1',
      conversationId: expect.stringMatching(/^cid.+==$/),
      msgId: expect.any(String),
      createAt: bench.time.now,
      senderId: expect.stringMatching(/^\$:LWCP_v1:\$/),
      senderNick: '方敏',
      senderStaffId: 'ding-fangmin',
      senderCorpId: bench.account.corpId,
      chatbotCorpId: bench.account.corpId,
      chatbotUserId: expect.stringMatching(/^\$:LWCP_v1:\$/),
      robotCode: bench.account.robotCode,
      isAdmin: false,
      senderPlatform: 'Win',
      sessionWebhook: expect.stringContaining('/robot/sendBySession?session='),
      sessionWebhookExpiredTime: bench.time.now + 5_400_000,
    });
    expect(await bench.last('ding-fangmin')).toMatchObject({ kind: 'text', from: 'me', delivery: 'delivered' });
  });
  it('in a group: only what mentions the app reaches it, and everybody reads along', async () => {
    const say = (mention: boolean) =>
      bench.api('POST', `chats/ding-fangmin/groups/${group()}/text`, { content: '投影仪坏了', mention });
    expect((await say(false)).body).toMatchObject({ delivered: true, attempts: 0 });
    expect(app.heard).toEqual([]);
    await say(true);
    expect(heard()).toMatchObject({
      text: { content: ' 投影仪坏了' },
      conversationType: '2',
      conversationId: GROUP,
      conversationTitle: 'IT 报修群',
      isInAtList: true,
      atUsers: [{ dingtalkId: heard()['chatbotUserId'] }],
    });
    expect(await bench.last('ding-luhao', GROUP)).toMatchObject({
      from: 'other',
      by: 'ding-fangmin',
      group: GROUP,
      text: '@派单 投影仪坏了',
    });
    expect(await bench.messages('ding-fangmin', GROUP)).toHaveLength(2);
    expect(await bench.messages('ding-fangmin')).toEqual([]);
    expect((await bench.api('GET', `chats/ding-yuanli/groups/${group()}`)).status).toBe(404);
    expect(await bench.messages('ding-yuanli', PLANT)).toEqual([]);
  });
  it('a picture and a file: fetched by a code that is bound to the robot, at an address that ends', async () => {
    await upload('ding-fangmin/image', picture);
    expect(heard()).toMatchObject({ msgtype: 'picture', content: { downloadCode: expect.any(String) } });
    await upload('ding-fangmin/file?name=%E6%97%A5%E5%BF%97.zip', Buffer.from('zip'), 'application/zip');
    const { downloadCode, fileName } = heard()['content'] as Json;
    expect([heard()['msgtype'], fileName]).toEqual(['file', '日志.zip']);
    expect(await bench.last('ding-fangmin')).toMatchObject({ kind: 'file', fileName: '日志.zip' });
    const { body } = await download(downloadCode);
    expect(body['downloadUrl']).toMatch(/\.file\?Expires=\d+$/);
    expect(await (await fetch(String(body['downloadUrl']))).text()).toBe('zip');
    const other = { downloadCode, robotCode: 'other' };
    const foreign = await bench.ding('POST v1.0/robot/messageFiles/download', other);
    expect(foreign.body['code']).toBe('invalidParameter.robotCode.auth');
    bench.time.now += 3_600_000;
    expect((await fetch(String(body['downloadUrl']))).status).toBe(403);
    bench.time.now += 86_400_000;
    expect((await download(downloadCode)).body['code']).toBe('invalidParameter.robotCode.downloadCode');
  });
  it('a picture with words in a group is rich text', async () => {
    await upload(`ding-caimei/groups/${group()}/image?text=%E7%9C%8B`, picture);
    expect(heard()).toMatchObject({
      msgtype: 'richText',
      content: { richText: [{ text: ' 看' }, { type: 'picture', downloadCode: expect.any(String) }] },
    });
    expect(await bench.last('ding-songjie', GROUP)).toMatchObject({ kind: 'image', text: '@派单 看' });
  });
  it('again is the same msgId; three times at once are three deliveries', async () => {
    const { body } = await bench.api('POST', 'chats/ding-fangmin/text?repeat=3&concurrent=1', { content: 'x' });
    expect(body['repeats']).toHaveLength(3);
    await bench.api('POST', 'chats/ding-fangmin/retry', { messageId: body['messageId'] });
    expect(new Set(app.heard.map((one) => one.body['msgId'])).size).toBe(1);
    expect(app.heard).toHaveLength(4);
  });
  it('a sender without a staff id, and a month without pushes left', async () => {
    await set({ withoutStaffId: ['ding-fangmin'], enforceQuota: true, monthlyPushes: 1 });
    await bench.api('POST', 'chats/ding-fangmin/text', { content: 'x' });
    expect(heard()).not.toHaveProperty('senderStaffId');
    await bench.api('POST', 'chats/ding-fangmin/text', { content: 'y' });
    expect(heard()).toMatchObject({ errorCode: '20001' });
    expect(heard()).not.toHaveProperty('text');
    expect((await bench.api('GET', 'dingtalk/usage')).body).toMatchObject({ pushes: 2 });
  });
  it('nobody there: the message failed, and says so', async () => {
    await bench.served.sandbox.configureDingtalk({ transport: 'http', robotUrl: null, eventUrl: null });
    const { body } = await bench.api('POST', 'chats/ding-fangmin/text', { content: 'x' });
    expect(body).toMatchObject({ delivered: false });
    expect(await bench.last('ding-fangmin')).toMatchObject({ delivery: 'failed' });
  });
});

describe('answers (reference, 3.1 and 5.4)', () => {
  it('over HTTP at once: words, cards of links, or nothing', async () => {
    app.answers.set('/robot', () => ({ msgtype: 'text', text: { content: '收到' } }));
    await bench.api('POST', 'chats/ding-fangmin/text', { content: 'x' });
    expect(await bench.last('ding-fangmin')).toMatchObject({ from: 'app', kind: 'text', text: '收到' });
    app.answers.set('/robot', () => ({
      msgtype: 'actionCard',
      actionCard: { title: '工单', text: '**1001**', singleTitle: '查看', singleURL: 'http://127.0.0.1/t/1' },
    }));
    await bench.api('POST', `chats/ding-fangmin/groups/${group()}/text`, { content: 'x', mention: true });
    expect(await bench.last('ding-luhao', GROUP)).toMatchObject({
      kind: 'action_card',
      actionCard: { title: '工单', buttons: [{ title: '查看', url: 'http://127.0.0.1/t/1' }] },
    });
    app.answers.set('/robot', () => ({ msgtype: 'empty' }));
    await bench.api('POST', 'chats/ding-fangmin/text', { content: 'x' });
    expect(await bench.last('ding-fangmin')).toMatchObject({ from: 'me' });
  });
  it('by the session, with a mention, until it is over', async () => {
    await bench.api('POST', `chats/ding-fangmin/groups/${group()}/text`, { content: 'x', mention: true });
    const said = { msgtype: 'markdown', markdown: { title: 't', text: '@ding-fangmin 已建单' } };
    expect(await bySession({ ...said, at: { atUserIds: ['ding-fangmin'] } })).toMatchObject({ errcode: 0 });
    expect(await bench.last('ding-luhao', GROUP)).toMatchObject({ kind: 'markdown', text: '@方敏 已建单' });
    expect(await bySession({ ...said, x: 'x'.repeat(20_000) })).toMatchObject({ errcode: 460101 });
    await set({ disbanded: [GROUP] });
    expect(await bySession(said)).toMatchObject({ errcode: 400013 });
    bench.time.now += 5_400_000;
    expect(await bySession(said)).toMatchObject({ errcode: 300001, errmsg: 'session 不存在' });
  });
  it('sessions can be over at once', async () => {
    await set({ sessionLifeMs: 0 });
    await bench.api('POST', 'chats/ding-fangmin/text', { content: 'x' });
    expect(await bySession({ msgtype: 'text', text: { content: 'x' } })).toMatchObject({ errcode: 300001 });
  });
});

describe('messages of the robot (reference, 5.1–5.3)', () => {
  const toPeople = (change: Json) =>
    bench.ding('POST v1.0/robot/oToMessages/batchSend', {
      robotCode: bench.account.robotCode,
      userIds: ['ding-fangmin', 'ghost', 'ding-songjie'],
      msgKey: 'sampleMarkdown',
      msgParam: JSON.stringify({ title: '工单 1001', text: '**请处理**' }),
      ...change,
    });
  const toGroup = (openConversationId: string, msgKey = 'sampleText', param: Json = { content: '好了' }) =>
    bench.ding('POST v1.0/robot/groupMessages/send', {
      robotCode: bench.account.robotCode,
      openConversationId,
      msgKey,
      msgParam: JSON.stringify(param),
    });

  it('to people: who is unknown or held back is named, inside a success', async () => {
    await set({ flowControlled: ['ding-songjie'] });
    const { status, body } = await toPeople({});
    expect([status, body]).toEqual([
      200,
      {
        processQueryKey: expect.any(String),
        invalidStaffIdList: ['ghost'],
        flowControlledStaffIdList: ['ding-songjie'],
      },
    ]);
    expect(await bench.last('ding-fangmin')).toMatchObject({ from: 'app', kind: 'markdown', text: '**请处理**' });
    expect(await bench.messages('ding-songjie')).toEqual([]);
    const recall = { robotCode: bench.account.robotCode, processQueryKeys: [body['processQueryKey']] };
    await bench.ding('POST v1.0/robot/otoMessages/batchRecall', recall);
    expect(await bench.messages('ding-fangmin')).toEqual([]);
  });
  it('what does not fit is refused by its name', async () => {
    const refused: [Json, string][] = [
      [{ robotCode: '' }, 'invalidParameter.robotCode.empty'],
      [{ robotCode: 'other' }, 'invalidParameter.robotCode.notExsit'],
      [{ userIds: [] }, 'invalidParameter.userIds.empty'],
      [{ userIds: Array.from({ length: 21 }, () => 'ding-fangmin') }, 'invalidParameter.userIds.overMax'],
      [{ msgKey: 'sampleNothing' }, 'invalidParameter.msgKey.invalid'],
      [{ msgParam: { title: 'x', text: 'x' } }, 'invalidParameter.msgParam.invalid'],
      [{ msgParam: '{"title":"x"}' }, 'invalidParameter.msgParam.invalid'],
      [{ msgParam: JSON.stringify({ title: 'x', text: 'x'.repeat(15_000) }) }, 'invalidParameter.msgParam.tooLong'],
    ];
    for (const [change, code] of refused) {
      const { status, body } = await toPeople(change);
      expect([status, body['code']]).toEqual([400, code]);
    }
    expect(await bench.messages('ding-fangmin')).toEqual([]);
  });
  it('to a group in which the robot is, with links for those who can only open', async () => {
    expect((await toGroup(GROUP)).status).toBe(200);
    expect(await bench.last('ding-dongfei', GROUP)).toMatchObject({ kind: 'text', text: '好了' });
    const card = {
      title: 't',
      text: 'x',
      actionTitle1: 'A',
      actionURL1: 'http://a/',
      actionTitle2: 'B',
      actionURL2: 'http://b/',
    };
    await toGroup(GROUP, 'sampleActionCard2', card);
    expect(await bench.last('ding-dongfei', GROUP)).toMatchObject({
      actionCard: {
        buttons: [
          { title: 'A', url: 'http://a/' },
          { title: 'B', url: 'http://b/' },
        ],
      },
    });
    expect((await toGroup('cidOther==')).body['code']).toBe('invalid.openConversationId');
    await set({ disbanded: [GROUP] });
    expect((await toGroup(GROUP)).body['code']).toBe('group.disbanded');
  });
  it('an uploaded picture is shown by its media id', async () => {
    const form = new FormData();
    form.append('media', new Blob([new Uint8Array(picture)]), 'a.png');
    const url = `${bench.account.oapiBase}/media/upload?type=image&access_token=${await bench.dingToken()}`;
    const { media_id } = (await (await fetch(url, { method: 'POST', body: form })).json()) as Json;
    await toGroup(GROUP, 'sampleImageMsg', { photoURL: media_id as string });
    const { mediaUrl } = await bench.last('ding-dongfei', GROUP);
    const shown = await fetch(bench.served.url + String(mediaUrl));
    expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).toBe(true);
    const wrong = (await (await fetch(url.replace('image', 'film'), { method: 'POST', body: form })).json()) as Json;
    expect(wrong['errcode']).toBe(40004);
  });
});

describe('work notifications (reference, 5.6)', () => {
  const base = 'topapi/message/corpconversation';
  const send = (content: string) =>
    bench.oapi(`${base}/asyncsend_v2`, {
      agent_id: bench.account.agentId,
      userid_list: 'ding-fangmin,ghost',
      msg: { msgtype: 'text', text: { content } },
    });
  const result = async (task_id: unknown) =>
    (await bench.oapi(`${base}/getsendresult`, { agent_id: bench.account.agentId, task_id }))['send_result'];

  it('the same words twice a day, or too many, vanish: only the result says so', async () => {
    await set({ notificationsPerDay: 2 });
    const tasks: Json[] = [];
    for (const words of ['一', '一', '二', '三']) tasks.push(await send(words));
    expect(tasks.map((one) => one['errcode'])).toEqual([0, 0, 0, 0]);
    expect((await bench.messages('ding-fangmin')).map((one) => one['text'])).toEqual(['一', '二']);
    expect(await result(tasks[0]?.['task_id'])).toMatchObject({
      invalid_user_id_list: ['ghost'],
      unread_user_id_list: ['ding-fangmin'],
      forbidden_list: [],
    });
    const codes = [];
    for (const task of tasks.slice(1)) codes.push(await result(task['task_id']));
    expect(codes).toMatchObject([
      { forbidden_list: [{ code: '143106', userid: 'ding-fangmin' }] },
      { forbidden_list: [] },
      { forbidden_list: [{ code: '143105', userid: 'ding-fangmin' }] },
    ]);
    bench.time.now += 86_400_000;
    await send('一');
    expect(await bench.messages('ding-fangmin')).toHaveLength(3);
  });
});
