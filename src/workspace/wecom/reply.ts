/**
 * What is said inside the answer to a callback: XML with CamelCase names, lists as repeated siblings.
 * @source reference/wecom.md, 2.6 and 5.9
 */
import type { Envelope } from './crypto.ts';

export type XmlValue =
  string | number | boolean | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

export type Reply =
  | { readonly type: 'text'; readonly text: string }
  /** Grey text in place of the clicked card's buttons. */
  | { readonly type: 'update_button'; readonly replaceName: string }
  /** `card`: the JSON of `template_card`. */
  | { readonly type: 'update_template_card'; readonly card: { readonly [name: string]: XmlValue } };

/** Reversed from the callback: to the person who wrote, from the corp. `at` in epoch ms. */
export interface Addressed {
  readonly to: string;
  readonly from: string;
  readonly at: number;
}

export function replyXml(reply: Reply, { to, from, at }: Addressed): string {
  const head = { ToUserName: to, FromUserName: from, CreateTime: Math.floor(at / 1000), MsgType: reply.type };
  return element('xml', { ...head, ...bodyOf(reply) });
}

/** The encrypted, signed packet around `inner`. */
export function sealedXml(inner: string, envelope: Envelope, timestamp: string, nonce: string): string {
  const encrypted = envelope.seal(inner);
  const signature = envelope.sign(timestamp, nonce, encrypted);
  return element('xml', { Encrypt: encrypted, MsgSignature: signature, TimeStamp: Number(timestamp), Nonce: nonce });
}

function bodyOf(reply: Reply): { readonly [name: string]: XmlValue } {
  if (reply.type === 'text') return { Content: reply.text };
  if (reply.type === 'update_button') return { Button: { ReplaceName: reply.replaceName } };
  // The XML form has no TaskId: the answer can only mean the card that was clicked.
  const { task_id: _taskId, ...card } = reply.card;
  return { TemplateCard: camelCased(card) };
}

/** Names whose words the JSON does not part with `_`. */
const UNPARTED: Readonly<Record<string, string>> = {
  keyname: 'KeyName',
  userid: 'UserId',
  appid: 'AppId',
  pagepath: 'PagePath',
  checkbox: 'CheckBox',
};
const camelCase = (name: string): string =>
  UNPARTED[name] ?? name.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

function camelCased(value: XmlValue): XmlValue {
  if (Array.isArray(value)) return (value as readonly XmlValue[]).map(camelCased);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camelCase(name), camelCased(inner)]));
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return (value as readonly XmlValue[]).map((one) => element(name, one)).join('');
  return `<${name}>${inside(value)}</${name}>`;
}

function inside(value: Exclude<XmlValue, undefined>): string {
  if (typeof value === 'string') return `<![CDATA[${sayable(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, one]) => element(name, one))
    .join('');
}

/** Without the characters that XML 1.0 has no way to write. */
const sayable = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
