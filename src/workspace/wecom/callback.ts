/**
 * WeCom's calls to us: the check of the address (GET), and what people and the platform say (POST).
 *
 * The order is the point: signature, then decryption, then parsing, so that a forged call costs next to nothing. All
 * refusals look alike from outside; the log says which it was. Age is judged last and by the receiver (`stale`): a
 * redelivery that comes late must be recognised as one, or its answer would be lost.
 */
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { Refused } from '../../lib/refusal.ts';
import type { Answer, CallbackReply, CallbackRequest, Receive } from '../port.ts';
import type { Envelope } from './crypto.ts';
import { toldIn, type Told } from './events.ts';
import { makeNonce } from './nonce.ts';
import { replyXml, sealedXml, type Reply } from './reply.ts';
import { readXml } from './xml.ts';

const MAX_BODY = 1024 * 1024;

export interface CallbackParts {
  readonly workspace: string;
  readonly corpId: string;
  readonly envelope: Envelope;
  /** How far a request's timestamp may be from now, ms. */
  readonly replayWindowMs: number;
  readonly clock: Clock;
  readonly log: Log;
  /** What the platform's answer is made of; null: nothing to say. */
  readonly replyOf: (answer: Answer, told: Told) => Reply | null;
}

export function makeCallback(parts: CallbackParts) {
  const refusedWith = (status: number, why: string): CallbackReply => {
    parts.log.warn('callback refused', { why, status });
    return { status, type: 'text/plain', body: '' };
  };

  return async (request: CallbackRequest, receive: Receive): Promise<CallbackReply> => {
    if (request.path !== '') return refusedWith(404, 'no such door');
    if (request.method !== 'GET' && request.method !== 'POST') return refusedWith(405, 'neither GET nor POST');
    if (request.body.length > MAX_BODY) return refusedWith(413, 'larger than 1 MiB');
    const signed = request.method === 'GET' ? request.query['echostr'] : encryptedIn(request.body);
    if (!signed) return refusedWith(400, 'nothing encrypted in it');
    const opened = open(signed, request.query, parts);
    if ('why' in opened) return refusedWith(403, opened.why);
    if (request.method === 'GET')
      return opened.stale ? refusedWith(403, 'too old') : { status: 200, type: 'text/plain', body: opened.message };

    const xml = readXml(opened.message);
    const told = xml && toldIn(xml, { workspace: parts.workspace, stale: opened.stale });
    if (!told) return refusedWith(400, 'not a message of this platform');
    try {
      return answered(await receive(told.event), told, parts);
    } catch (error) {
      if (opened.stale && error instanceof Refused) return refusedWith(403, 'too old');
      throw error;
    }
  };
}

function open(encrypted: string, query: CallbackRequest['query'], { envelope, clock, replayWindowMs }: CallbackParts) {
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query;
  if (!/^\d{1,12}$/.test(timestamp) || nonce.length > 128) return { why: 'parameters' };
  if (!envelope.isGenuine({ signature, timestamp, nonce, encrypted })) return { why: 'signature' };
  const message = envelope.open(encrypted);
  if (message === null) return { why: 'cannot be decrypted for this corp: check encoding_aes_key and corp_id' };
  return { message, stale: Math.abs(clock() - Number(timestamp) * 1000) > replayWindowMs };
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The envelope's one element that counts, found without parsing the rest. */
function encryptedIn(body: Buffer): string | null {
  const text = body.toString('latin1');
  const [, after, more] = text.split('<Encrypt>', 3);
  const end = after?.indexOf('</Encrypt>') ?? -1;
  if (after === undefined || more !== undefined || end < 0) return null;
  const value = after.slice(0, end).trim();
  const bare = value.startsWith('<![CDATA[') && value.endsWith(']]>') ? value.slice(9, -3) : value;
  return BASE64.test(bare) ? bare : null;
}

function answered(answer: Answer, told: Told, parts: CallbackParts): CallbackReply {
  const reply = parts.replyOf(answer, told);
  if (!reply) return { status: 200, type: 'text/plain', body: '' };
  const at = parts.clock();
  const inner = replyXml(reply, { to: told.sender, from: parts.corpId, at });
  const body = sealedXml(inner, parts.envelope, String(Math.floor(at / 1000)), makeNonce());
  return { status: 200, type: 'text/xml', body };
}
