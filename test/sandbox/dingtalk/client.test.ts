/** DingTalk's own client from npm, unchanged, at the sandbox's gateway: an independent reading of reference/dingtalk.md, 4. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import axios from 'axios';
import { DWClient, EventAck, type DWClientDownStream } from 'dingtalk-stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { aPlatform, CARD, ROBOT, until, type Json, type Platform } from './pushBench.ts';

let platform: Platform;
let client: DWClient;
const heard: DWClientDownStream[] = [];
const events: DWClientDownStream[] = [];

// Its two addresses are constants, but it asks through the shared axios.
const rewrite = axios.interceptors.request.use((request) => {
  const url = request.url?.replace('https://api.dingtalk.com', platform.account.apiBase) ?? '';
  return Object.assign(request, { url });
});
afterAll(() => axios.interceptors.request.eject(rewrite));
beforeAll(() => {
  for (const level of ['info', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});

beforeEach(async () => {
  platform = await aPlatform({ transport: 'stream' }, { pingMs: 50, retryScale: 0.005 });
  heard.length = 0;
  events.length = 0;
  const { clientId, clientSecret } = platform.account;
  client = new DWClient({ clientId, clientSecret });
  // Its list of subscriptions is one for all clients of a process.
  client.config.subscriptions = [{ type: 'EVENT', topic: '*' }];
});
afterEach(async () => {
  client.config.autoReconnect = false; // Its disconnect() does not call off a reconnect that is planned.
  client.disconnect();
  await platform.close();
});

function subscribe(): void {
  client
    .registerCallbackListener(ROBOT, (frame) => {
      heard.push(frame);
      client.socketCallBackResponse(frame.headers.messageId, null);
    })
    .registerCallbackListener(CARD, (frame) => {
      heard.push(frame);
      client.socketCallBackResponse(frame.headers.messageId, { cardData: { cardParamMap: { status: 'taken' } } });
    })
    .registerAllEventListener((frame) => {
      events.push(frame);
      return { status: events.length === 1 ? EventAck.LATER : EventAck.SUCCESS, message: 'ok' };
    });
}

it('connects, receives a message, an action and an event, and acknowledges them', async () => {
  subscribe();
  await client.connect();
  expect(client.connected).toBe(true);

  const message = { msgId: 'm1', msgtype: 'text', text: { content: '打印机坏了' } };
  expect(await platform.push.robot(message)).toMatchObject({ delivered: true, status: 200 });
  const action = { type: 'actionCallback', outTrackId: 'T-1', userId: 'u', content: '{}' };
  expect(await platform.push.card({ type: 'STREAM' }, action)).toMatchObject({
    delivered: true,
    reply: { cardData: { cardParamMap: { status: 'taken' } } },
  });
  expect(heard.map((frame) => JSON.parse(frame.data) as Json)).toEqual([message, action]);

  expect(await platform.push.event('user_add_org', { userId: ['a'] })).toMatchObject({ reply: { status: 'LATER' } });
  await until(() => events.length === 2);
  expect(events.map((frame) => frame.headers.eventType)).toEqual(['user_add_org', 'user_add_org']);
  expect(events[0]?.headers.eventId).toBe(events[1]?.headers.eventId);
  expect(JSON.parse(events[1]?.data ?? '') as Json).toEqual({ userId: ['a'] });

  await until(() => platform.push.state().acks === 4);
  await sleep(300); // Six pings: who does not echo them is cut off after three.
  expect(platform.push.state()).toMatchObject({ connections: 1, opened: 1, frames: 4, unacked: 0, malformed: 0 });
});

it('comes back after `disconnect`, and gets the event that nobody took meanwhile', async () => {
  platform.push.timing.disconnectGraceMs = 100;
  platform.push.timing.retryScale = 1;
  subscribe();
  events.push({} as DWClientDownStream); // The next is answered with SUCCESS.
  await client.connect();
  platform.push.disturb('disconnect');
  expect((await platform.push.event('user_leave_org', { userId: ['a'] })).attempts).toBe(0);
  await until(() => events.length === 2);
  expect(platform.push.state()).toMatchObject({ connections: 1, opened: 2 });
});

it('is refused with the wrong secret, and never says so', async () => {
  client.config.clientSecret = 'wrong';
  client.config.autoReconnect = false;
  await client.connect();
  expect(client.connected).toBe(false);
  expect(platform.push.state()).toMatchObject({ opened: 0 });
  expect(platform.push.state().opens).toHaveLength(1);
});

it('asks twice for every handshake that is refused: a defect the gateway shows (4.6)', async () => {
  platform.push.disturb('refuse', 1);
  await client.connect();
  await until(() => platform.push.state().opens.length >= 3);
  await until(() => platform.push.state().connections === 2);
  platform.push.disturb('cut');
});
