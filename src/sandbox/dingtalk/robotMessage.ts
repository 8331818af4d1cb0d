/** What the platform tells the app when somebody writes to its robot: the body of both transports. Source: reference/dingtalk.md, 3.1. */
import { createHash } from 'node:crypto';
import type { Employee, GroupChat } from '../organisation.ts';
import type { DingtalkCorp } from './corp.ts';

/** `text` or `content`, by type. */
export type Said =
  | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
  | { readonly msgtype: 'picture' | 'richText' | 'file'; readonly content: object };

const chatId = (id: string) => `$:LWCP_v1:$${createHash('sha256').update(`chat:${id}`).digest('base64').slice(0, 24)}`;

/** The one-to-one chat's id: looks like a group's, and is of no use for cards. */
export const ownChat = (userid: string) =>
  `cid${createHash('sha256').update(`own:${userid}`).digest('base64url').slice(0, 22)}==`;

/** Opens the session that the message's webhook leads to, and writes its body. @param group null: one-to-one */
export function robotMessage(corp: DingtalkCorp, sender: Employee, group: GroupChat | null, said: Said): object {
  const { robotCode, corpId, oapiBase } = corp.account;
  const { sessionLifeMs, withoutStaffId } = corp.settings();
  const session = corp.ids.bytes(16).toString('hex');
  const at = corp.realNow();
  corp.rows.commit([
    'session',
    session,
    { group: group?.id ?? null, userid: sender.userid, until: corp.now() + sessionLifeMs },
  ]);
  const named = withoutStaffId.includes(sender.userid) ? {} : { senderStaffId: sender.userid };
  const place =
    group === null
      ? { conversationType: '1', conversationId: ownChat(sender.userid) }
      : {
          conversationType: '2',
          conversationId: group.id,
          conversationTitle: group.title,
          isInAtList: true,
          atUsers: [{ dingtalkId: chatId(robotCode) }],
        };
  return {
    ...said,
    ...place,
    msgId: `msg${corp.ids.text(24)}==`,
    createAt: at,
    senderId: chatId(sender.userid),
    senderNick: sender.name,
    ...named,
    senderCorpId: corpId,
    chatbotCorpId: corpId,
    chatbotUserId: chatId(robotCode),
    robotCode,
    isAdmin: false,
    senderPlatform: 'Win',
    sessionWebhook: `${oapiBase}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: at + sessionLifeMs,
  };
}

/** The same once the month's pushes are used up: who and where, but not what. */
export function withoutContent(body: object): object {
  const { text: _text, content: _content, ...rest } = body as Record<string, unknown>;
  return { ...rest, errorCode: '20001', errorMessage: '企业Webhook/Stream推送量已用完' };
}
