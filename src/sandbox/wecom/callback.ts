/** Calls the app: signed, encrypted, with five seconds to answer and three more attempts. Source: reference/wecom.md, 2. */
import { makeDeadline } from '../deadline.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent } from '../client.ts';
import type { Corp } from './corp.ts';
import { encrypt } from '../sealed.ts';
import { sign } from './crypto.ts';
import type { MediaShelf } from './media.ts';
import { applyReply } from './reply.ts';
import type { Callback } from './rows.ts';
import { writeXml } from './xml.ts';

/** Ways to spoil a callback, to see that the app refuses it. */
export type Tamper = 'signature' | 'receiver' | 'truncated';

export interface Caller {
  /** What the console does when the form is saved: verify with GET, and only then use the address. */
  configure(url: string): Promise<{ ok: boolean; problem?: string }>;
  deliver(callback: Callback, tamper?: Tamper): Promise<Sent>;
  /** Gives up what is under way. */
  close(): void;
}

interface Attempt {
  readonly status: number;
  readonly body: string;
}

const NO_ANSWER: Attempt = { status: 0, body: '' };
const MAX_REPLY = 1024 * 1024; // bytes

interface Sealed {
  readonly encrypted: string;
  readonly query: Record<string, string>;
}

/** Fresh timestamp, nonce, ciphertext and signature: every attempt is sealed anew. */
function seal(corp: Corp, message: string, tamper?: Tamper): Sealed {
  const { token, encodingAesKey, corpId } = corp.account;
  const whole = encrypt(encodingAesKey, tamper === 'receiver' ? `${corpId}x` : corpId, message, corp.ids.bytes(16));
  const encrypted = tamper === 'truncated' ? whole.slice(0, 40) : whole;
  const timestamp = String(Math.floor(corp.realNow() / 1000));
  const nonce = corp.ids.digits(10);
  const signature = sign(tamper === 'signature' ? `${token}x` : token, timestamp, nonce, encrypted);
  return { encrypted, query: { msg_signature: signature, timestamp, nonce } };
}

/** @param ms how long the app has. @param closing ends it early */
async function ask(url: URL, ms: number, init: RequestInit, closing: AbortSignal): Promise<Attempt> {
  const deadline = makeDeadline(ms, closing);
  try {
    const response = await fetch(url, { ...init, signal: deadline.signal, redirect: 'manual' });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, body: body.subarray(0, MAX_REPLY).toString() };
  } catch {
    return NO_ANSWER; // Refused, reset or too late: what comes after the deadline is never read.
  } finally {
    deadline.clear();
  }
}

export function makeCaller(corp: Corp, media: MediaShelf): Caller {
  const closing = new AbortController();
  const post = (address: string, message: string, tamper?: Tamper): Promise<Attempt> => {
    const { encrypted, query } = seal(corp, message, tamper);
    const { corpId, agentId } = corp.account;
    const body = writeXml([
      'xml',
      [
        ['ToUserName', corpId],
        ['AgentID', String(agentId)],
        ['Encrypt', encrypted],
      ],
    ]);
    const init = { method: 'POST', headers: { 'content-type': 'text/xml' }, body };
    return ask(withQuery(address, query), corp.settings().callbackTimeoutMs, init, closing.signal);
  };

  return {
    async configure(url) {
      const secret = corp.ids.digits(19);
      const { encrypted, query } = seal(corp, secret);
      const { verifyTimeoutMs } = corp.settings();
      const target = withQuery(url, { ...query, echostr: encrypted });
      const { status, body } = await ask(target, verifyTimeoutMs, {}, closing.signal);
      if (status === 0) return { ok: false, problem: `no answer within ${verifyTimeoutMs} ms` };
      if (status !== 200) return { ok: false, problem: `answered with HTTP ${status}` };
      if (body !== secret) return { ok: false, problem: 'the body is not exactly the decrypted echostr' };
      corp.changeMeta({ callbackUrl: url });
      return { ok: true };
    },
    async deliver(callback, tamper) {
      const delays = corp.settings().retryDelaysMs.slice(0, 3);
      for (let attempts = 1; ; attempts += 1) {
        const url = corp.meta().callbackUrl;
        const { status, body } = url === null ? NO_ANSWER : await post(url, callback.xml, tamper);
        const answered = status === 200 || (status !== 0 && !corp.settings().retryNon200);
        if (answered) {
          const reply = status === 200 ? applyReply(corp, media, callback, body) : null;
          return { delivered: status === 200, status, attempts, ...(reply ? { reply } : {}) };
        }
        const delay = delays[attempts - 1];
        if (url === null || delay === undefined || closing.signal.aborted)
          return { delivered: false, status, attempts };
        await sleep(delay, undefined, { signal: closing.signal, ref: false }).catch(() => null);
      }
    },
    close: () => closing.abort(),
  };
}

function withQuery(address: string, query: Record<string, string>): URL {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
