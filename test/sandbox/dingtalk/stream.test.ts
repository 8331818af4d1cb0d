/** The Stream gateway, as a client sees it. Proves reference/dingtalk.md, 4.1–4.5, and section 12 "Stream". */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aClient,
  aPlatform,
  CARD,
  ROBOT,
  until,
  type Client,
  type Frame,
  type Json,
  type Platform,
} from './pushBench.ts';

const file = new URL('../../reference/dingtalk/stream-frames.json', import.meta.url);
const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { down?: Frame; body?: Json }>;

const SUCCESS = { status: 'SUCCESS', message: 'ok' };
const dataOf = (frame: Frame | undefined) => JSON.parse(frame?.data ?? 'null') as Json;

let platform: Platform;
beforeEach(async () => {
  platform = await aPlatform({ transport: 'stream' }, { ackMs: 200, retryScale: 0.01, disconnectGraceMs: 150 });
});
afterEach(() => platform.close());

describe('opening a connection', () => {
  const addressOf = ({ body }: { body: Json }) => `${String(body['endpoint'])}?ticket=${String(body['ticket'])}`;

  it('needs the credentials', async () => {
    const { clientId } = platform.account;
    const { status, body } = await platform.open({ clientId, clientSecret: 'x', subscriptions: [] });
    expect(status).toBe(401);
    const { requestid, ...rest } = reference['openResponseUnauthorized']!.body!;
    expect(body).toMatchObject(rest);
    expect(String(body['requestid'])).toHaveLength(String(requestid).length);
    expect((await platform.open({})).status).toBe(401);
  });

  it.each([[undefined], ['*'], [[{ type: 'EVENT', topic: ROBOT }]], [[{ type: 'OTHER', topic: '*' }]], [[null]]])(
    'needs subscriptions that there are, not %j',
    async (subscriptions) => {
      const { clientId, clientSecret } = platform.account;
      expect((await platform.open({ clientId, clientSecret, subscriptions })).status).toBe(400);
    },
  );

  it('gives a ticket for one connection', async () => {
    const address = addressOf(await platform.open());
    expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/sandbox\/dingtalk\/connect\?ticket=[\w-]+$/);
    await aClient(address);
    await expect(aClient(address)).rejects.toThrow('401');
    expect(platform.push.state()).toMatchObject({ connections: 1, opened: 1 });
  });

  it('gives it for 90 seconds', async () => {
    const [early, late] = [addressOf(await platform.open()), addressOf(await platform.open())];
    platform.time.now += 89_999;
    await aClient(early);
    platform.time.now += 1;
    await expect(aClient(late)).rejects.toThrow('401');
  });

  it('is refused as often as ordered, and the ticket is spent', async () => {
    expect(platform.push.disturb('refuse', 2)).toBe(2);
    const address = addressOf(await platform.open());
    await expect(aClient(address)).rejects.toThrow('503');
    await expect(aClient(addressOf(await platform.open()))).rejects.toThrow('503');
    await expect(aClient(address)).rejects.toThrow('401');
    await platform.connect();
    expect(platform.push.state().opens).toHaveLength(3);
  });

  it('leaves other paths to others', async () => {
    const request = { url: '/elsewhere' } as Parameters<Platform['push']['upgrade']>[0];
    const socket = null as unknown as Parameters<Platform['push']['upgrade']>[1];
    expect(platform.push.upgrade(request, socket, Buffer.alloc(0))).toBe(false);
  });
});

describe('frames', () => {
  const sameShape = (frame: Frame | undefined, like: Frame | undefined) => {
    expect(Object.keys(frame?.headers ?? {}).sort()).toEqual(Object.keys(like?.headers ?? {}).sort());
    expect({ ...frame, headers: frame?.headers['topic'], data: '' }).toEqual({
      ...like,
      headers: like?.headers['topic'],
      data: '',
    });
    expect(Object.values(frame?.headers ?? {}).every((value) => typeof value === 'string')).toBe(true);
  };

  it('have the shape that the reference shows', async () => {
    platform.push.timing.pingMs = 30;
    const client = await platform.connect();
    void platform.push.robot(dataOf(reference['robotMessage']!.down));
    void platform.push.card({ type: 'STREAM' }, dataOf(reference['cardAction']!.down));
    void platform.push.event('user_leave_org', dataOf(reference['event']!.down));
    await client.have(3);
    await until(() => client.pings.length > 0);
    platform.push.disturb('disconnect');
    const [robot, card, event, disconnect] = await client.have(4);
    sameShape(robot, reference['robotMessage']!.down);
    sameShape(card, reference['cardAction']!.down);
    sameShape(event, reference['event']!.down);
    sameShape(disconnect, reference['disconnect']!.down);
    sameShape(client.pings[0], reference['ping']!.down);
    for (const [frame, name] of [
      [robot, 'robotMessage'],
      [card, 'cardAction'],
      [event, 'event'],
      [disconnect, 'disconnect'],
    ] as const)
      expect(frame!.data).toBe(reference[name]!.down!.data);
  });

  it('are never larger than clients take', async () => {
    const client = await platform.connect();
    const sent = await platform.push.robot({ text: 'x'.repeat(256 * 1024) });
    expect([sent.delivered, client.frames.length, platform.push.state().unacked]).toEqual([false, 0, 1]);
  });

  it('go to a connection that subscribed to them', async () => {
    const onlyEvents = await platform.connect([{ type: 'EVENT', topic: '*' }]);
    expect(await platform.push.robot({ a: 1 })).toEqual({ delivered: false, status: 0, attempts: 0, ms: 0 });
    const onlyRobot = await platform.connect([{ type: 'CALLBACK', topic: ROBOT }]);
    for (let time = 0; time < 5; time += 1) void platform.push.robot({ time });
    void platform.push.event('a', {});
    await onlyRobot.have(5);
    await onlyEvents.have(1);
    expect(onlyEvents.frames.map((frame) => frame.type)).toEqual(['EVENT']);
    expect(onlyRobot.frames.every((frame) => frame.headers['topic'] === ROBOT)).toBe(true);
  });

  it('go to one of several connections by lot', async () => {
    const [a, b, c] = [await platform.connect(), await platform.connect(), await platform.connect()];
    platform.dice.push(0, 0.99, 0.5, 0.1);
    for (let time = 0; time < 4; time += 1) void platform.push.robot({ time });
    await until(() => platform.push.state().frames === 4);
    await a.have(2);
    await b.have(1);
    await c.have(1);
    expect(a.frames.map((frame) => dataOf(frame)['time'])).toEqual([0, 3]);
  });
});

describe('a ping', () => {
  it('is expected back; who misses three is cut off', async () => {
    platform.push.timing.pingMs = 25;
    const [alive, deaf] = [await platform.connect(), await platform.connect()];
    deaf.alive = false;
    await deaf.closed;
    await until(() => alive.pings.length > 6);
    expect(new Set(alive.pings.map((ping) => dataOf(ping)['opaque'])).size).toBe(alive.pings.length);
    expect(platform.push.state()).toMatchObject({ connections: 1, malformed: 0, frames: 0 });
  });
});

describe('a robot message over Stream', () => {
  it('is delivered when it is acknowledged, whatever the answer says', async () => {
    const client = await platform.connect();
    client.answer = (frame) => client.ack(frame, { response: null });
    const pushed = await platform.push.robot({ msgId: 'm' });
    expect(pushed).toMatchObject({ delivered: true, status: 200, attempts: 1 });
    expect(pushed.reply).toBeUndefined();
    client.answer = (frame) => client.ack(frame, {}, 500);
    expect(await platform.push.robot({ msgId: 'm' })).toMatchObject({ delivered: false, status: 500 });
    expect(platform.push.state()).toMatchObject({ frames: 2, acks: 2, unacked: 0, malformed: 0 });
  });

  it('is told once only, by default', async () => {
    const client = await platform.connect();
    expect(await platform.push.robot({})).toMatchObject({ delivered: false, status: 0, attempts: 1 });
    await sleep(300);
    expect(client.frames).toHaveLength(1);
    expect(platform.push.state()).toMatchObject({ frames: 1, unacked: 1 });
  });

  it('is told again until it is acknowledged, when that is switched on', async () => {
    platform.push.timing.robotAgainMs = 50;
    platform.push.timing.ackMs = 50;
    expect((await platform.push.robot({ msgId: 'm' })).attempts).toBe(0);
    const client = await platform.connect();
    client.answer = (frame) => void (client.frames.length === 3 && client.ack(frame, { response: null }));
    await client.have(3);
    await sleep(250);
    expect(client.frames.map(dataOf)).toEqual(Array(3).fill({ msgId: 'm' }));
    expect(new Set(client.frames.map((frame) => frame.headers['messageId'])).size).toBe(3);
  });

  it('is not told again after a late acknowledgement', async () => {
    platform.push.timing.robotAgainMs = 200;
    platform.push.timing.ackMs = 20;
    const client = await platform.connect();
    client.answer = (frame) => void setTimeout(() => client.ack(frame, { response: null }), 60);
    expect((await platform.push.robot({})).delivered).toBe(false);
    await sleep(400);
    expect(client.frames).toHaveLength(1);
    expect(platform.push.state()).toMatchObject({ acks: 0, unacked: 1, malformed: 0 });
  });
});

describe('a card action over Stream', () => {
  it('brings back what the card is to show', async () => {
    const client = await platform.connect();
    const response = { cardData: { cardParamMap: { status: 'taken' } } };
    client.answer = (frame) => client.ack(frame, { response });
    expect(await platform.push.card({ type: 'STREAM' }, { userId: 'u' })).toMatchObject({
      delivered: true,
      reply: response,
    });
    client.answer = (frame) => client.ack(frame, { response: null });
    expect((await platform.push.card({ type: 'STREAM' }, {})).reply).toEqual({});
    expect(client.frames[0]!.headers['topic']).toBe(CARD);
  });

  it('waits for 2 s, and is not told again', async () => {
    const client = await platform.connect();
    client.answer = (frame) => void setTimeout(() => client.ack(frame, { response: {} }), 2200);
    const pushed = await platform.push.card({ type: 'STREAM' }, {});
    expect(pushed).toMatchObject({ delivered: false, status: 0, attempts: 1 });
    expect(pushed.ms).toBeGreaterThanOrEqual(1999);
    await sleep(300);
    expect([client.frames.length, platform.push.state().malformed]).toEqual([1, 0]);
  });

  it('fails where nobody is connected, whatever the console says', async () => {
    await platform.push.configure({ ...platform.push.settings(), transport: 'http' });
    expect(await platform.push.card({ type: 'STREAM' }, {})).toMatchObject({ delivered: false, attempts: 0 });
  });
});

describe('an event over Stream', () => {
  const idsOf = (client: Client) => new Set(client.frames.map((frame) => frame.headers['eventId']));

  it('is told until somebody says SUCCESS', async () => {
    platform.push.timing.ackMs = 60;
    const client = await platform.connect();
    const answers: (((frame: Frame) => void) | null)[] = [
      (frame) => client.ack(frame, { status: 'LATER' }),
      null, // says nothing
      (frame) => client.ack(frame, SUCCESS, 500),
      (frame) => client.ack(frame, SUCCESS),
    ];
    client.answer = (frame) => answers[client.frames.length - 1]?.(frame);
    const first = await platform.push.event('user_add_org', { userId: ['a'] });
    expect(first).toMatchObject({ delivered: false, status: 200, attempts: 1, reply: { status: 'LATER' } });
    await client.have(4);
    await sleep(700); // The next would come after 600 ms.
    expect([client.frames.length, idsOf(client).size]).toEqual([4, 1]);
    expect(platform.push.failed()).toEqual([]);
  });

  it('is kept while nobody is connected, for the first who is', async () => {
    platform.push.timing.retryScale = 1;
    const kept = await Promise.all(['a', 'b', 'c'].map((type) => platform.push.event(type, {})));
    expect(kept.map((one) => one.attempts)).toEqual([0, 0, 0]);
    const onlyRobot = await platform.connect([{ type: 'CALLBACK', topic: ROBOT }]);
    const client = await platform.connect();
    client.answer = (frame) => client.ack(frame, SUCCESS);
    await client.have(3);
    expect(client.frames.map((frame) => frame.headers['eventType']).sort()).toEqual(['a', 'b', 'c']);
    expect(onlyRobot.frames).toEqual([]);
  });

  it('survives the connection that it was told to', async () => {
    const first = await platform.connect();
    first.answer = () => first.socket.terminate();
    expect((await platform.push.event('a', {})).delivered).toBe(false);
    const second = await platform.connect();
    second.answer = (frame) => second.ack(frame, SUCCESS);
    await second.have(1);
    expect(idsOf(second)).toEqual(idsOf(first));
  });
});

describe('what is no acknowledgement', () => {
  const id = (frame: Frame) => ({ messageId: frame.headers['messageId'] });
  const ok = { code: 200, message: 'OK' };
  const wrong: [string, (frame: Frame) => unknown][] = [
    ['not JSON', () => 'OK'],
    ['not an object', () => 'null'],
    ['no code', (frame) => ({ headers: id(frame), data: '{"status":"SUCCESS"}' })],
    ['a code as text', (frame) => ({ code: '200', headers: id(frame), data: '{"status":"SUCCESS"}' })],
    ['no headers', () => ({ ...ok, data: '{"status":"SUCCESS"}' })],
    ['no data', (frame) => ({ ...ok, headers: id(frame) })],
    ['data that is not text', (frame) => ({ ...ok, headers: id(frame), data: { status: 'SUCCESS' } })],
    ['data that is not JSON', (frame) => ({ ...ok, headers: id(frame), data: 'SUCCESS' })],
    ['no status', (frame) => ({ ...ok, headers: id(frame), data: '{}' })],
    ['another status', (frame) => ({ ...ok, headers: id(frame), data: '{"status":"success"}' })],
    ['no frame of ours', () => ({ ...ok, headers: { messageId: 'x' }, data: '{"status":"SUCCESS"}' })],
  ];
  it.each(wrong)('%s: counts as malformed, and nothing else', async (_, answer) => {
    platform.push.timing.retryScale = 1;
    const client = await platform.connect();
    client.answer = (frame) => {
      const said = answer(frame);
      client.socket.send(typeof said === 'string' ? said : JSON.stringify(said));
    };
    expect(await platform.push.event('a', {})).toMatchObject({ delivered: false, status: 0 });
    expect(platform.push.state()).toMatchObject({ malformed: 1, acks: 0, unacked: 1 });
  });

  it('a card answered beside `response`, and a binary frame', async () => {
    const client = await platform.connect();
    client.answer = (frame) => {
      client.ack(frame, { cardData: {} });
      client.socket.send(Buffer.from('{}'));
    };
    expect((await platform.push.card({ type: 'STREAM' }, {})).delivered).toBe(false);
    expect(platform.push.state()).toMatchObject({ malformed: 2, acks: 0 });
  });
});
