/** The served sandbox from DingTalk's side, and an app that it can call over HTTP: both real. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DingtalkAccount } from '../../../src/sandbox/dingtalk/account.ts';
import type { ServeOptions } from '../../../src/sandbox/serve.ts';
import { aSandbox, type Bench, type Json } from '../support.ts';

export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

export interface DingBench extends Bench {
  readonly account: DingtalkAccount;
  /** The new API with the app's token. @param path as `POST v1.0/card/instances` */
  ding(path: string, body?: unknown, headers?: Record<string, string>): Promise<Said>;
  /** The old API with the app's token. */
  oapi(path: string, body?: unknown): Promise<Json>;
  dingToken(): Promise<string>;
  messages(userid: string, group?: string): Promise<Json[]>;
  last(userid: string, group?: string): Promise<Json>;
}

export const GROUP = 'cidSandboxItHelp0001==';
export const PLANT = 'cidSandboxPlant0002==';

export async function aDingtalk(options: Partial<ServeOptions> = {}): Promise<DingBench> {
  const bench = await aSandbox(options);
  const account = bench.served.sandbox.dingtalk;
  const dingToken = async () => {
    const query = new URLSearchParams({ appkey: account.clientId, appsecret: account.clientSecret }).toString();
    return String(((await (await fetch(`${account.oapiBase}/gettoken?${query}`)).json()) as Json)['access_token']);
  };
  const messages = async (userid: string, group?: string) => {
    const path = `chats/${userid}${group === undefined ? '' : `/groups/${encodeURIComponent(group)}`}`;
    return (await bench.api('GET', path)).body['messages'] as Json[];
  };
  return {
    ...bench,
    account,
    dingToken,
    messages,
    last: async (userid, group) => (await messages(userid, group)).at(-1) ?? {},
    async ding(line, body, headers) {
      const [method = '', path = ''] = line.split(' ');
      const response = await fetch(`${account.apiBase}/${path}`, {
        method,
        headers: headers ?? { 'x-acs-dingtalk-access-token': await dingToken() },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
    },
    async oapi(path, body) {
      const url = `${account.oapiBase}/${path}${path.includes('?') ? '&' : '?'}access_token=${await dingToken()}`;
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      return (await (await fetch(url, init)).json()) as Json;
    },
  };
}

export interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json;
}

/** Hears robot messages at /robot and card actions at /card. `answers` by path, as JSON; undefined: never. */
export interface DingApp {
  readonly url: string;
  readonly heard: Heard[];
  readonly answers: Map<string, (heard: Heard) => object | undefined>;
  close(): Promise<void>;
}

export async function aDingApp(): Promise<DingApp> {
  const heard: Heard[] = [];
  const answers: DingApp['answers'] = new Map();
  const server = createServer((request, response) => void hear(request, response, heard, answers));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function hear(request: IncomingMessage, response: ServerResponse, all: Heard[], answers: DingApp['answers']) {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const path = new URL(request.url ?? '/', 'http://app').pathname;
  const one = { path, headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString()) as Json };
  all.push(one);
  const answer = (answers.get(path) ?? (() => ({})))(one);
  if (answer === undefined) return;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}

/** Robot messages over HTTP to this app, and cards to it by a route. */
export async function connected(bench: DingBench, app: DingApp): Promise<void> {
  const robotUrl = `${app.url}/robot`;
  await bench.served.sandbox.configureDingtalk({ transport: 'http', robotUrl, eventUrl: null });
  const route = { callbackRouteKey: 'cards', callbackUrl: `${app.url}/card`, apiSecret: 's3cret', forceUpdate: true };
  await bench.ding('POST v1.0/card/callbacks/register', route);
}

/** A card for one person, with a button and a form; what is private goes to `userid`. */
export const aDingCard = (bench: DingBench, outTrackId: string, userid: string, change: Json = {}): Json => ({
  cardTemplateId: bench.account.cardTemplateId,
  outTrackId,
  callbackType: 'HTTP',
  callbackRouteKey: 'cards',
  userIdType: 1,
  openSpaceId: `dtv1.card//IM_ROBOT.${userid}`,
  cardData: { cardParamMap: { title: '工单 1001', over: '' } },
  privateData: { [userid]: { cardParamMap: { b1_text: '受理', b1_key: 'accept:1001', form: '' } } },
  imRobotOpenSpaceModel: { supportForward: false, lastMessageI18n: { ZH_CN: '工单 1001 待受理' } },
  imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: bench.account.robotCode },
  ...change,
});
