/** A click on a card, of both transports. Source: reference/dingtalk.md, 6.6. */
import { createHash } from 'node:crypto';
import { pickedFrom } from '../../card/dingtalk/picked.ts';
import { groupChat } from '../../lib/chat.ts';
import type { Inbound } from '../port.ts';
import { looseIn, textIn, type Loose } from './loose.ts';
import { QUOTA_USED_UP } from './robotMessage.ts';
import type { Arrived, Read } from './told.ts';

/** What a wrongly built template sends. */
export const NOT_OURS = 'a click without a key of ours';

/** @param platformKeyOf  a card of ours by its outTrackId; null for others */
export function readCardAction(
  given: unknown,
  arrived: Arrived,
  platformKeyOf: (outTrackId: string) => string | null,
): Read {
  const body = looseIn(given);
  const outTrackId = textIn(body?.['outtrackid']);
  const account = textIn(body?.['userid']).trim().toLowerCase();
  if (!body || outTrackId === '' || account === '') return { problem: 'unreadable' };
  const { corpId, at } = arrived;
  if ((textIn(body['corpid']) || corpId) !== corpId) return { problem: 'foreign' };
  const content = textIn(body['content']) || textIn(body['value']);
  const card = platformKeyOf(outTrackId);
  const space = textIn(body['spaceid']);
  const inGroup = textIn(body['spacetype']).toUpperCase() === 'IM_GROUP' && space !== '';
  return {
    event: {
      workspace: arrived.workspace,
      channel: 'card',
      // The platform gives clicks no id; the content carries the version of what was clicked.
      key: createHash('sha256').update([outTrackId, account, content].join('\n')).digest('hex'),
      at,
      stale: arrived.stale,
      account,
      chat: inGroup ? groupChat(space) : account,
      takes: { text: false, card: true },
      reply: null,
      what: card === null ? { type: 'other', name: 'a click on another card' } : clickOf(body, content, card),
    },
  };
}

function clickOf(body: Loose, content: string, card: string): Inbound {
  const code = textIn(body['errorcode']) || textIn(body['errcode']);
  if (content === '') return { type: 'other', name: code === '20001' ? QUOTA_USED_UP : 'a click without content' };
  const read = pickedFrom(paramsIn(content));
  return read ? { type: 'click', card, ...read, code: null } : { type: 'other', name: NOT_OURS };
}

/** Inside `cardPrivateData`, or beside it as two pages of the documents have it. */
function paramsIn(content: string): unknown {
  const whole = looseIn(content);
  const inner = looseIn(whole?.['cardprivatedata']);
  return inner?.['params'] ?? whole?.['params'];
}
