/** DingTalk's calls to us over HTTP, made by hand from the reference: what any forger could make, too. */
import { createHash, createHmac } from 'node:crypto';
import { makeDingtalk, type DingtalkOptions } from '../../../src/workspace/dingtalk/dingtalk.ts';
import { makeEnvelope } from '../../../src/workspace/dingtalk/crypto.ts';
import type { Answered, CallbackReply, CallbackRequest, InboundEvent } from '../../../src/workspace/port.ts';
import { aLog, type KeptLog } from '../../support/log.ts';
import { aCache } from './door.ts';

/** Of the reference's samples. */
export const NOW = 1700000000000;
export const APP = {
  corpId: 'dingfakecorp',
  clientId: 'dingfakeappkey0001',
  clientSecret: 'fake-app-secret',
  robotCode: 'dingfakeappkey0001',
  token: 'ticketbot123',
  aesKey: '0123456789abcdefghijABCDEFGHIJ0123456789xyz',
} as const;

export const optionsOf = (change: Partial<DingtalkOptions> = {}): DingtalkOptions => ({
  id: 'hq',
  ...APP,
  agentId: 1,
  transport: 'http',
  cardTemplateId: 't.schema',
  // Nobody listens there: reading what comes in needs nobody.
  apiBase: 'http://127.0.0.1:9/api/',
  oapiBase: 'https://oapi.dingtalk.com',
  loginBase: 'https://login.dingtalk.com',
  jsapiUrl: 'https://g.alicdn.com/dingtalk.open.js',
  publicUrl: 'https://paidan.example.com/',
  cache: aCache(),
  meter: { count: () => undefined },
  clock: () => NOW,
  log: aLog(),
  ...change,
});

export interface Bell {
  readonly seen: InboundEvent[];
  readonly log: KeptLog;
  readonly counted: string[];
  call(request: CallbackRequest): Promise<CallbackReply>;
}

/** @param answer  or what is thrown */
export function aBell(answer: Answered | Error = {}, change: Partial<DingtalkOptions> = {}): Bell {
  const seen: InboundEvent[] = [];
  const counted: string[] = [];
  const log = aLog();
  const meter = { count: (what: string) => void counted.push(what) };
  const workspace = makeDingtalk(optionsOf({ log, meter, ...change }));
  const receive = async (event: InboundEvent): Promise<Answered> => {
    seen.push(event);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { seen, log, counted, call: (request) => workspace.callback(request, receive) };
}

const post = (path: string, body: string, rest: Partial<CallbackRequest>): CallbackRequest => ({
  method: 'POST',
  path,
  query: {},
  headers: {},
  body: Buffer.from(body),
  ...rest,
});
const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

export function robotPost(body: unknown, at: number = NOW, secret: string = APP.clientSecret): CallbackRequest {
  const sign = createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');
  return post('/robot', textOf(body), { headers: { timestamp: String(at), sign } });
}

/** The secret with which this app's cards are signed. */
const CARD_SECRET = createHmac('sha256', APP.clientSecret).update('card route hq').digest('hex').slice(0, 32);

export function cardPost(body: unknown, at: number = NOW, secret: string = CARD_SECRET): CallbackRequest {
  const signature = createHmac('sha256', secret).update(String(at)).digest('base64');
  const headers = { 'x-ddpaas-signature-timestamp': String(at), 'x-ddpaas-signature': signature };
  return post('/card', textOf(body), { headers });
}

interface Sealing {
  readonly at?: number | string;
  readonly owner?: string;
  readonly token?: string;
  readonly aesKey?: string;
}

export function eventPost(event: unknown, { at = NOW, owner = APP.clientId, ...keys }: Sealing = {}): CallbackRequest {
  const { token = APP.token, aesKey = APP.aesKey } = keys;
  const encrypt = makeEnvelope({ token, aesKey, owners: [] }).seal(textOf(event), owner);
  const nonce = 'n0nc3';
  const signature = createHash('sha1')
    .update([token, String(at), nonce, encrypt].sort().join(''))
    .digest('hex');
  const query = { signature, msg_signature: signature, timestamp: String(at), nonce };
  return post('/events', JSON.stringify({ encrypt }), { query });
}
