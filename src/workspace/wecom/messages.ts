/** Messages to one person: a card or a text. @source reference/wecom.md, 4 and 5 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import type { Card } from '../../card/card.ts';
import type { CardUpdate, Outgoing, Sent } from '../port.ts';
import type { Api } from './api.ts';
import { CODE_LIFE } from './events.ts';
import { sentFrom } from './failure.ts';
import { cutBytes, TEXT_BYTES, withLink, withoutTags } from './text.ts';

export interface MessageParts {
  readonly api: Api;
  readonly agentId: number;
  readonly clock: Clock;
  /** The JSON of `template_card`. */
  readonly encode: (card: Card, taskId: string) => object;
  readonly openUrl: (url: string) => string;
}

const names = (list: string): string[] => list.toLowerCase().split('|');

const SendAnswer = z.object({
  invaliduser: z.string().default('').transform(names),
  unlicenseduser: z.string().default('').transform(names),
  msgid: z.string().optional(),
  response_code: z.string().optional(),
});
// Here a list, there a text joined by `|`.
const UpdateAnswer = z.object({ invaliduser: z.array(z.string()).default([]) });

export async function sendMessage(parts: MessageParts, message: Outgoing): Promise<Sent> {
  const { api, agentId, clock } = parts;
  const body = { touser: message.to, agentid: agentId, ...contentOf(message, parts) };
  const outcome = await api.attempt({ path: 'message/send', body }, SendAnswer);
  if ('failure' in outcome) return sentFrom(outcome.failure);
  const { invaliduser, unlicenseduser, msgid, response_code } = outcome.answer;
  if (invaliduser.includes(message.to.toLowerCase())) return outOfReach('invaliduser');
  if (unlicenseduser.includes(message.to.toLowerCase())) return outOfReach('unlicenseduser');
  const code = response_code ? { code: response_code, until: clock() + CODE_LIFE } : null;
  return { result: 'sent', platformId: msgid ?? null, code };
}

/** Each code changes a card once; other people's copies stay as they are. */
export async function updateCard(parts: MessageParts, { to, platformKey, card, code }: CardUpdate): Promise<Sent> {
  if (code === null) return { result: 'code_gone', platformCode: 'no code', reason: 'no code is left for this card' };
  const template_card = parts.encode(card, checkedTaskId(platformKey));
  const body = { userids: [to], agentid: parts.agentId, response_code: code, template_card };
  const outcome = await parts.api.attempt({ path: 'message/update_template_card', body }, UpdateAnswer);
  if ('failure' in outcome) return sentFrom(outcome.failure);
  if (outcome.answer.invaliduser.some((one) => one.toLowerCase() === to.toLowerCase()))
    return outOfReach('invaliduser');
  return { result: 'sent', platformId: null, code: null };
}

const outOfReach = (platformCode: 'invaliduser' | 'unlicenseduser'): Sent => ({
  result: 'dead',
  platformCode,
  reason:
    platformCode === 'invaliduser'
      ? 'this person is not in the visible range of the app'
      : 'this person has no licence for the interface',
});

function contentOf(message: Outgoing, { encode, openUrl }: MessageParts): object {
  if (message.kind === 'card')
    return { msgtype: 'template_card', template_card: encode(message.card, checkedTaskId(message.platformKey)) };
  const { link } = message;
  const text = withoutTags(message.text);
  return {
    msgtype: 'text',
    text: { content: link ? withLink(text, { ...link, url: openUrl(link.url) }) : cutBytes(text, TEXT_BYTES) },
    enable_duplicate_check: 1,
    duplicate_check_interval: intervalOf(message.dedupeKey),
  };
}

/**
 * The platform has no key for texts: it drops a request that is the same as an earlier one within the interval. Ours
 * is 30 to 60 minutes, a little different for each key, so that the same words said again on purpose are another
 * request, while a retry is the same.
 */
const intervalOf = (key: string): number => 1800 + (createHash('sha256').update(key).digest().readUInt16BE(0) % 1800);

/** Checked here, because WeCom has one code (42014) for a bad key and for one that arrived before. */
function checkedTaskId(platformKey: string): string {
  if (!/^[0-9A-Za-z_\-@]{1,128}$/.test(platformKey)) throw new Error(`Not a task_id: ${platformKey}`);
  return platformKey;
}
