/** Words to one person or a group. Source: reference/dingtalk.md, 5.1–5.4. */
import type { AxiosInstance } from 'axios';
import { z } from 'zod';
import { escapeMarkdown } from '../../card/dingtalk/markdown.ts';
import type { Clock } from '../../lib/clock.ts';
import { groupOf, type Chat } from '../../lib/chat.ts';
import type { Outgoing, ReplyPlace, Sent } from '../port.ts';
import { postTo, type Api } from './api.ts';
import { classOf } from './codes.ts';
import { dead, sentFrom, type Failure } from './failure.ts';
import type { Notify } from './notification.ts';
import type { People } from './people.ts';
import { robotReply } from './reply.ts';
import { cutBytes, firstLine, ROBOT_TEXT } from './text.ts';

export interface MessageParts {
  readonly api: Api;
  /** For sessionWebhooks, which want no token. */
  readonly http: AxiosInstance;
  readonly robotCode: string;
  readonly people: People;
  readonly isOurHost: (address: string) => boolean;
  readonly openUrl: (url: string) => string;
  /** null: the app has no work notifications. */
  readonly notify: Notify | null;
  readonly clock: Clock;
}

export interface RobotMessage {
  readonly msgKey: string;
  readonly msgParam: Readonly<Record<string, string>>;
}

type Text = Extract<Outgoing, { kind: 'text' }>;

/** A reply that takes so long to arrive that its place is over would be lost. */
const REPLY_MARGIN = 10_000;
/** Held back by the platform: it does not say for how long. */
const FLOW_WAIT = 60_000;

const ToPeople = z.object({
  processQueryKey: z.string().nullish(),
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
});
const ToGroup = z.object({ processQueryKey: z.string().nullish() });

export async function sendText(parts: MessageParts, message: Text): Promise<Sent> {
  const { reply } = message;
  if (reply && parts.isOurHost(reply.address) && parts.clock() < reply.until - REPLY_MARGIN) {
    const sent = await replyAt(parts, message, reply);
    if (sent) return sent;
  }
  const said = await withName(parts, message);
  const sent = await sendRobot(parts, message.to, robotText(parts, { ...message, text: said }));
  if (sent !== 'unreachable') return sent;
  const { link } = message;
  const notice = { text: message.text, ...(link ? { link: { ...link, url: parts.openUrl(link.url) } } : {}) };
  return parts.notify ? parts.notify(parts.people.userid(message.to), notice) : outOfReach();
}

export const outOfReach = (): Sent =>
  dead('unreachable', 'the robot does not reach this person, and agent_id is not set');

/** Where the conversation was. @returns null when that place is no more: then the ordinary way is taken */
async function replyAt(parts: MessageParts, message: Text, { address }: ReplyPlace): Promise<Sent | null> {
  const { mention, text, link } = message;
  const userid = mention === undefined ? null : parts.people.userid(mention);
  const words = userid === null ? text : `@${userid} ${text}`;
  const body = {
    ...robotReply({ text: words, ...(link ? { link } : {}) }, parts.openUrl),
    ...(userid === null ? {} : { at: { atUserIds: [userid], isAtAll: false } }),
  };
  const outcome = await postTo(parts.http, address, body);
  if (!('failure' in outcome)) return { result: 'sent', platformId: null, code: null };
  const { failure } = outcome;
  // Whatever the platform refuses there, it says something better about on the ordinary way.
  return failure.kind === 'unanswered' ? sentFrom(failure) : null;
}

/** To groups the robot's call knows no mention: the name stands in front of the words. */
async function withName({ people }: MessageParts, { to, mention, text }: Text): Promise<string> {
  if (mention === undefined || groupOf(to) === null) return text;
  try {
    const { name } = await people.of(mention);
    return name === '' ? text : `@${name} ${text}`;
  } catch {
    // Better without a name than not at all; the call has logged itself.
    return text;
  }
}

function robotText({ openUrl }: MessageParts, { text, link }: Text): RobotMessage {
  if (!link) return { msgKey: 'sampleText', msgParam: { content: cutBytes(text, ROBOT_TEXT) } };
  return {
    msgKey: 'sampleActionCard',
    msgParam: {
      title: firstLine(text),
      text: cutBytes(escapeMarkdown(text), ROBOT_TEXT),
      singleTitle: link.text,
      singleURL: openUrl(link.url),
    },
  };
}

/** @returns `unreachable` when the robot doesn't reach this person, and something else may */
export async function sendRobot(
  parts: Pick<MessageParts, 'api' | 'robotCode' | 'people'>,
  to: Chat,
  { msgKey, msgParam }: RobotMessage,
): Promise<Sent | 'unreachable'> {
  const { api, robotCode } = parts;
  const body = { robotCode, msgKey, msgParam: JSON.stringify(msgParam) };
  const group = groupOf(to);
  if (group !== null) {
    const call = { host: 'api', path: 'v1.0/robot/groupMessages/send' } as const;
    const outcome = await api.attempt({ ...call, body: { ...body, openConversationId: group } }, ToGroup);
    if ('failure' in outcome) return sentFrom(outcome.failure);
    return { result: 'sent', platformId: outcome.answer.processQueryKey || null, code: null };
  }
  const userid = parts.people.userid(to);
  const call = { host: 'api', path: 'v1.0/robot/oToMessages/batchSend' } as const;
  const outcome = await api.attempt({ ...call, body: { ...body, userIds: [userid] } }, ToPeople);
  if ('failure' in outcome) return isUnreachable(outcome.failure) ? 'unreachable' : sentFrom(outcome.failure);
  const { processQueryKey, invalidStaffIdList, flowControlledStaffIdList } = outcome.answer;
  // A success all the same; for one receiver the lists are its answer.
  if (invalidStaffIdList?.length)
    return dead('invalidStaffId', 'this person is not in the organisation or not in the app’s range');
  if (flowControlledStaffIdList?.length)
    return { result: 'later', platformCode: 'flowControlled', reason: 'held back by the platform', waitMs: FLOW_WAIT };
  return { result: 'sent', platformId: processQueryKey || null, code: null };
}

const isUnreachable = (failure: Failure): boolean =>
  failure.kind === 'refused' && classOf(failure.code) === 'unreachable';
