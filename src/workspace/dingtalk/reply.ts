/** What is said inside the answer to a callback. Source: reference/dingtalk.md, 3.1, 5.5 and 6.7. */
import type { Card } from '../../card/card.ts';
import { escapeMarkdown } from '../../card/dingtalk/markdown.ts';
import type { Answer } from '../port.ts';
import { SESSION_TEXT, cutBytes, firstLine } from './text.ts';

/** The body of the answer to a robot message over HTTP, and of a message to a sessionWebhook. */
export function robotReply({ text, link }: Answer, openUrl: (url: string) => string): object {
  if (!text) return { msgtype: 'empty' };
  if (!link) return { msgtype: 'text', text: { content: cutBytes(text, SESSION_TEXT) } };
  return {
    msgtype: 'actionCard',
    actionCard: {
      title: firstLine(text),
      text: cutBytes(escapeMarkdown(text), SESSION_TEXT),
      singleTitle: link.text,
      singleURL: openUrl(link.url),
    },
  };
}

/** Changes what the person who clicked sees, and only that; by key, or all other variables would be wiped. */
export function cardReply({ card }: Answer, encode: (card: Card) => Record<string, string>): object {
  if (!card) return {};
  return {
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    userPrivateData: { cardParamMap: encode(card) },
  };
}
