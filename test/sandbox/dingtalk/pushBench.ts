/** The platform's calling side on a real server, a small app that it can call, and a small Stream client: all real. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Log } from '../../../src/lib/log.ts';
import { makeDingtalkAccount, type DingtalkAccount } from '../../../src/sandbox/dingtalk/account.ts';
import { decrypt, encrypt } from '../../../src/sandbox/sealed.ts';
import { signEvent } from '../../../src/sandbox/dingtalk/crypto.ts';
import { makePush, type Push, type PushSettings, type PushTiming } from '../../../src/sandbox/dingtalk/push.ts';

const quiet: Log = { info() {}, warn() {}, error() {}, with: () => quiet };

export type Json = Record<string, unknown>;

export const ROBOT = '/v1.0/im/bot/messages/get';
export const CARD = '/v1.0/card/instances/callback';
const EVERYTHING = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: ROBOT },
  { type: 'CALLBACK', topic: CARD },
];

export interface Platform {
  readonly push: Push;
  readonly account: DingtalkAccount;
  readonly url: string;
  /** Epoch ms; move it freely. */
  readonly time: { now: number };
  /** What the dice say, in turn and again; empty: real dice. */
  readonly dice: number[];
  open(body?: Json): Promise<{ status: number; body: Json }>;
  /** A connected client that acknowledges nothing by itself but pings. */
  connect(subscriptions?: readonly Json[]): Promise<Client>;
  close(): Promise<void>;
}

export async function aPlatform(
  settings: Partial<PushSettings> = {},
  timing: Partial<PushTiming> = {},
): Promise<Platform> {
  const time = { now: Date.now() };
  const dice: number[] = [];
  const server = createServer();
  const listening = await listen(server);
  const account = makeDingtalkAccount(listening);
  const push = makePush({
    account,
    publicUrl: listening,
    clock: () => time.now,
    log: quiet,
    random: () => {
      const next = dice.shift();
      if (next !== undefined) dice.push(next);
      return next ?? Math.random();
    },
    settings: { transport: 'http', robotUrl: null, eventUrl: null, ownerKey: 'clientId', ...settings },
  });
  Object.assign(push.timing, timing);
  const opens = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    const answer = push.open(JSON.parse(body || 'null'));
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  };
  server.on('request', (request, response) => void opens(request, response));
  server.on('upgrade', (request, socket, head: Buffer) => {
    if (!push.upgrade(request, socket, head)) socket.destroy();
  });
  const { clientId, clientSecret } = account;
  const open: Platform['open'] = async (body = { clientId, clientSecret, subscriptions: EVERYTHING }) => {
    const address = `${listening}/sandbox/dingtalk/api/v1.0/gateway/connections/open`;
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Json };
  };
  return {
    push,
    account,
    url: listening,
    time,
    dice,
    open,
    async connect(subscriptions = EVERYTHING) {
      const { body } = await open({ clientId, clientSecret, subscriptions });
      return aClient(`${String(body['endpoint'])}?ticket=${String(body['ticket'])}`);
    },
    async close() {
      push.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const listen = (server: ReturnType<typeof createServer>) =>
  new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );

export interface Frame {
  readonly specVersion: string;
  readonly type: string;
  readonly headers: Record<string, string>;
  readonly data: string;
}

export interface Client {
  readonly socket: WebSocket;
  /** Everything that came down but pings. */
  readonly frames: Frame[];
  readonly pings: Frame[];
  /** Whether it echoes pings. */
  alive: boolean;
  /** Answers what comes from now on. */
  answer: ((frame: Frame) => void) | null;
  ack(frame: Frame, data: unknown, code?: number): void;
  /** Resolves when `count` frames have come. */
  have(count: number): Promise<readonly Frame[]>;
  readonly closed: Promise<void>;
}

/** @throws Error with the status of a refused handshake */
export async function aClient(address: string): Promise<Client> {
  const socket = new WebSocket(address);
  const client: Client = {
    socket,
    frames: [],
    pings: [],
    alive: true,
    answer: null,
    ack: ({ headers }, data, code = 200) =>
      socket.send(
        JSON.stringify({
          code,
          message: 'OK',
          headers: { contentType: 'application/json', messageId: headers['messageId'] },
          data: JSON.stringify(data),
        }),
      ),
    async have(count) {
      await until(() => client.frames.length >= count);
      return client.frames;
    },
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  };
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.headers['topic'] === 'ping') {
      client.pings.push(frame);
      if (client.alive) client.ack(frame, JSON.parse(frame.data));
      return;
    }
    client.frames.push(frame);
    client.answer?.(frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return client;
}

/** @throws Error after 5 s */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 5000; !holds(); await sleep(5))
    if (Date.now() > end) throw new Error('it did not come to that within 5 s');
}

export interface Heard {
  readonly at: number;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface App {
  readonly url: string;
  readonly heard: Heard[];
  /** Bodies of the next answers; the last one stays. */
  answers: ((heard: Heard) => { status?: number; body: string; delayMs?: number })[];
  close(): Promise<void>;
}

export async function anApp(): Promise<App> {
  const heard: Heard[] = [];
  const hears = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const one = { at: Date.now(), query, headers: request.headers, body };
    heard.push(one);
    const answer = (app.answers.length > 1 ? app.answers.shift() : app.answers[0])?.(one) ?? { body: '' };
    if (answer.delayMs !== undefined) await sleep(answer.delayMs);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body);
  };
  const server = createServer((request, response) => void hears(request, response));
  const url = await listen(server);
  const app: App = {
    url: `${url}/callback`,
    heard,
    answers: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return app;
}

/** What an app answers an event with. Source: reference/dingtalk.md, 2.4 */
export function seal({ token, aesKey, clientId }: DingtalkAccount, word = 'success', owner = clientId): Json {
  const sealed = encrypt(aesKey, owner, word, Buffer.alloc(16, 7));
  const timeStamp = '1700000000000';
  return { msg_signature: signEvent(token, timeStamp, 'n1', sealed), timeStamp, nonce: 'n1', encrypt: sealed };
}

/** The message inside an event over HTTP. */
export function unseal({ aesKey }: DingtalkAccount, { body }: Heard): { event: Json; owner: string } {
  const { message, receiver: owner } = decrypt(aesKey, (JSON.parse(body) as { encrypt: string }).encrypt);
  return { event: JSON.parse(message) as Json, owner };
}
