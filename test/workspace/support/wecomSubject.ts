/** WeCom as a subject of the contract: the adapter unchanged, against the sandbox's WeCom over real HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveSandbox, type ServedSandbox } from '../../../src/sandbox/serve.ts';
import type { CardBody, Message } from '../../../src/sandbox/client.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { Answer, InboundEvent, Receive, Workspace } from '../../../src/workspace/port.ts';
import type { TokenCache } from '../../../src/workspace/tokenCache.ts';
import { makeWecom, type WecomOptions } from '../../../src/workspace/wecom/wecom.ts';
import { aLog } from '../../support/log.ts';
import type { Mood, Subject } from '../contract.ts';

/** Forgets nothing by time: the adapter must see for itself that a token is over. */
export function aCache(): TokenCache & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

export interface WecomSubject extends Subject {
  readonly cache: ReturnType<typeof aCache>;
  readonly sandbox: ServedSandbox;
  /** Another adapter of the same app, e.g. with a wrong secret. */
  another(change: Partial<WecomOptions>): Workspace;
  fault(fault: Partial<Fault> & { path: string }): Promise<void>;
  api<T = Record<string, unknown>>(method: string, path: string, body?: object | Buffer): Promise<T>;
  cardOf(shownId: string): Promise<CardBody>;
}

const MOODS: Readonly<Record<Mood, Partial<Fault> | null>> = {
  accepts: null,
  throttles: { errcode: 45009 },
  'is busy': { errcode: -1 },
  'is down': { http: 503 },
  'loses its answer': { loseReply: true },
  'talks nonsense': { garbage: true },
  'forgot our token': { errcode: 40014 },
};

export async function aWecomSubject(): Promise<WecomSubject> {
  const log = aLog();
  const clock = () => Date.now();
  const served = await serveSandbox({ port: 0, folder: null, clock, log: aLog(), seed: 7 });
  const cache = aCache();
  const { wecom } = served.sandbox;
  const options: WecomOptions = {
    id: 'hq',
    ...wecom,
    ssoBase: wecom.oauthBase,
    publicUrl: 'https://paidan.example.com',
    cache,
    clock,
    log,
    settings: { timeoutMs: 1500 },
  };
  const workspace = makeWecom(options);
  const received: InboundEvent[] = [];
  let answer: Answer = {};
  const door = await openDoor(workspace, async (event) => {
    received.push(event);
    return answer;
  });
  const api = callerOf(`${served.url}/sandbox/api`);
  const accepted = await served.sandbox.configureCallback(`${door.url}/callbacks/wecom/hq`);
  if (!accepted.ok) throw new Error(accepted.problem);
  // Short, so that a test of a lost answer is; the person's own patience is what the platform's retries are for.
  await api('PUT', 'settings', { strictFields: true, strictText: true, trustedHosts: ['127.0.0.1'] });
  const messages = async (userid: string) => (await api<{ messages: Message[] }>('GET', `chats/${userid}`)).messages;
  const everybody = async () => {
    const people = await api<{ userid: string }[]>('GET', 'people');
    return (await Promise.all(people.map(({ userid }) => messages(userid)))).flat();
  };

  return {
    workspace,
    log,
    cache,
    sandbox: served,
    api,
    received,
    secrets: [wecom.secret, wecom.token, wecom.encodingAesKey, 'access_token', 'corpsecret'],
    cast: { ann: 'chenwei', boss: 'WuGang', nobody: 'nobody-has-this' },
    another: (change) => makeWecom({ ...options, ...change }),
    fault: async (fault) => void (await api('POST', 'faults', { times: 1, ...fault })),
    async mood(mood) {
      await api('DELETE', 'faults');
      const fault = MOODS[mood];
      if (fault) await api('POST', 'faults', { path: 'message/send', times: 1, ...fault });
    },
    shown: async (account) =>
      (await messages(account)).filter(({ from }) => from === 'app').map((one) => ({ ...one, text: wordsOf(one) })),
    async cardOf(shownId) {
      const found = (await everybody()).find(({ id }) => id === shownId);
      if (!found?.card) throw new Error(`No card ${shownId}`);
      return found.card;
    },
    types: async (account, content, times = 1) =>
      void (await api('POST', `chats/${account}/text?repeat=${times}`, { content })),
    sendsPicture: async (account, bytes) => void (await api('POST', `chats/${account}/image?name=a.png`, bytes)),
    clicks: async (account, messageId, key, selected = {}) =>
      void (await api('POST', `chats/${account}/click`, { messageId, key, selected })),
    opensChat: async (account) => void (await api('POST', `chats/${account}/enter`, {})),
    async signsIn(url, account) {
      const address = new URL(url);
      address.searchParams.set('_as', account);
      const response = await fetch(address, { redirect: 'manual' });
      const back = new URL(response.headers.get('location') ?? '').searchParams;
      return { code: back.get('code') ?? '', state: back.get('state') ?? '' };
    },
    answersWith: (next) => void (answer = next),
    async close() {
      await door.close();
      await served.close();
    },
  };
}

function wordsOf({ text, card, replaced }: Message): string {
  if (!card) return text ?? '';
  const words: string[] = replaced === undefined ? [] : [replaced];
  JSON.stringify(card, (_name, value: unknown) => {
    if (typeof value === 'string') words.push(value);
    return value;
  });
  return words.join('\n');
}

function callerOf(base: string): WecomSubject['api'] {
  return async <T>(method: string, path: string, body?: object | Buffer) => {
    const raw = Buffer.isBuffer(body);
    const response = await fetch(`${base}/${path}`, {
      method,
      ...(body ? { body: raw ? new Uint8Array(body) : JSON.stringify(body) } : {}),
      headers: { 'content-type': raw ? 'image/png' : 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
}

/** What `http/` does for the callbacks, in the least words. */
async function openDoor(workspace: Workspace, receive: Receive) {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const query = Object.fromEntries(url.searchParams);
    const path = url.pathname.replace('/callbacks/wecom/hq', '');
    const body = Buffer.concat(chunks);
    const reply = await workspace.callback({ method: request.method ?? '', path, query, headers: {}, body }, receive);
    response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()),
  };
}
