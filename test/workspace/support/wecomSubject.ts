/** WeCom as a subject of the contract: the adapter unchanged, against the sandbox's WeCom over real HTTP. */
import { serveSandbox, type ServedSandbox } from '../../../src/sandbox/serve.ts';
import type { CardBody, Message } from '../../../src/sandbox/client.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { Answer, InboundEvent, Workspace } from '../../../src/workspace/port.ts';
import { makeWecom, type WecomOptions } from '../../../src/workspace/wecom/wecom.ts';
import { aLog } from '../../support/log.ts';
import type { Mood, Subject } from '../contract.ts';
import { aCache, aDoor } from './door.ts';

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
  const door = await aDoor('/callbacks/wecom/hq');
  door.open(workspace, async (event) => {
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
    knows: { cards: true, texts: true },
    secrets: [wecom.secret, wecom.token, wecom.encodingAesKey, 'access_token', 'corpsecret'],
    cast: { ann: 'chenwei', boss: 'WuGang', nobody: 'nobody-has-this', group: null },
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
    says: () => Promise.reject(new Error('This app hears no groups')),
    sendsPicture: async (account, bytes) => void (await api('POST', `chats/${account}/image?name=a.png`, bytes)),
    clicks: async (account, messageId, key, selected = {}) =>
      void (await api('POST', `chats/${account}/click`, { messageId, key, selected })),
    todos: async () => [],
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
