/** What WeCom tells an app, in the port's words. @source reference/wecom.md, 3; examples in reference/wecom/events.xml */
import { createHash } from 'node:crypto';
import type { Inbound, InboundEvent, MediaRef } from '../port.ts';
import { child, children, textOf, type XmlElement } from './xml.ts';

const HOUR = 3_600_000;
/** A click's code changes its card once, within this time of the click. */
export const CODE_LIFE = 72 * HOUR;
/** `media/get` answers for three days after the upload. */
const MEDIA_LIFE = 72 * HOUR;

const MEDIA: Readonly<Record<string, MediaRef['kind']>> = { image: 'image', voice: 'voice', video: 'video' };
/** `subscribe` and `unsubscribe` mean that a member entered or left what the app may see. */
const DIRECTORY = new Set(['change_contact', 'batch_job_result', 'subscribe', 'unsubscribe']);
const CLICKS = new Set(['template_card_event', 'template_card_menu_event']);

export interface Told {
  readonly event: InboundEvent;
  /** The sender's userid as WeCom wrote it: answers are addressed with it. */
  readonly sender: string;
}

/** @returns null when sender or time are missing: then it is not a message of WeCom's */
export function toldIn(xml: XmlElement, about: { workspace: string; stale: boolean }): Told | null {
  const sender = textOf(xml, 'FromUserName');
  const at = Number(textOf(xml, 'CreateTime')) * 1000;
  if (sender === '' || !Number.isSafeInteger(at) || at <= 0) return null;
  const what = textOf(xml, 'MsgType') === 'event' ? eventIn(xml, at) : messageIn(xml, at);
  const fromPlatform = sender === 'sys' && (what.type === 'directory' || what.type === 'other');
  const account = fromPlatform ? '' : sender.toLowerCase();
  // The passive reply holds either.
  const takes = { text: true, card: what.type === 'click' };
  const event = { ...about, channel: 'app', key: eventKey(xml), at, account, chat: account, takes, reply: null, what };
  return { sender, event };
}

function messageIn(xml: XmlElement, at: number): Inbound {
  const type = textOf(xml, 'MsgType');
  if (type === 'text') return { type: 'text', text: textOf(xml, 'Content') };
  const kind = MEDIA[type];
  const id = textOf(xml, 'MediaId');
  if (kind && id !== '') return { type: 'media', media: { kind, id, name: null, until: at + MEDIA_LIFE } };
  return { type: 'other', name: type };
}

function eventIn(xml: XmlElement, at: number): Inbound {
  const name = textOf(xml, 'Event');
  if (CLICKS.has(name)) return clickIn(xml, at);
  if (name === 'enter_agent') return { type: 'enter' };
  if (DIRECTORY.has(name)) return { type: 'directory' };
  return { type: 'other', name };
}

function clickIn(xml: XmlElement, at: number): Inbound {
  const items = children(child(xml, 'SelectedItems'), 'SelectedItem');
  const code = textOf(xml, 'ResponseCode');
  return {
    type: 'click',
    card: textOf(xml, 'TaskId'),
    key: textOf(xml, 'EventKey'),
    picked: Object.fromEntries(items.map((item) => [textOf(item, 'QuestionKey'), optionsIn(item)])),
    code: code === '' ? null : { code, until: at + CODE_LIFE },
  };
}

// An unchecked vote gives OptionIds without an OptionId, or with an empty one.
const optionsIn = (item: XmlElement): string[] =>
  children(child(item, 'OptionIds'), 'OptionId')
    .map((option) => option.text)
    .filter((id) => id !== '');

/** The documented key (sender and second) swallows the second of two clicks: these tell them apart (wecom.md, pitfall 2). */
const TELLING = ['CreateTime', 'Event', 'EventKey', 'TaskId', 'ResponseCode', 'ChangeType'];
const ENTITIES = [
  'UserID',
  'NewUserID',
  'Id',
  'TagId',
  'AddUserItems',
  'DelUserItems',
  'AddPartyItems',
  'DelPartyItems',
];

/** Messages are known by their MsgId, events by a hash of what makes them this event. Of 64 characters at most. */
function eventKey(xml: XmlElement): string {
  const id = textOf(xml, 'MsgId');
  if (/^\d{1,20}$/.test(id)) return id;
  const approval = child(xml, 'ApprovalInfo');
  const parts = [
    textOf(xml, 'FromUserName').toLowerCase(),
    ...[...TELLING, ...ENTITIES].map((name) => textOf(xml, name)),
    textOf(child(xml, 'BatchJob'), 'JobId'),
    ...['ThirdNo', 'OpenSpStatus', 'SpNoStr', 'SpStatus', 'StatuChangeEvent'].map((name) => textOf(approval, name)),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
