/**
 * Brings one card to the present state, in whatever way its platform allows: a new one, an update by key, or one by a
 * single-use code.
 */
import { undelivered } from '../card/undelivered.ts';
import { groupOf } from '../lib/chat.ts';
import { inWords } from '../lib/locale.ts';
import type { Part, Tx } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { beginCard, type CardPlace, keepCode, markSent, markShown, setCardState } from '../ticket/cards.ts';
import { outboxPart, sayRow } from '../ticket/outboxRow.ts';
import type { Sent } from '../workspace/port.ts';
import { begin } from './again.ts';
import type { CardAbout, Placed } from './cardPlace.ts';
import { cardFailed, finish, freeze, type Job, settle, updateCall } from './cardJob.ts';
import type { Try } from './queue.ts';
import { attempt, CROWDED_MS, mayMessage, type SenderParts } from './sender.ts';
import { updateWithCode } from './updateByCode.ts';

/** One card in one second: more is lost on the reader, and the platform counts. */
const UPDATE_PAUSE_MS = 1_000;

export async function showCard(
  parts: SenderParts,
  job: Job,
  about: CardAbout,
  { card: newest, gen }: Pick<Placed, 'card' | 'gen'>,
): Promise<void> {
  const { view, receiver } = job;
  const place: CardPlace = { ...about, workspace: receiver.workspace.id, receiver: receiver.to };
  // One that the platform has, and nobody ever saw: what comes now is a new one.
  const card = newest?.state === 'lost' && newest.shown_version === null ? null : newest;
  if (!card || card.shown_version === null) {
    // Over before it was ever seen: a card about nothing left to do only disturbs. The requester's first card always goes.
    if (view.card.over !== null && view.card.kind !== 'ticket') return putAway(parts, job, card);
    return sendNew(parts, job, card ?? (await beginCard(parts.db, place, gen, view.version)), []);
  }
  if (card.shown_version >= view.version) return settle(parts, job, 'merged', []);
  const replace = (tries: readonly Try[]) => sendAnew(parts, job, place, gen, tries);
  if (card.state === 'lost') return replace([]);
  return changeShown(parts, job, card, [], replace);
}

/** One that was begun may stand there with its buttons: its sender died, or never heard that it arrived. */
async function putAway(parts: SenderParts, job: Job, card: CardRow | null): Promise<void> {
  const drop = (tries: readonly Try[]) => settle(parts, job, 'dropped', tries);
  if (!card || job.receiver.workspace.capabilities.update !== 'free') return drop([]);
  return changeShown(parts, job, card, [], drop);
}

async function sendNew(parts: SenderParts, job: Job, card: CardRow, before: readonly Try[]): Promise<void> {
  const { queue, db, clock } = parts;
  const { receiver, view } = job;
  if (!(await mayMessage(parts, receiver, job.row))) return queue.postpone(job.row, CROWDED_MS);
  const { workspace, to } = receiver;
  const begun = await begin(queue, job.row, workspace.capabilities.again.card);
  if (!begun) return;
  const { row } = begun;
  const message = { kind: 'card' as const, to, platformKey: card.platform_key ?? '', card: view.card };
  const { sent, tried } = await attempt(clock, 'send.card', () => workspace.send(message));
  const tries = [...before, tried];
  if (sent.result === 'arrived') return arrivedBefore(parts, { ...job, row }, card, tries);
  const now: Job = { ...job, row };
  if (sent.result !== 'sent') {
    if (sent.keyTaken) await setCardState(db, card.id, 'lost');
    return cardFailed(parts, { ...now, more: [...now.more, ...onPage(parts, job)] }, sent, tries);
  }
  // Begun before it came to look so: an earlier attempt may have arrived, and some platforms take a second one without
  // effect and without a word.
  const isOld = workspace.capabilities.update === 'free' && card.want_version < view.version;
  await db.write((tx) =>
    noteSent(tx, job, card, { ...sent, version: isOld ? card.want_version : view.version }, clock()),
  );
  if (isOld) return changeShown(parts, now, card, tries, null);
  await settle(parts, now, 'sent', tries);
}

async function noteSent(
  tx: Tx,
  { row, receiver }: Job,
  card: CardRow,
  { platformId, code, version }: Extract<Sent, { result: 'sent' }> & { readonly version: number },
  now: number,
): Promise<void> {
  const workspace = receiver.workspace.id;
  await markShown(tx, card, version, 'api');
  if (platformId !== null) {
    await markSent(tx, card.id, platformId);
    const ref = { workspace_id: workspace, platform_id: platformId, ticket_id: row.ticket_id, card_id: card.id };
    // Where a repeated sending is no error, it returns the same id.
    await tx.insertAll([{ table: 'message_ref', rows: [ref], replace: true }]);
  }
  if (code) await keepCode(tx, { cardId: card.id, workspace, ...code, origin: 'send', spent: false }, now);
}

/** An earlier attempt arrived and its answer was lost: its reader sees what was to be shown then, not what is so now. */
async function arrivedBefore(parts: SenderParts, job: Job, card: CardRow, tries: readonly Try[]): Promise<void> {
  await parts.db.write((tx) => markShown(tx, card, card.want_version, 'api'));
  if (card.want_version >= job.view.version) return settle(parts, job, 'sent', tries);
  return changeShown(parts, job, card, tries, null);
}

type Replace = ((tries: readonly Try[]) => Promise<void>) | null;

async function changeShown(
  parts: SenderParts,
  job: Job,
  card: CardRow,
  before: readonly Try[],
  replace: Replace,
): Promise<void> {
  const { workspace } = job.receiver;
  const { update, again } = workspace.capabilities;
  if (update === 'never') return freeze(parts, job, card, before);
  const urgent = job.view.final || job.view.duty === 'open';
  if (!urgent && workspace.capabilities.quota) {
    // Each change costs one of the month's calls: none for what another card of theirs says, and little near the end.
    if (job.view.echoed || parts.thrifty(workspace)) return settle(parts, job, 'merged', before);
    if (!(await parts.cache.take(`card:${card.id}`, 1, UPDATE_PAUSE_MS)))
      return parts.queue.postpone(job.row, UPDATE_PAUSE_MS);
  }
  const begun = await begin(parts.queue, job.row, again.update);
  if (!begun) return;
  const now: Job = { ...job, row: begun.row };
  if (update === 'by_code') return updateWithCode(parts, now, card, before);
  const { sent, tried } = await attempt(parts.clock, 'update.card', () => updateCall(job, card, null));
  const tries = [...before, tried];
  if (sent.result !== 'dead' || !replace) return finish(parts, now, card, sent, tries);
  // The platform no longer knows the card, or will not change it.
  await setCardState(parts.db, card.id, 'lost');
  return replace(tries);
}

/** Said when the card turns out to be undeliverable, to somebody who waits for it: the page does as well. */
function onPage({ directory, clock }: SenderParts, { receiver, view, row }: Job): Part[] {
  const waits = view.duty === 'open' || view.card.kind === 'draft';
  if (!waits || groupOf(receiver.to) !== null) return [];
  const { accounts, people } = directory();
  const person = people.get(accounts.get(`${receiver.workspace.id}/${receiver.to}`) ?? 0);
  const locale = person?.locale ?? 'zh-CN';
  const text = inWords(undelivered.card(view.card.title), locale);
  const link = { text: inWords(undelivered.openPage, locale), url: view.card.url };
  return [
    outboxPart([
      { ...sayRow(receiver.workspace.id, { chat: receiver.to, text, link }, clock()), ticket_id: row.ticket_id },
    ]),
  ];
}

/** In place of a lost card: only for what somebody must do or waits for. */
async function sendAnew(
  parts: SenderParts,
  job: Job,
  place: CardPlace,
  gen: number,
  tries: readonly Try[],
): Promise<void> {
  const { card, final, duty, version } = job.view;
  const matters = duty === 'open' || (card.kind === 'draft' ? !final : final && card.kind !== 'task');
  if (!matters) return settle(parts, job, 'dropped', tries);
  return sendNew(parts, job, await beginCard(parts.db, place, gen, version), tries);
}
