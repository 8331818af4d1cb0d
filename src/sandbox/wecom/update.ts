/** update_template_card: one code, one use, 72 hours; only the copies of the people listed change. Source: reference/wecom.md, 5.8. */
import type { Put } from '../journal.ts';
import { isInteractive, readCard, withCard, withReplacedButtons } from './cards.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import { translateIds } from './idTranslation.ts';
import type { MediaShelf } from './media.ts';
import { receiversOfUpdate } from './receivers.ts';
import { CODE_LIFE, type Code, type Stored, type Tables } from './rows.ts';
import { checkAgent } from './send.ts';

type Body = Record<string, unknown>;

export function makeUpdate(corp: Corp, media: MediaShelf): (body: Body) => Record<string, unknown> {
  return (body) => {
    checkAgent(corp, body['agentid']);
    const text = body['response_code'];
    const code = typeof text === 'string' ? corp.rows.get('code', text) : undefined;
    if (typeof text !== 'string' || !code || code.used || code.at + CODE_LIFE <= corp.now())
      throw new WecomError(60140);
    if (code.agentId !== body['agentid']) throw new WecomError(42015);
    const receivers = receiversOfUpdate(corp, body);
    const listed = new Set(receivers.people.map((person) => person.userid));
    const copies = corp.copies(code.msgid).filter(({ message }) => listed.has(message.userid));
    const changed = change(corp, media, body, code, copies);
    const invaliduser = receivers.invalidUsers;
    if (receivers.people.length === 0) throw new WecomError(81013, undefined, { invaliduser });
    corp.rows.commit(['code', text, { ...code, used: true }], ...changed);
    return { invaliduser };
  };
}

/** The rows of the copies after the update. @throws WecomError when the update does not fit */
function change(corp: Corp, media: MediaShelf, body: Body, code: Code, copies: readonly Stored[]): Put<Tables>[] {
  const button = body['button'] as { replace_name?: unknown } | undefined;
  if (body['template_card'] !== undefined) {
    const own = copies[0]?.message.card?.task_id ?? ownTask(corp, code.msgid, body['template_card']);
    const checked = readCard(corp, media, body['template_card'], own);
    const translated =
      body['enable_id_trans'] === 1
        ? translateIds({ kind: 'template_card', card: checked.card }, corp.directory).card
        : null;
    const task = checked.card.task_id;
    return [
      ...(task === undefined ? [] : [['task', task, { msgid: code.msgid }] as const]),
      ...copies.map((copy) => put(used(withCard(copy, translated ? { ...checked, card: translated } : checked)))),
    ];
  }
  const words = button?.replace_name;
  if (typeof words !== 'string' || words === '') throw new WecomError(40058, 'button.replace_name');
  if (copies.some(({ message }) => !message.card || !isInteractive(message.card)))
    throw new WecomError(40058, 'replace_name is for cards with buttons');
  return copies.map((copy) => put(used(withReplacedButtons(copy, words))));
}

/** A listed person may have no copy (dropped by the quota): the card's own task_id is then known by its send. */
function ownTask(corp: Corp, msgid: string, card: unknown): string | null {
  const task = (card as { task_id?: unknown } | null)?.task_id;
  return typeof task === 'string' && corp.rows.get('task', task)?.msgid === msgid ? task : null;
}

const used = (stored: Stored): Stored => ({ ...stored, message: { ...stored.message, responseCodeUsed: true } });
const put = (stored: Stored) => ['message', stored.message.id, stored] as const;
