/** message/send and message/recall. Source: reference/wecom.md, 4. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/json.ts';
import { FOREIGN_AGENT } from '../account.ts';
import type { Put } from '../journal.ts';
import { readContent, type Content } from './bodies.ts';
import { callsApp, contentOfCard, copyFor, readCard } from './cards.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import { translateIds } from './idTranslation.ts';
import type { MediaShelf } from './media.ts';
import type { Quota } from './quota.ts';
import { receiversOfSend, type Receivers } from './receivers.ts';
import { HOUR, type Stored, type Tables } from './rows.ts';

type Body = Record<string, unknown>;
type Answer = Record<string, unknown>;

const DUPLICATE_DEFAULT = 1800; // seconds
const DUPLICATE_MAX = 14_400; // seconds
const RECALL = 24 * HOUR;

export function makeSend(corp: Corp, media: MediaShelf, quota: Quota): (body: Body) => Answer {
  return (body) => {
    checkAgent(corp, body['agentid']);
    const receivers = receiversOfSend(corp, body);
    const duplicate = duplicateOf(corp, body);
    if (duplicate?.msgid) return { ...invalid(receivers, corp), msgid: duplicate.msgid };

    const content = readBody(corp, media, body);
    if (receivers.people.length === 0) throw new WecomError(81013, undefined, invalid(receivers, corp));
    quota.spend(receivers.people.length);

    const msgid = corp.ids.text(62);
    const unlicensed = lowered(corp.settings().unlicensed);
    const copies = receivers.people
      .filter((person) => !unlicensed.includes(person.userid.toLowerCase()) && quota.admits(person.userid))
      .map((person) => copyFor(corp, person.userid, content, msgid));
    const code = content.kind === 'template_card' && content.card && callsApp(content.card) ? corp.ids.text(64) : null;
    corp.rows.commit(...rowsOfSend(corp, { msgid, content, copies, code, digest: duplicate?.digest ?? null }));
    return { ...invalid(receivers, corp), msgid, ...(code === null ? {} : { response_code: code }) };
  };
}

/** @throws WecomError */
export function checkAgent(corp: Corp, agentId: unknown): void {
  if (agentId === undefined || agentId === null) throw new WecomError(41011);
  if (typeof agentId !== 'number') throw new WecomError(40056);
  if (agentId === FOREIGN_AGENT) throw new WecomError(301002);
  if (agentId !== corp.account.agentId) throw new WecomError(40056);
}

function readBody(corp: Corp, media: MediaShelf, body: Body): Content {
  const kind = body['msgtype'];
  const translate = (content: Content) =>
    body['enable_id_trans'] === 1 ? translateIds(content, corp.directory) : content;
  if (kind !== 'template_card')
    return translate(readContent(kind, body[String(kind)], (id, type) => media.isUsable(id, type)));
  const checked = readCard(corp, media, body['template_card'], null);
  if (callsApp(checked.card) && corp.meta().callbackUrl === null) throw new WecomError(43012);
  return translate(contentOfCard(checked));
}

/** null: not asked for. `msgid` is set when the very same request came before, inside the interval. */
function duplicateOf(corp: Corp, body: Body): { digest: string; msgid: string | null } | null {
  if (body['enable_duplicate_check'] !== 1) return null;
  const interval = body['duplicate_check_interval'] ?? DUPLICATE_DEFAULT;
  if (typeof interval !== 'number' || interval < 1 || interval > DUPLICATE_MAX) throw new WecomError(40058);
  const digest = createHash('sha256').update(canonicalJson(body)).digest('base64');
  const before = corp.rows.get('duplicate', digest);
  return { digest, msgid: before && before.at + interval * 1000 > corp.now() ? before.msgid : null };
}

interface Sending {
  readonly msgid: string;
  readonly content: Content;
  readonly copies: readonly Stored[];
  readonly code: string | null;
  readonly digest: string | null;
}

function rowsOfSend(corp: Corp, { msgid, content, copies, code, digest }: Sending): Put<Tables>[] {
  const at = corp.now();
  const { agentId } = corp.account;
  const puts: Put<Tables>[] = [['send', msgid, { at, agentId }]];
  if (digest !== null) puts.push(['duplicate', digest, { at, msgid }]);
  if (content.card?.task_id && content.kind === 'template_card') puts.push(['task', content.card.task_id, { msgid }]);
  if (code !== null) puts.push(['code', code, { msgid, at, agentId, used: false }]);
  for (const copy of copies) puts.push(['message', copy.message.id, copy]);
  return puts;
}

function invalid(receivers: Receivers, corp: Corp): Answer {
  const unlicensed = lowered(corp.settings().unlicensed);
  const without = receivers.people.map((one) => one.userid.toLowerCase()).filter((one) => unlicensed.includes(one));
  return {
    invaliduser: receivers.invalidUsers.join('|'),
    invalidparty: receivers.invalidParties.join('|'),
    invalidtag: receivers.invalidTags.join('|'),
    unlicenseduser: without.join('|'),
  };
}

const lowered = (userids: readonly string[]) => userids.map((one) => one.toLowerCase());

export function makeRecall(corp: Corp): (body: Body) => Answer {
  return ({ msgid }) => {
    const send = typeof msgid === 'string' ? corp.rows.get('send', msgid) : undefined;
    if (typeof msgid !== 'string' || !send) throw new WecomError(40058);
    if (send.at + RECALL <= corp.now()) throw new WecomError(42052);
    corp.rows.commit(...corp.copies(msgid).map(({ message }) => ['message', message.id, null] as const));
    return {};
  };
}
