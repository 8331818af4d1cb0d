/** Words in messages of DingTalk: how long they may be. Source: reference/dingtalk.md, 5.2, 5.4 and 5.6. */
import { cutBytes } from '../../card/dingtalk/fit.ts';

export { cutBytes };

/** Bytes of the words; the whole message may have 15 000 as JSON, in which a character can take six. */
export const ROBOT_TEXT = 6000;
/** The same where 20 000 are allowed. */
export const SESSION_TEXT = 8000;
/** The whole work notification may have 2 048. */
export const NOTICE_TEXT = 1000;

/** For lists of chats, which show no more. */
export const firstLine = (text: string): string => {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  const chars = [...line];
  return (chars.length <= 40 ? line : `${chars.slice(0, 39).join('')}…`) || '—';
};
