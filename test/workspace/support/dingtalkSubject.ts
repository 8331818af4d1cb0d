/** DingTalk as a subject of the contract: the adapter unchanged, against the sandbox's DingTalk over real HTTP and Stream. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Todo } from '../../../src/sandbox/client.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { serveSandbox, type ServedSandbox } from '../../../src/sandbox/serve.ts';
import { makeDingtalk, type DingtalkOptions } from '../../../src/workspace/dingtalk/dingtalk.ts';
import { groupChat, groupOf } from '../../../src/lib/chat.ts';
import type { Answered, InboundEvent, Quota, Workspace } from '../../../src/workspace/port.ts';
import { aLog } from '../../support/log.ts';
import type { Mood, Subject } from '../contract.ts';
import { aCache, aDoor } from './door.ts';

export const GROUP = 'cidSandboxItHelp0001==';

export interface DingtalkSubject extends Subject {
  readonly cache: ReturnType<typeof aCache>;
  readonly sandbox: ServedSandbox;
  /** What the adapter counted. */
  readonly counted: Record<keyof Quota, number>;
  answersWith(answer: Answered): void;
  /** Throws it at whatever comes next. */
  failsWith(error: Error | null): void;
  /** Another adapter of the same app, e.g. with a wrong secret. */
  another(change: Partial<DingtalkOptions>): Workspace;
  fault(fault: Partial<Fault> & { path: string }): Promise<void>;
  api<T = Record<string, unknown>>(method: string, path: string, body?: object | Buffer): Promise<T>;
}

const MOODS: Readonly<Record<Mood, Partial<Fault> | null>> = {
  accepts: null,
  throttles: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', http: 403 },
  'is busy': { code: 'system.busy', http: 500 },
  'is down': { http: 503 },
  'loses its answer': { loseReply: true },
  'talks nonsense': { garbage: true },
  'forgot our token': { code: 'InvalidAuthentication', http: 400 },
};
/** All that sends or changes something. */
const SENDING = [
  'v1.0/robot/oToMessages/batchSend',
  'v1.0/robot/groupMessages/send',
  'v1.0/card/instances/createAndDeliver',
  'PUT v1.0/card/instances',
  'POST v1.0/todo/users/{unionId}/tasks',
];

interface Shape {
  readonly transport: 'http' | 'stream';
  /** Without one, cards are messages with links. */
  readonly hasTemplate?: boolean;
}

export async function aDingtalkSubject({ transport, hasTemplate = true }: Shape): Promise<DingtalkSubject> {
  const log = aLog();
  const clock = () => Date.now();
  const served = await serveSandbox({ port: 0, folder: null, clock, log: aLog(), seed: 7 });
  const cache = aCache();
  const counted = { calls: 0, pushes: 0 };
  const { dingtalk } = served.sandbox;
  const door = await aDoor('/callbacks/dingtalk/hq');
  const options: DingtalkOptions = {
    id: 'hq',
    ...dingtalk,
    cardTemplateId: hasTemplate ? dingtalk.cardTemplateId : null,
    transport,
    publicUrl: door.url,
    cache,
    meter: { count: (what, n = 1) => void (counted[what] += n) },
    clock,
    log,
    settings: { timeoutMs: 1500 },
  };
  const workspace = makeDingtalk(options);
  const received: InboundEvent[] = [];
  let answer: Answered = {};
  let error: Error | null = null;
  const receive = async (event: InboundEvent): Promise<Answered> => {
    received.push(event);
    if (error) throw error;
    return answer;
  };
  door.open(workspace, receive);
  const api = callerOf(`${served.url}/sandbox/api`);
  await connect(served, transport, `${door.url}/callbacks/dingtalk/hq`);
  await workspace.start(receive);
  await until(async () =>
    transport === 'stream'
      ? (await api<{ connections: number }>('GET', 'dingtalk/stream')).connections > 0
      : !hasTemplate || log.lines.some(({ message }) => message.includes('registered')),
  );
  // The contract asks faster than any service would.
  await api('PUT', 'dingtalk/settings', { callsPerSecond: 0, trustedHosts: ['127.0.0.1'] });
  const messages = async (path: string) => (await api<{ messages: Message[] }>('GET', `chats/${path}`)).messages;

  return {
    workspace,
    log,
    cache,
    counted,
    sandbox: served,
    api,
    received,
    knows: { cards: hasTemplate, texts: false },
    secrets: [dingtalk.clientSecret, dingtalk.token, dingtalk.aesKey, 'access_token', 'sendBySession'],
    cast: { ann: 'ding-caimei', boss: 'ding-luhao', nobody: 'ding-nobody', group: groupChat(GROUP) },
    another: (change) => makeDingtalk({ ...options, ...change }),
    fault: async (fault) => void (await api('POST', 'dingtalk/faults', { times: 1, ...fault })),
    async mood(mood) {
      await api('DELETE', 'dingtalk/faults');
      const fault = MOODS[mood];
      for (const path of fault ? SENDING : []) await api('POST', 'dingtalk/faults', { path, times: 1, ...fault });
    },
    async shown(account, chat) {
      const group = chat === undefined ? null : groupOf(chat);
      const all = await messages(group === null ? account : `${account}/groups/${encodeURIComponent(group)}`);
      const said = all.filter(({ from }) => from === 'app');
      return said.map((one) => ({ id: one.id, text: wordsOf(one), clickable: isClickable(one) }));
    },
    types: async (account, content, times = 1) =>
      void (await api('POST', `chats/${account}/text?repeat=${times}`, { content })),
    says: async (account, group, content) => {
      const path = `chats/${account}/groups/${encodeURIComponent(groupOf(group) ?? '')}/text`;
      await api('POST', path, { content, mention: true });
    },
    sendsPicture: async (account, bytes) => void (await api('POST', `chats/${account}/image?name=a.png`, bytes)),
    async clicks(account, messageId, key, picked = {}) {
      const message = (await messages(account)).find(({ id }) => id === messageId);
      const act = actFor(message?.interactive?.data ?? {}, key, picked);
      await api('POST', `chats/${account}/act`, { messageId, ...act });
    },
    async todos(account) {
      const todos = await api<Todo[]>('GET', `chats/${account}/todos`);
      return todos.filter(({ done }) => !done).map(({ subject }) => subject);
    },
    opensChat: async (account) => void (await api('POST', `chats/${account}/enter`, {})),
    async signsIn(url, account) {
      const address = new URL(url);
      address.searchParams.set('_as', account);
      const response = await fetch(address, { redirect: 'manual' });
      const back = new URL(response.headers.get('location') ?? '').searchParams;
      return { code: back.get('code') ?? '', state: back.get('state') ?? '' };
    },
    answersWith: (next) => void (answer = next),
    failsWith: (next) => void (error = next),
    async close() {
      await workspace.stop();
      await door.close();
      await served.close();
    },
  };
}

/** What the console of the app holds. */
async function connect({ sandbox }: ServedSandbox, transport: 'http' | 'stream', base: string): Promise<void> {
  const isHttp = transport === 'http';
  const accepted = await sandbox.configureDingtalk({
    transport,
    robotUrl: isHttp ? `${base}/robot` : null,
    eventUrl: isHttp ? `${base}/events` : null,
  });
  if (!accepted.ok) throw new Error(accepted.problem);
}

export async function until(isSo: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  for (const end = Date.now() + ms; !(await isSo()); await sleep(10))
    if (Date.now() > end) throw new Error('It did not become so in time');
}

type Data = Readonly<Record<string, string>>;

/** The press that brings this key: a button's, or the form's with these values. */
function actFor(data: Data, key: string, picked: Record<string, string[]>) {
  const button = ['b1', 'b2', 'b3', 'b4', 'b5', 'm1', 'm2', 'm3'].find((id) => data[`${id}_key`] === key);
  if (button !== undefined) return { actionId: button, params: { key } };
  if (!data['form']) throw new Error(`There is no button for ${key}`);
  const { fields } = JSON.parse(data['form']) as { fields: Field[] };
  const filled = Object.entries(picked).map(([name, values]) => [name, valueOf(fields, name, values)]);
  return { actionId: 'form', params: { form: Object.fromEntries(filled) as Record<string, unknown> } };
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly options?: readonly { readonly value: string }[];
}

/** As the form component sends it (reference, 6.6). */
function valueOf(fields: readonly Field[], name: string, values: readonly string[]): unknown {
  const field = fields.find((one) => one.name === name);
  if (!field) throw new Error(`The form has no ${name}`);
  const index = values.map((value) => (field.options ?? []).findIndex((one) => one.value === value));
  if (field.type === 'MULTI_SELECT') return { index, value: values };
  if (field.type === 'SELECT') return { index: index[0], value: values[0] };
  return field.type === 'NUMBER' ? Number(values[0]) : values[0];
}

function wordsOf({ text, actionCard, interactive }: Message): string {
  if (interactive) return Object.values(interactive.data).join('\n');
  if (!actionCard) return text ?? '';
  return [actionCard.title, actionCard.text, ...actionCard.buttons.flatMap((one) => [one.title, one.url])].join('\n');
}

function isClickable({ interactive, actionCard }: Message): boolean {
  if (!interactive) return (actionCard?.buttons.length ?? 0) > 0;
  const { data } = interactive;
  return !data['over'] && Object.entries(data).some(([name, value]) => value !== '' && /^(b\d_text|form)$/.test(name));
}

function callerOf(base: string): DingtalkSubject['api'] {
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
