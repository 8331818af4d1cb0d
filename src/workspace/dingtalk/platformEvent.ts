/** An event that was ticked in the console, of both transports. Source: reference/dingtalk.md, 2.6. */
import { createHash } from 'node:crypto';
import { textIn, timeIn, type Loose } from './loose.ts';
import { MOST_KEY, type Arrived, type Read } from './told.ts';

/** People, departments or who leads them. */
const OF_CONTACTS = /^(user_(add|modify|leave|active)_org|org_dept_(create|modify|remove)|org_change)$/;
/** Free of the month's volume, beside those of the contacts. */
const FREE = /^(check_\w+|org_\w+|label_\w+|user_\w+_org)$/;

export const isCounted = (type: string): boolean => !FREE.test(type);

export interface EventMeta {
  readonly type: string;
  readonly id: string;
  readonly corpId: string;
  readonly at: unknown;
}

/** @param body decrypted, keys in small letters */
export const metaIn = (body: Loose): EventMeta => ({
  type: textIn(body['eventtype']),
  id: textIn(body['eventid']),
  corpId: textIn(body['corpid']),
  at: body['eventtime'],
});

/** @param content told apart by it where the event has no id */
export function readEvent({ type, id, corpId, at }: EventMeta, content: string, arrived: Arrived): Read {
  if (type === '') return { problem: 'unreadable' };
  if (corpId !== '' && corpId !== arrived.corpId) return { problem: 'foreign' };
  const named = id !== '' && id.length <= MOST_KEY;
  return {
    event: {
      workspace: arrived.workspace,
      channel: 'events',
      key: named
        ? id
        : createHash('sha256')
            .update(`${type}\n${id || content}`)
            .digest('hex'),
      at: timeIn(at) ?? arrived.at,
      stale: arrived.stale,
      account: '',
      chat: '',
      takes: { text: false, card: false },
      reply: null,
      what: OF_CONTACTS.test(type) ? { type: 'directory' } : { type: 'other', name: type.slice(0, 40) },
    },
  };
}
