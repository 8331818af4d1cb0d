/**
 * DingTalk's calls to us over HTTP: the robot's messages, clicks on cards and events, each at a door of its own, since each is
 * signed in another way. The order is the point: signature, then decryption, then parsing, so that a forged call costs next
 * to nothing. All refusals look alike from outside; the log says which it was. Age is judged last and by the receiver
 * (`stale`): a redelivery that comes late must be recognised as one, or its answer would be lost.
 */
import { randomBytes } from 'node:crypto';
import type { Card } from '../../card/card.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { Refused } from '../../lib/refusal.ts';
import type { Answered, CallbackReply, CallbackRequest, Receive } from '../port.ts';
import { isSame, signCard, signRobot, type Envelope } from './crypto.ts';
import type { Hear, Heard } from './hear.ts';
import { looseIn, textIn, type Loose } from './loose.ts';
import { metaIn } from './platformEvent.ts';
import { cardReply, robotReply } from './reply.ts';

const MAX_BODY = 1024 * 1024;
/** A number below it is in seconds. */
const FIRST_MS = 100_000_000_000;

export interface CallbackParts {
  readonly clientSecret: string;
  /** Those with which clicks on our cards may be signed. */
  readonly cardSecrets: () => readonly string[];
  /** null: events do not come over HTTP. */
  readonly envelope: Envelope | null;
  readonly hear: Hear;
  readonly encode: (card: Card) => Record<string, string>;
  readonly openUrl: (url: string) => string;
  /** How far a request's timestamp may be from now, ms. */
  readonly replayWindowMs: number;
  readonly eventWindowMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a door makes of a request: an answer, or why not. */
type Through = CallbackReply | { readonly status: number; readonly why: string };
type Door = (request: CallbackRequest, receive: Receive) => Promise<Through>;

export function makeCallback(parts: CallbackParts) {
  const doors: Readonly<Record<string, Door>> = {
    '/robot': robotDoor(parts),
    '/card': cardDoor(parts),
    ...(parts.envelope ? { '/events': eventDoor(parts, parts.envelope) } : {}),
  };
  const refusedWith = (status: number, why: string, path: string): CallbackReply => {
    parts.log.warn('callback refused', { why, status, path: path.slice(0, 40) });
    return { status, type: 'text/plain', body: '' };
  };

  return async (request: CallbackRequest, receive: Receive): Promise<CallbackReply> => {
    const { path } = request;
    const door = Object.hasOwn(doors, path) ? doors[path] : undefined;
    if (!door) return refusedWith(404, 'no such door', path);
    if (request.method !== 'POST') return refusedWith(405, 'not POST', path);
    if (request.body.length > MAX_BODY) return refusedWith(413, 'larger than 1 MiB', path);
    const through = await door(request, receive);
    return 'why' in through ? refusedWith(through.status, through.why, path) : through;
  };
}

const robotDoor =
  ({ clientSecret, hear, openUrl, clock, replayWindowMs }: CallbackParts): Door =>
  async ({ headers, body }, receive) => {
    const { timestamp = '', sign = '' } = headers;
    const at = signedAt(timestamp);
    if (at === null) return { status: 403, why: 'timestamp' };
    if (!isSame(sign, signRobot(clientSecret, timestamp))) return { status: 403, why: 'sign' };
    const stale = Math.abs(clock() - at) > replayWindowMs;
    return asked(
      stale,
      () => hear.robot(textOf(body), { at, stale }, receive),
      (answer) => robotReply(answer, openUrl),
    );
  };

const cardDoor =
  ({ cardSecrets, hear, encode, clock, replayWindowMs }: CallbackParts): Door =>
  async ({ headers, body }, receive) => {
    const { 'x-ddpaas-signature-timestamp': timestamp = '', 'x-ddpaas-signature': signature = '' } = headers;
    const at = signedAt(timestamp);
    if (at === null) return { status: 403, why: 'timestamp' };
    if (!cardSecrets().some((secret) => isSame(signature, signCard(secret, timestamp))))
      return { status: 403, why: 'signature' };
    const stale = Math.abs(clock() - at) > replayWindowMs;
    return asked(
      stale,
      () => hear.card(textOf(body), { at, stale }, receive),
      (answer) => cardReply(answer, encode),
    );
  };

const eventDoor =
  ({ hear, clock, eventWindowMs }: CallbackParts, envelope: Envelope): Door =>
  async ({ query, body }, receive) => {
    const encrypted = textIn(looseIn(textOf(body))?.['encrypt']);
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted)) return { status: 400, why: 'nothing encrypted in it' };
    const { timestamp = '', nonce = '' } = query;
    // Both names, with the same value; documents name one or the other.
    const signature = query['msg_signature'] ?? query['signature'] ?? '';
    const at = signedAt(timestamp);
    if (at === null || nonce.length > 128) return { status: 403, why: 'parameters' };
    if (!envelope.isGenuine({ signature, timestamp, nonce, encrypted })) return { status: 403, why: 'signature' };
    const opened = envelope.open(encrypted);
    if (!opened) return { status: 403, why: 'cannot be decrypted for this app: check aes_key and client_id' };
    const event = looseIn(opened.message);
    if (!event) return { status: 400, why: 'not an event of this platform' };
    const stale = Math.abs(clock() - at) > eventWindowMs;
    const good = () => sealedSuccess(envelope, opened.owner, clock());
    if (isProbe(event)) return stale ? { status: 403, why: 'too old' } : json(good());
    return asked(stale, () => hear.event(metaIn(event), opened.message, { at, stale }, receive), good);
  };

const isProbe = (event: Loose): boolean => textIn(event['eventtype']) === 'check_url';

/** The answer to every event; anything else is a failed delivery. Source: reference/dingtalk.md, 2.4 */
function sealedSuccess(envelope: Envelope, owner: string, now: number): object {
  const encrypt = envelope.seal('success', owner);
  const timeStamp = String(now);
  const nonce = randomBytes(8).toString('hex');
  return { msg_signature: envelope.sign(timeStamp, nonce, encrypt), timeStamp, nonce, encrypt };
}

async function asked(
  stale: boolean,
  hear: () => Promise<Heard>,
  bodyOf: (answer: Answered) => object,
): Promise<Through> {
  try {
    const heard = await hear();
    if (!('problem' in heard)) return json(bodyOf(heard), heard.left);
    return heard.problem === 'foreign'
      ? { status: 403, why: "another app's or organisation's" }
      : { status: 400, why: 'not a message of this platform' };
  } catch (error) {
    if (stale && error instanceof Refused) return { status: 403, why: 'too old' };
    throw error;
  }
}

const json = (body: object, left?: () => void): CallbackReply => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
  ...(left ? { left } : {}),
});

const textOf = (body: Buffer): string => body.toString('utf8');

/** Seconds and milliseconds both come. @returns epoch ms; null when it is no time */
function signedAt(timestamp: string): number | null {
  if (!/^\d{9,14}$/.test(timestamp)) return null;
  const at = Number(timestamp);
  return at < FIRST_MS ? at * 1000 : at;
}
