/** A served sandbox, and a small app that the platform can call: both real, over HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../src/lib/log.ts';
import { serveSandbox, type ServedSandbox, type ServeOptions } from '../../src/sandbox/serve.ts';
import { decrypt, encrypt } from '../../src/sandbox/sealed.ts';
import { sign } from '../../src/sandbox/wecom/crypto.ts';

const quiet: Log = { info() {}, warn() {}, error() {}, with: () => quiet };

export const NOON = Date.UTC(2026, 2, 2, 4); // 12:00 in Beijing

export type Json = Record<string, unknown>;

export interface Bench {
  readonly served: ServedSandbox;
  /** Milliseconds since the epoch; move it freely. */
  readonly time: { now: number };
  get(path: string, query?: Record<string, string>): Promise<Json>;
  /** A call of the platform's API with the app's token. */
  call(path: string, body?: Json): Promise<Json>;
  /** `/sandbox/api/…` */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }>;
  token(): Promise<string>;
  close(): Promise<void>;
}

export async function aSandbox(options: Partial<ServeOptions> = {}): Promise<Bench> {
  const time = { now: NOON };
  const served = await serveSandbox({ port: 0, folder: null, clock: () => time.now, log: quiet, seed: 7, ...options });
  const { wecom } = served.sandbox;
  const get = async (path: string, query: Record<string, string> = {}) =>
    (await (await fetch(`${wecom.apiBase}/cgi-bin/${path}?${new URLSearchParams(query).toString()}`)).json()) as Json;
  const token = async () =>
    String((await get('gettoken', { corpid: wecom.corpId, corpsecret: wecom.secret }))['access_token']);
  return {
    served,
    time,
    get,
    token,
    async call(path, body) {
      const url = `${wecom.apiBase}/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${await token()}`;
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      return (await (await fetch(url, init)).json()) as Json;
    },
    async api(method, path, body) {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const response = await fetch(`${served.url}/sandbox/api/${path}`, init);
      return { status: response.status, body: (await response.json()) as Json };
    },
    close: () => served.close(),
  };
}

interface Heard {
  readonly query: URLSearchParams;
  readonly body: string;
  /** Decrypted. */
  readonly xml: string;
}

/** The app's side of the callback. `answers` are used one after the other, the last one for ever. */
export interface App {
  readonly url: string;
  readonly heard: Heard[];
  answers: ((response: ServerResponse, heard: Heard) => void)[];
  close(): Promise<void>;
}

export const withNothing = (response: ServerResponse) => void response.end();
export const withStatus = (status: number) => (response: ServerResponse) => void response.writeHead(status).end();
export const never = () => undefined;

export async function anApp(bench: Bench): Promise<App> {
  const { encodingAesKey } = bench.served.sandbox.wecom;
  const heard: Heard[] = [];
  const app: App = { url: '', heard, answers: [withNothing], close: async () => undefined };
  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      const query = new URL(request.url ?? '/', 'http://app').searchParams;
      const encrypted = query.get('echostr') ?? /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? '';
      if (query.has('echostr')) return response.end(decrypt(encodingAesKey, encrypted).message);
      const one = { query, body, xml: readable(encodingAesKey, encrypted) };
      const answer = app.answers[Math.min(heard.length, app.answers.length - 1)] ?? withNothing;
      heard.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(app, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const readable = (key: string, encrypted: string) => {
  try {
    return decrypt(key, encrypted).message;
  } catch {
    return '';
  }
};

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** A passive reply in its envelope. */
export function sealed(bench: Bench, inner: string, change: { signWith?: string; receiver?: string } = {}): string {
  const { token, encodingAesKey, corpId } = bench.served.sandbox.wecom;
  const encrypted = encrypt(encodingAesKey, change.receiver ?? corpId, inner, Buffer.alloc(16, 7));
  const signature = sign(change.signWith ?? token, '1767225661', 'n1', encrypted);
  return `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature><TimeStamp>1767225661</TimeStamp><Nonce><![CDATA[n1]]></Nonce></xml>`;
}

export const tag = (xml: string, name: string) =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(xml)?.[1] ?? null;

/** A valid card with two buttons, one of them a link, and a dropdown. */
export const aCard = (taskId: string, change: Json = {}): Json => ({
  card_type: 'button_interaction',
  task_id: taskId,
  main_title: { title: '新工单', desc: '打印机卡纸' },
  button_selection: {
    question_key: 'priority',
    title: '优先级',
    option_list: [
      { id: 'p1', text: '紧急' },
      { id: 'p2', text: '普通' },
    ],
    selected_id: 'p2',
  },
  button_list: [
    { type: 0, text: '受理', style: 1, key: 'accept' },
    { type: 1, text: '详情', url: 'https://paidan.example.com/t/1' },
  ],
  ...change,
});

export const aSend = (touser: string, card: Json): Json => ({
  touser,
  msgtype: 'template_card',
  agentid: 1000002,
  template_card: card,
});

export const aText = (touser: string, content: string, change: Json = {}): Json => ({
  touser,
  msgtype: 'text',
  agentid: 1000002,
  text: { content },
  ...change,
});
