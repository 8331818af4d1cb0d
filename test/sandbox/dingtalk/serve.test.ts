/** Reference, section 12 "Stream": the gateway as the sandbox serves it, its levers, and that nothing stays open. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Json } from '../support.ts';
import { aDingCard, aDingtalk, type DingBench } from './support.ts';

const ROBOT = '/v1.0/im/bot/messages/get';
const CARD = '/v1.0/card/instances/callback';

let bench: DingBench;
beforeEach(async () => {
  bench = await aDingtalk();
  await bench.served.sandbox.configureDingtalk({ transport: 'stream', robotUrl: null, eventUrl: null });
});
afterEach(() => bench.close());

/** Acknowledges everything; card actions with this. */
async function connect(response: Json = {}) {
  const { clientId, clientSecret } = bench.account;
  const subscriptions = [
    { type: 'EVENT', topic: '*' },
    { type: 'CALLBACK', topic: ROBOT },
    { type: 'CALLBACK', topic: CARD },
  ];
  const opened = await bench.ding('POST v1.0/gateway/connections/open', { clientId, clientSecret, subscriptions }, {});
  const { endpoint, ticket } = opened.body as { endpoint: string; ticket: string };
  const socket = new WebSocket(`${endpoint}?ticket=${encodeURIComponent(ticket)}`);
  const heard: Json[] = [];
  socket.on('message', (raw: Buffer) => {
    const frame = JSON.parse(raw.toString()) as { type: string; headers: Json; data: string };
    if (frame.type !== 'SYSTEM') heard.push(JSON.parse(frame.data) as Json);
    const data = frame.type === 'SYSTEM' ? frame.data : answerTo(frame.type, response);
    const headers = { contentType: 'application/json', messageId: frame.headers['messageId'] };
    socket.send(JSON.stringify({ code: 200, message: 'OK', headers, data }));
  });
  await once(socket, 'open');
  return { socket, heard };
}

const answerTo = (type: string, response: Json) =>
  JSON.stringify(type === 'EVENT' ? { status: 'SUCCESS', message: '' } : { response });

describe('Stream', () => {
  it('brings robot messages, card actions and events, and takes the answer to an action', async () => {
    const { heard } = await connect({
      cardUpdateOptions: { updatePrivateDataByKey: true },
      userPrivateData: { cardParamMap: { b1_text: '完成' } },
    });
    const said = await bench.api('POST', 'chats/ding-fangmin/text', { content: '没网' });
    expect(said.body).toMatchObject({ delivered: true, status: 200 });
    expect(heard).toMatchObject([{ msgtype: 'text', text: { content: '没网' }, senderStaffId: 'ding-fangmin' }]);
    const card = aDingCard(bench, 'c1', 'ding-songjie', { callbackType: 'STREAM', callbackRouteKey: undefined });
    await bench.ding('POST v1.0/card/instances/createAndDeliver', card);
    const messageId = (await bench.last('ding-songjie'))['id'];
    await bench.api('POST', 'chats/ding-songjie/act', { messageId, actionId: 'b1' });
    expect(heard[1]).toMatchObject({ type: 'actionCallback', outTrackId: 'c1', userId: 'ding-songjie' });
    expect((await bench.last('ding-songjie'))['interactive']).toMatchObject({ data: { b1_text: '完成' } });
    const event = { type: 'user_modify_org', fields: { userId: ['ding-caimei'] } };
    expect((await bench.api('POST', 'dingtalk/events', event)).body).toMatchObject({ delivered: true });
    expect(heard[2]).toMatchObject({ userId: ['ding-caimei'] });
    // Events of the contacts are free.
    expect((await bench.api('GET', 'dingtalk/usage')).body).toMatchObject({ pushes: 2 });
  });
  it('refuses wrong credentials, and paths that are not the gateway', async () => {
    const refused = await bench.ding('POST v1.0/gateway/connections/open', { clientId: 'x', clientSecret: 'y' }, {});
    expect([refused.status, refused.body['code']]).toEqual([401, 'authFailed']);
    const socket = new WebSocket(`${bench.served.url.replace('http', 'ws')}/elsewhere`);
    await expect(once(socket, 'open')).rejects.toThrow();
  });
  it('is disturbed by order, and closed with the sandbox', async () => {
    const first = await connect();
    expect((await bench.api('GET', 'dingtalk/stream')).body).toMatchObject({ connections: 1, opened: 1 });
    const cut = once(first.socket, 'close');
    expect((await bench.api('POST', 'dingtalk/stream', { what: 'cut' })).body).toEqual({ hit: 1 });
    await cut;
    expect((await bench.api('POST', 'dingtalk/stream', { what: 'dance' })).status).toBe(400);
    const second = await connect();
    const closed = once(second.socket, 'close');
    await bench.served.sandbox.close();
    await closed;
  });
});

describe('the console', () => {
  it('is kept, checked, and probes the event address', async () => {
    const put = (body: Json) => bench.api('PUT', 'dingtalk/console', body);
    expect((await put({ transport: 'pigeon' })).status).toBe(400);
    expect((await put({ robotUrl: 'nowhere' })).status).toBe(400);
    const unreachable = { transport: 'http', eventUrl: 'http://127.0.0.1:9/events' };
    expect((await put(unreachable)).body).toMatchObject({ ok: false, problem: expect.stringMatching(/^71012/) });
    expect((await bench.api('GET', 'dingtalk/console')).body).toMatchObject({ transport: 'stream', eventUrl: null });
    expect((await put({ transport: 'http', ownerKey: 'corpId' })).body).toEqual({ ok: true });
    expect((await bench.api('GET', 'dingtalk/console')).body).toMatchObject({ transport: 'http', ownerKey: 'corpId' });
  });
  it('timing and settings say what they do not know', async () => {
    expect((await bench.api('PUT', 'dingtalk/timing', { retryScale: 0.01, robotAgainMs: null })).status).toBe(200);
    expect((await bench.api('PUT', 'dingtalk/timing', { pingMs: null })).status).toBe(400);
    expect((await bench.api('PUT', 'dingtalk/settings', { sessionLife: 1 })).status).toBe(400);
    expect((await bench.api('PUT', 'dingtalk/settings', { sessionLifeMs: '1' })).status).toBe(400);
  });
});
