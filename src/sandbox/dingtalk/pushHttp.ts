/** The calls themselves, over HTTP: signed, with a deadline. Source: reference/dingtalk.md, 2.2–2.5, 3, 6.5 and 11.1. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { makeDeadline } from '../deadline.ts';
import type { DingtalkAccount } from './account.ts';
import { decrypt, encrypt } from '../sealed.ts';
import { signCard, signEvent, signRobot } from './crypto.ts';
import { NOWHERE, type Pushed, type Tamper } from './pushDelivery.ts';

const EVENT_MS = 2500;
const ROBOT_MS = 2500; // Not published; the general push timeout.
const CARD_MS = 2000;
const MAX_REPLY = 1024 * 1024; // bytes
const TOO_OLD = 61 * 60_000; // The app must refuse what is signed more than an hour ago.

export interface HttpPush {
  robot(url: string | null, body: object, tamper?: Tamper): Promise<Pushed>;
  card(to: { url: string; apiSecret: string | null }, body: object, tamper?: Tamper): Promise<Pushed>;
  /** One attempt. @returns problem: why it does not count as answered */
  event(url: string, owner: string, message: string, tamper?: Tamper): Promise<Pushed & { problem?: string }>;
}

export interface HttpOptions {
  readonly account: DingtalkAccount;
  readonly clock: Clock;
  /** Ends what is under way. */
  readonly closing: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** @param ms how long the app has */
async function post(url: string, ms: number, init: RequestInit, closing: AbortSignal): Promise<Answer> {
  const start = performance.now();
  const took = () => Math.round(performance.now() - start);
  const { signal, clear } = makeDeadline(ms, closing);
  try {
    const response = await fetch(url, { ...init, method: 'POST', signal, redirect: 'manual' });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, text: body.subarray(0, MAX_REPLY).toString(), ms: took() };
  } catch {
    return { status: 0, text: '', ms: took() }; // Refused, reset or too late: what comes after the deadline is never read.
  } finally {
    clear();
  }
}

const cut = (text: string, tamper: Tamper | undefined) =>
  tamper === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text;

/** Still the length and alphabet of a signature. */
const spoil = (signature: string, tamper: Tamper | undefined) =>
  tamper === 'signature' ? (signature.startsWith('a') ? 'b' : 'a') + signature.slice(1) : signature;

function readReply(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function makeHttpPush({ account, clock, closing }: HttpOptions): HttpPush {
  const stamp = (tamper: Tamper | undefined) => String(clock() - (tamper === 'timestamp' ? TOO_OLD : 0));

  /** Robot messages and cards: signed headers beside a plain body, and an answer that may say something. */
  const plain = async (
    url: string,
    ms: number,
    signed: Record<string, string>,
    body: object,
    tamper?: Tamper,
  ): Promise<Pushed> => {
    const headers = { 'content-type': 'application/json; charset=utf-8', ...signed };
    const {
      status,
      text,
      ms: took,
    } = await post(url, ms, { headers, body: cut(JSON.stringify(body), tamper) }, closing);
    const reply = status === 200 ? readReply(text) : undefined;
    return { delivered: status === 200, status, attempts: 1, ms: took, ...(reply === undefined ? {} : { reply }) };
  };

  return {
    async robot(url, body, tamper) {
      if (url === null) return NOWHERE;
      const timestamp = stamp(tamper);
      const sign = signRobot(tamper === 'key' ? `${account.clientSecret}x` : account.clientSecret, timestamp);
      const to = tamper === 'receiver' ? { ...body, robotCode: `${account.robotCode}x` } : body;
      return plain(url, ROBOT_MS, { timestamp, sign: spoil(sign, tamper) }, to, tamper);
    },
    async card({ url, apiSecret }, body, tamper) {
      const timestamp = stamp(tamper);
      const sign = apiSecret === null ? null : signCard(tamper === 'key' ? `${apiSecret}x` : apiSecret, timestamp);
      const signed =
        sign === null ? {} : { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': spoil(sign, tamper) };
      const to = tamper === 'receiver' ? { ...body, corpId: `${account.corpId}x` } : body;
      return plain(url, CARD_MS, signed, to, tamper);
    },
    async event(url, owner, message, tamper) {
      if (!URL.canParse(url)) return { ...NOWHERE, problem: '71012: the address is not a URL' };
      const { query, body } = sealEvent(account, stamp(tamper), owner, message, tamper);
      const target = new URL(url);
      for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
      const init = { headers: { 'content-type': 'application/json' }, body: cut(body, tamper) };
      const { status, text, ms } = await post(target.href, EVENT_MS, init, closing);
      const problem = problemOf(account, status, text);
      return { delivered: problem === null, status, attempts: 1, ms, ...(problem === null ? {} : { problem }) };
    },
  };
}

/** Every attempt is sealed anew: timestamp, nonce, ciphertext and signature. */
function sealEvent(account: DingtalkAccount, timestamp: string, owner: string, message: string, tamper?: Tamper) {
  const foreign = tamper === 'key';
  const key = foreign ? [...account.aesKey].reverse().join('') : account.aesKey;
  const encrypted = encrypt(key, tamper === 'receiver' ? `${owner}x` : owner, message, randomBytes(16));
  const nonce = randomBytes(5).toString('hex');
  const token = foreign ? `${account.token}x` : account.token;
  const signature = spoil(signEvent(token, timestamp, nonce, encrypted), tamper);
  return {
    query: { signature, msg_signature: signature, timestamp, nonce },
    body: JSON.stringify({ encrypt: encrypted }),
  };
}

/** @returns why this is not the encrypted `success`, in the console's words; null when it is. Source: reference/dingtalk.md, 2.4 */
function problemOf(account: DingtalkAccount, status: number, text: string): string | null {
  if (status === 0) return `71012: no answer within ${EVENT_MS} ms`;
  if (status !== 200) return `71012: answered with HTTP ${status}`;
  const reply = readReply(text);
  const { msg_signature, timeStamp, nonce, encrypt: sealed } = (reply ?? {}) as Record<string, unknown>;
  if (typeof msg_signature !== 'string' || typeof nonce !== 'string' || typeof sealed !== 'string')
    return '71009: the answer has no msg_signature, nonce or encrypt';
  if (typeof timeStamp !== 'string' && typeof timeStamp !== 'number')
    return '71009: the answer has no timeStamp (capital S)';
  if (signEvent(account.token, String(timeStamp), nonce, sealed) !== msg_signature)
    return '71009: msg_signature does not fit the answer';
  try {
    const { message, receiver: owner } = decrypt(account.aesKey, sealed);
    if (owner !== account.clientId && owner !== account.corpId) return '71009: the answer names another owner';
    return message === 'success' ? null : '71009: the answer is not the encrypted "success"';
  } catch {
    return '71009: the answer is not encrypted with this aes_key';
  }
}
