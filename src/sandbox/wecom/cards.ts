/** Copies of messages in people's chats: how they come to be, and how an update changes them in place. */
import type { CardBody, Message } from '../client.ts';
import type { Content } from './bodies.ts';
import { CARD_FIELDS, INTERACTIVE, type CardType } from './cardLimits.ts';
import { checkCard, type CheckedCard } from './cardCheck.ts';
import type { Corp } from './corp.ts';
import type { MediaShelf } from './media.ts';
import type { Stored } from './rows.ts';

/** Checks a card as the corp stands now. `own`: the task_id that it may carry although it is used, since the card itself uses it. */
export function readCard(corp: Corp, media: MediaShelf, card: unknown, own: string | null): CheckedCard {
  const { strictText, strictFields } = corp.settings();
  return checkCard(card, {
    strictText,
    strictFields,
    isUsableMedia: (id) => media.isUsable(id),
    isPerson: (userid) => corp.directory.find(userid) !== undefined,
    isFreeTask: (taskId) => taskId === own || corp.rows.get('task', taskId) === undefined,
  });
}

export const contentOfCard = ({ card, truncated }: CheckedCard): Content => ({
  kind: 'template_card',
  card,
  ...(truncated.length > 0 ? { truncated } : {}),
});

/** Cards that can call the app, and therefore have response codes. */
export const callsApp = (card: CardBody): boolean => isInteractive(card) || hasMenu(card);

export const isInteractive = (card: CardBody) => INTERACTIVE.includes(card.card_type as CardType);
export const hasMenu = (card: CardBody) =>
  card.action_menu !== undefined && 'action_menu' in (CARD_FIELDS[card.card_type as CardType]?.fields ?? {});

/** A new message from the app to one person. */
export function copyFor(corp: Corp, userid: string, content: Content, msgid: string | null): Stored {
  const message: Message = {
    id: corp.newMessageId(),
    userid,
    from: 'app',
    at: corp.now(),
    ...content,
    clickable: content.kind === 'template_card' && content.card !== undefined && callsApp(content.card),
    version: 1,
  };
  return { message, msgid };
}

/** The same copy with its buttons replaced by grey words. A menu stays alive. */
export function withReplacedButtons(stored: Stored, words: string): Stored {
  const { message } = stored;
  const clickable = message.card !== undefined && hasMenu(message.card);
  return { ...stored, message: { ...message, replaced: words, clickable, version: message.version + 1 } };
}

/** The same copy as another card. */
export function withCard(stored: Stored, checked: CheckedCard): Stored {
  const { replaced: _replaced, truncated: _truncated, ...message } = stored.message;
  const { card } = checked;
  const grey = isInteractive(card) && card.replace_text ? card.replace_text : null;
  return {
    ...stored,
    message: {
      ...message,
      ...contentOfCard(checked),
      ...(grey === null ? {} : { replaced: grey }),
      clickable: grey === null ? callsApp(card) : hasMenu(card),
      version: message.version + 1,
    },
  };
}
