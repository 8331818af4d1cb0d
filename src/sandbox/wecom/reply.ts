/** The passive reply: opened, judged, and applied to the clicker's own copy or chat. Source: reference/wecom.md, 2.6 and 5.9. */
import { timingSafeEqual } from 'node:crypto';
import { cutBytes, mediaUrl, type Content } from './bodies.ts';
import { cardFromXml } from './cardXml.ts';
import { copyFor, isInteractive, readCard, withCard, withReplacedButtons } from './cards.ts';
import type { Corp } from './corp.ts';
import { decrypt } from '../sealed.ts';
import { sign } from './crypto.ts';
import { WecomError } from './errors.ts';
import type { Put } from '../journal.ts';
import type { MediaShelf } from './media.ts';
import type { Callback, Stored, Tables } from './rows.ts';
import { childOf, readXml, textOf, type Element } from './xml.ts';

/** `problem`: what the platform would show to the person or drop, in words for whoever develops the app. */
export interface Reply {
  readonly type: string;
  readonly problem?: string;
}

const MAX_TEXT = 2048; // bytes
const REPLIABLE_EVENTS = [
  'subscribe',
  'enter_agent',
  'LOCATION',
  'click',
  'view',
  'view_miniprogram',
  'scancode_waitmsg',
];
const CARD_EVENTS = ['template_card_event', 'template_card_menu_event'];

/** @returns null when the app had nothing to say */
export function applyReply(corp: Corp, media: MediaShelf, callback: Callback, body: string): Reply | null {
  if (body.trim() === '' || body.trim() === 'success') return null;
  let type = 'unreadable';
  try {
    const inner = open(corp, body, callback.userid);
    type = textOf(inner, 'MsgType') ?? '';
    const isCardEvent = callback.event !== null && CARD_EVENTS.includes(callback.event);
    if (callback.event !== null && !isCardEvent && !REPLIABLE_EVENTS.includes(callback.event))
      throw new Error(`${callback.event} takes no reply`);
    if (type.startsWith('update_')) {
      if (!isCardEvent) throw new Error(`${type} answers a card's click only`);
      updateCopy(corp, media, callback, type, inner);
    } else {
      const copy = copyFor(corp, callback.userid, contentOf(type, inner, media), null);
      corp.rows.commit(['message', copy.message.id, copy]);
    }
    return { type };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const code = error instanceof WecomError ? `${error.code} ` : '';
    corp.log.warn('sandbox: a passive reply was refused', { type, problem: `${code}${problem}` });
    return { type, problem: `${code}${problem}` };
  }
}

/** @throws Error when it is not from the app, or not for this person */
function open(corp: Corp, body: string, userid: string): Element {
  const { token, encodingAesKey, corpId } = corp.account;
  const envelope = readXml(body);
  const [encrypted, signature, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map(
    (name) => textOf(envelope, name) ?? '',
  ) as [string, string, string, string];
  const expected = Buffer.from(sign(token, timestamp, nonce, encrypted));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error('wrong signature');
  const { message, receiver } = decrypt(encodingAesKey, encrypted);
  if (receiver !== corpId) throw new Error('wrong receiver id');
  const inner = readXml(message);
  if (textOf(inner, 'ToUserName')?.toLowerCase() !== userid.toLowerCase())
    throw new Error('ToUserName is not who wrote');
  if (textOf(inner, 'FromUserName') !== corpId) throw new Error('FromUserName is not the corp');
  return inner;
}

function contentOf(type: string, inner: Element, media: MediaShelf): Content {
  switch (type) {
    case 'text': {
      const text = childOf(inner, 'Content')?.text ?? '';
      if (text === '') throw new WecomError(44004);
      return { kind: 'text', text: cutBytes(text, MAX_TEXT) };
    }
    case 'image':
    case 'voice':
    case 'video': {
      const part = childOf(inner, { image: 'Image', voice: 'Voice', video: 'Video' }[type]);
      const id = (part && textOf(part, 'MediaId')) ?? '';
      if (!media.isUsable(id, type)) throw new WecomError(40007);
      return { kind: type, mediaUrl: mediaUrl(id) };
    }
    case 'news': {
      const items = childOf(inner, 'Articles')?.children ?? [];
      if (items.length < 1 || items.length > 8) throw new WecomError(45008);
      const articles = items.map((item) => ({
        title: textOf(item, 'Title') ?? '',
        description: textOf(item, 'Description') ?? '',
        url: textOf(item, 'Url') ?? '',
        picurl: textOf(item, 'PicUrl') ?? '',
      }));
      return { kind: 'news', text: articles.map((one) => one.title).join('\n'), card: { articles } };
    }
    default:
      throw new Error(`a passive reply cannot be "${type}"`);
  }
}

function updateCopy(corp: Corp, media: MediaShelf, callback: Callback, type: string, inner: Element): void {
  const stored = callback.messageId === undefined ? undefined : corp.rows.get('message', callback.messageId);
  if (!stored?.message.card) throw new Error('the card is gone');
  const changed = changedCopy(corp, media, stored, type, inner);
  const puts: Put<Tables>[] = [['message', stored.message.id, changed]];
  const code = callback.code === undefined ? undefined : corp.rows.get('code', callback.code);
  if (code && callback.code !== undefined && corp.settings().passiveSpendsCode)
    puts.push(['code', callback.code, { ...code, used: true }]);
  corp.rows.commit(...puts);
}

function changedCopy(corp: Corp, media: MediaShelf, stored: Stored, type: string, inner: Element): Stored {
  const { card } = stored.message;
  if (type === 'update_button') {
    const button = childOf(inner, 'Button');
    const words = button && textOf(button, 'ReplaceName');
    if (!words) throw new Error('Button/ReplaceName is missing');
    if (!card || !isInteractive(card)) throw new Error('this card has no buttons to replace');
    return withReplacedButtons(stored, words);
  }
  const element = type === 'update_template_card' ? childOf(inner, 'TemplateCard') : undefined;
  if (!element) throw new Error(type === 'update_template_card' ? 'TemplateCard is missing' : `"${type}" is not known`);
  // The XML form carries no task_id: the card keeps its own.
  const task = card?.task_id;
  const next = { ...(task === undefined ? {} : { task_id: task }), ...cardFromXml(element) };
  return withCard(stored, readCard(corp, media, next, task ?? null));
}
