/** A gateway that says odd things, which the sandbox's does not. Proves reference/dingtalk.md, 4.1–4.4 and 4.6 (defects). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { makeStream, type Stream } from '../../../src/workspace/dingtalk/stream.ts';
import { UA } from '../../../src/workspace/dingtalk/streamOpen.ts';
import { aLog, type KeptLog } from '../../support/log.ts';
import { FAST, ROBOT, SUCCESS, until } from './streamBench.ts';

const TICKET = 'a b+c/d&e=派';
const SECRET = 'secretOfTheOddGateway';

let server: Server;
let sockets: WebSocketServer;
let base: string;
/** What the open call is answered with; null: nothing, ever. */
let opening: () => { status?: number; headers?: Record<string, string>; body: string } | null;
let asked: { url: string; body: Record<string, unknown>; accept: string | undefined }[];
let handshakes: string[];
let client: WebSocket | null;
let heard: { code: number; data: string; headers: Record<string, string> }[];
let log: KeptLog;
let stream: Stream;
let handled: string[];
/** What each handler waits for. */
let gate: Promise<void>;

beforeEach(async () => {
  gate = Promise.resolve();
  [asked, handshakes, heard, handled, client, log] = [[], [], [], [], null, aLog()];
  server = createServer();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    asked.push({
      url: request.url ?? '',
      body: JSON.parse(body) as Record<string, unknown>,
      accept: request.headers.accept,
    });
    const said = opening();
    if (said) response.writeHead(said.status ?? 200, said.headers).end(said.body);
  };
  server.on('request', (request, response) => void answer(request, response));
  sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    handshakes.push(request.url ?? '');
    client = socket;
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as (typeof heard)[number]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  opening = () => ({ body: JSON.stringify({ endpoint: `ws://${base}/connect?zone=1#x`, ticket: TICKET }) });
  stream = makeStream({
    apiBase: `http://${base}`,
    clientId: 'ding1',
    clientSecret: SECRET,
    topics: [ROBOT],
    async handle({ data }) {
      handled.push(data);
      await gate;
      return SUCCESS;
    },
    clock: Date.now,
    log,
    settings: { ...FAST, openTimeoutMs: 150, maxFrameBytes: 4096 },
  });
});
afterEach(async () => {
  await stream.stop();
  for (const one of sockets.clients) one.terminate();
  sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const told = JSON.stringify(log.lines);
  for (const secret of [SECRET, TICKET, encodeURIComponent(TICKET), 'private words'])
    expect(told).not.toContain(secret);
});

const connect = async () => {
  await stream.start();
  await until(() => client !== null && stream.state().connected);
};
const down = (type: string, topic: string, messageId: string, data = '{}') =>
  client!.send(JSON.stringify({ specVersion: '1.0', type, headers: { topic, messageId, time: 17 }, data }));

it('asks as the documents say, and escapes the ticket', async () => {
  await connect();
  expect(asked).toEqual([
    {
      url: '/v1.0/gateway/connections/open',
      accept: 'application/json',
      body: {
        clientId: 'ding1',
        clientSecret: SECRET,
        ua: UA,
        subscriptions: [
          { type: 'EVENT', topic: '*' },
          { type: 'CALLBACK', topic: ROBOT },
        ],
      },
    },
  ]);
  const url = new URL(handshakes[0]!, 'ws://x');
  expect([url.searchParams.get('ticket'), url.searchParams.get('zone')]).toEqual([TICKET, '1']);
});

describe('frames', () => {
  it.each([
    ['no JSON', 'private words'],
    ['cut off', '{"type":"EVENT","headers":{"topic":"*"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['without headers', '{"type":"EVENT","data":"private words"}'],
    ['without an id', '{"type":"EVENT","headers":{"topic":"*"},"data":"private words"}'],
    [
      'with an object for data',
      '{"type":"EVENT","headers":{"topic":"*","messageId":"1"},"data":{"a":"private words"}}',
    ],
    ['of another type', '{"type":"OTHER","headers":{"topic":"*","messageId":"1"},"data":"private words"}'],
    ['binary', Buffer.from([1, 2, 3])],
    ['empty', ''],
  ])('%s: dropped and told, and the next is handled', async (_, frame) => {
    await connect();
    client!.send(frame);
    down('EVENT', '*', 'next');
    await until(() => heard.length === 1);
    expect(heard[0]).toMatchObject({ code: 200, headers: { messageId: 'next' }, data: SUCCESS.data });
    expect(log.lines.filter(({ message }) => message.includes('unreadable'))).toHaveLength(1);
    expect(stream.state()).toMatchObject({ connected: true, attempts: 1 });
  });

  it('of a topic that nobody asked for: 404', async () => {
    await connect();
    down('CALLBACK', '/v1.0/graph/api/invoke', 'g1');
    await until(() => heard.length === 1);
    expect(heard[0]).toMatchObject({ code: 404, headers: { messageId: 'g1' } });
    expect(handled).toEqual([]);
  });

  it('of the platform about itself are no work, and only its ping is answered', async () => {
    await connect();
    for (const topic of ['CONNECTED', 'REGISTERED', 'KEEPALIVE']) down('SYSTEM', topic, topic);
    down('SYSTEM', 'ping', 'p', '{"opaque":"派-1"}');
    await until(() => heard.length === 1);
    expect(heard).toEqual([
      {
        code: 200,
        message: 'OK',
        headers: { contentType: 'application/json', messageId: 'p' },
        data: '{"opaque":"派-1"}',
      },
    ]);
  });

  it('more than can be handled wait with the platform, and come in their order', async () => {
    let open = () => {};
    gate = new Promise((resolve) => (open = resolve));
    await connect();
    for (let number = 0; number < 6000; number += 1)
      down('EVENT', '*', String(number), `${number} ${'x'.repeat(3500)}`);
    await sleep(500);
    expect(handled).toHaveLength(64);
    expect(client!.bufferedAmount).toBeGreaterThan(1_000_000); // Not read.
    open();
    await until(() => heard.length === 6000);
    expect(handled.map((data) => parseInt(data))).toEqual(Array.from({ length: 6000 }, (_, number) => number));
    expect(stream.state()).toMatchObject({ opened: 1, connections: 1 });
  });

  it('too large: the connection is replaced', async () => {
    await connect();
    down('EVENT', '*', 'big', 'private words'.repeat(1000));
    await until(() => stream.state().opened === 2);
    expect(handled).toEqual([]);
    await until(() => stream.state().connections === 1);
  });
});

describe('the open call, answered with', () => {
  const good = () => JSON.stringify({ endpoint: `ws://${base}/connect`, ticket: TICKET });
  it.each<[string, () => ReturnType<typeof opening>]>([
    ['nothing', () => null],
    ['a page', () => ({ body: '<html>private words</html>' })],
    ['no ticket', () => ({ body: JSON.stringify({ endpoint: `ws://${base}/connect` }) })],
    ['an address of another kind', () => ({ body: JSON.stringify({ endpoint: `http://${base}/`, ticket: TICKET }) })],
    ['no address', () => ({ body: JSON.stringify({ endpoint: 'connect', ticket: TICKET }) })],
    ['503', () => ({ status: 503, body: '{"code":"ServiceUnavailable","message":"private words"}' })],
    ['a way elsewhere', () => ({ status: 307, headers: { location: '/elsewhere' }, body: '' })],
    ['a flood', () => ({ body: JSON.stringify({ endpoint: 'x'.repeat(100_000), ticket: TICKET }) })],
  ])('%s: told, and tried again', async (_, answer) => {
    opening = answer;
    await stream.start();
    await until(() => asked.length >= 2);
    expect(log.lines[0]).toMatchObject({ level: 'warn', message: 'stream: not connected, trying again' });
    expect(asked.every(({ url }) => url.startsWith('/v1.0/'))).toBe(true);
    expect(handshakes).toEqual([]);
    opening = () => ({ body: good() });
    await until(() => stream.state().connected);
  });

  it('nothing while it is stopped: ends at once', async () => {
    opening = () => null;
    await stream.start();
    await until(() => asked.length === 1);
    const start = performance.now();
    await stream.stop();
    expect(performance.now() - start).toBeLessThan(100);
    await sleep(100);
    expect(asked).toHaveLength(1);
  });
});
