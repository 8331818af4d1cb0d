/** A message to the robot, of both transports. Source: reference/dingtalk.md, 3.1. */
import { createHash } from 'node:crypto';
import { groupChat } from '../../lib/chat.ts';
import type { Inbound, InboundEvent, MediaRef, ReplyPlace } from '../port.ts';
import { looseIn, textIn, timeIn, type Loose } from './loose.ts';
import { MOST_KEY, type Arrived, type Read } from './told.ts';

/** How long a file can be fetched is not documented; it is fetched at once. */
const FILE_LIFE = 24 * 60 * 60_000;
const MOST_TEXT = 20_000;
const MOST_PICTURES = 20;

/** @param isOurHost whether an address is one at which the platform takes answers */
export function readRobotMessage(given: unknown, arrived: Arrived, isOurHost: (address: string) => boolean): Read {
  const body = looseIn(given);
  const id = textIn(body?.['msgid']);
  if (!body || id === '') return { problem: 'unreadable' };
  const { robotCode, corpId } = arrived;
  // Not there for some robots; another one's must not be answered as ours.
  if ((textIn(body['robotcode']) || robotCode) !== robotCode) return { problem: 'foreign' };
  if ((textIn(body['chatbotcorpid']) || corpId) !== corpId) return { problem: 'foreign' };
  const at = timeIn(body['createat']) ?? arrived.at;
  const account = accountOf(body, corpId);
  const place = chatOf(body, account);
  return {
    event: {
      workspace: arrived.workspace,
      channel: 'robot',
      key: id.length <= MOST_KEY ? id : createHash('sha256').update(id).digest('hex'),
      at,
      stale: arrived.stale,
      account,
      chat: place,
      // Over Stream nothing that is said in the acknowledgement is shown.
      takes: { text: arrived.transport === 'http', card: false },
      reply: replyOf(body, isOurHost),
      what: whatOf(body, at + FILE_LIFE),
    },
  };
}

/** `''`: somebody outside the organisation, or a robot that is not published. A nick is no identity. */
function accountOf(body: Loose, corpId: string): string {
  const foreign = (textIn(body['sendercorpid']) || corpId) !== corpId;
  return foreign ? '' : textIn(body['senderstaffid']).trim().toLowerCase();
}

const chatOf = (body: Loose, account: string): InboundEvent['chat'] => {
  const id = textIn(body['conversationid']);
  return textIn(body['conversationtype']) === '2' && id !== '' ? groupChat(id) : account;
};

function replyOf(body: Loose, isOurHost: (address: string) => boolean): ReplyPlace | null {
  const address = textIn(body['sessionwebhook']);
  const until = timeIn(body['sessionwebhookexpiredtime']);
  // Over HTTP the body is not signed: an address elsewhere would have us send people's words there.
  return until !== null && isOurHost(address) ? { address, until } : null;
}

function whatOf(body: Loose, until: number): Inbound {
  const type = textIn(body['msgtype']);
  const content = looseIn(body['content']) ?? {};
  const media = (kind: MediaRef['kind'], name: string | null = null): Inbound => {
    const id = textIn(content['downloadcode']) || textIn(content['picturedownloadcode']);
    return id === '' ? odd(body, type) : { type: 'media', media: { kind, id, name, until } };
  };
  switch (type) {
    case 'text': {
      const text = looseIn(body['text']);
      return text ? { type: 'text', text: textIn(text['content']).trim().slice(0, MOST_TEXT) } : odd(body, type);
    }
    case 'picture':
      return media('image');
    case 'richText':
      return richText(content['richtext'], until) ?? odd(body, type);
    case 'audio':
      return media('voice');
    case 'video':
      return media('video');
    case 'file':
      return media('file', textIn(content['filename']).slice(0, 255) || null);
    default:
      return odd(body, type);
  }
}

/** Words with the pictures between them. */
function richText(parts: unknown, until: number): Inbound | null {
  if (!Array.isArray(parts)) return null;
  const read = parts.map(looseIn).filter((one) => one !== null);
  const text = read.map((one) => textIn(one['text'])).join('');
  const media = read
    .map((one) => textIn(one['downloadcode']) || textIn(one['picturedownloadcode']))
    .filter((id) => id !== '')
    .slice(0, MOST_PICTURES)
    .map((id): MediaRef => ({ kind: 'image', id, name: null, until }));
  const [only] = media;
  if (text.trim() === '') return only && media.length === 1 ? { type: 'media', media: only } : pictures('', media);
  return pictures(text.trim().slice(0, MOST_TEXT), media);
}

const pictures = (text: string, media: readonly MediaRef[]): Inbound | null => {
  if (media.length === 0) return text === '' ? null : { type: 'text', text };
  return { type: 'text', text, media };
};

export const QUOTA_USED_UP = 'quota used up';

/** The month's pushes are used up: it says who and where, but not what. One page names the code otherwise. */
function odd(body: Loose, type: string): Inbound {
  const code = textIn(body['errorcode']) || textIn(body['errcode']);
  return { type: 'other', name: code === '20001' ? QUOTA_USED_UP : type.slice(0, 40) };
}
