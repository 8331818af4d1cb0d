/**
 * "This card must show the ticket as it is": renders at the moment of sending, so a burst makes one update, a late
 * row shows nothing old, and a retry is harmless. Where a platform gives single-use codes, one is kept for the moment
 * that matters: when nothing is left to do on the card.
 */
import type { Card } from '../card/card.ts';
import {
  beginCard,
  type CardPlace,
  cardIn,
  type Code,
  codeOfRow,
  keepCode,
  markSent,
  markShown,
  setCardState,
  spendCode,
  unspentCodes,
} from '../ticket/cards.ts';
import { CardPayload, cardRole, DraftPayload } from '../ticket/outboxRow.ts';
import type { Rendered, Renderer } from '../ticket/render.ts';
import type { Tx } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import type { Sent } from '../workspace/port.ts';
import type { Claimed, Try } from './queue.ts';
import { attempt, failed, mayMessage, receiverOf, type Receiver, type Sender, type SenderParts } from './sender.ts';

const CROWDED_MS = 15_000;

interface Job {
  readonly row: Claimed;
  /** Rows that this rendering settles, too. */
  readonly merged: readonly number[];
  readonly receiver: Receiver;
  readonly place: CardPlace;
  readonly view: Rendered;
}

export function makeCardSender(parts: SenderParts, renderer: Renderer): Sender {
  return async (row) => {
    const merged = await parts.queue.sameCard(row);
    const { personId, task } = CardPayload.parse(JSON.parse(row.payload ?? '{}'));
    const view = row.ticket_id === null ? null : await renderer.ticketCard(row.ticket_id, personId, task);
    await show(parts, row, merged, personId, view, { ticketId: row.ticket_id, draftId: null, role: cardRole(task) });
  };
}

export function makeDraftSender(parts: SenderParts, renderer: Renderer): Sender {
  return async (row) => {
    const merged = await parts.queue.sameCard(row);
    const { personId, draftId } = DraftPayload.parse(JSON.parse(row.payload ?? '{}'));
    const view = await renderer.draftCard(draftId);
    await show(parts, row, merged, personId, view, { ticketId: null, draftId, role: 'draft' });
  };
}

type PlaceOf = Pick<CardPlace, 'ticketId' | 'draftId' | 'role'>;

async function show(
  parts: SenderParts,
  row: Claimed,
  merged: readonly number[],
  personId: number,
  view: Rendered | null,
  of: PlaceOf,
) {
  const { queue } = parts;
  if (!view) return void (await queue.settle(row, 'dropped', [], merged));
  const receiver = receiverOf(parts, personId);
  if (!receiver) return queue.bury(row, 'the person is not reached in any workspace', []);
  const place: CardPlace = { ...of, workspace: receiver.workspace.id, receiver: receiver.account };
  const job: Job = { row, merged, receiver, place, view };
  const card = await parts.db.read((reader) => cardIn(reader, place));
  if (!card || card.shown_version === null) {
    // Over before it was ever seen: a card about nothing left to do only disturbs. The requester's first card always goes.
    if (view.card.over !== null && view.card.kind !== 'ticket')
      return void (await queue.settle(row, 'dropped', [], merged));
    return sendNew(parts, job, card ?? (await beginCard(parts.db, place, 1, view.version)));
  }
  if (card.shown_version >= view.version) return void (await queue.settle(row, 'merged', [], merged));
  return changeShown(parts, job, card, []);
}

async function sendNew(parts: SenderParts, job: Job, card: CardRow): Promise<void> {
  const { queue, db, clock } = parts;
  const { row, merged, receiver, view } = job;
  if (!(await mayMessage(parts, receiver))) return queue.postpone(row, CROWDED_MS);
  const message = {
    kind: 'card' as const,
    to: receiver.account,
    platformKey: card.platform_key ?? '',
    card: view.card,
  };
  const { sent, tried } = await attempt(clock, 'send.card', () => receiver.workspace.send(message));
  if (sent.result === 'arrived') return arrivedBefore(parts, job, card, tried);
  if (sent.result !== 'sent') return failed(queue, row, sent, [tried]);
  await db.write((tx) => noteSent(tx, job, card, sent, clock()));
  await queue.settle(row, 'sent', [tried], merged);
}

async function noteSent(
  tx: Tx,
  { row, receiver, view }: Job,
  card: CardRow,
  { platformId, code }: Extract<Sent, { result: 'sent' }>,
  now: number,
): Promise<void> {
  const workspace = receiver.workspace.id;
  await markShown(tx, card, view.version, 'api');
  if (platformId !== null) {
    await markSent(tx, card.id, platformId);
    const ref = { workspace_id: workspace, platform_id: platformId, ticket_id: row.ticket_id, card_id: card.id };
    await tx.insert('message_ref', [ref]);
  }
  if (code) await keepCode(tx, { cardId: card.id, workspace, ...code, origin: 'send', spent: false }, now);
}

/** An earlier attempt arrived and its answer was lost: its reader sees what was to be shown then, not what is so now. */
async function arrivedBefore(parts: SenderParts, job: Job, card: CardRow, tried: Try): Promise<void> {
  await parts.db.write((tx) => markShown(tx, card, card.want_version, 'api'));
  if (card.want_version >= job.view.version)
    return void (await parts.queue.settle(job.row, 'sent', [tried], job.merged));
  return changeShown(parts, job, card, [tried]);
}

async function changeShown(parts: SenderParts, job: Job, card: CardRow, tries: readonly Try[]): Promise<void> {
  const { row, receiver, view } = job;
  const { update } = receiver.workspace.capabilities;
  if (update === 'never') return freeze(parts, job, card, tries);
  if (update === 'free') {
    const { sent, tried } = await attempt(parts.clock, 'update.card', () =>
      updateCall(receiver, card, view.card, null),
    );
    return finish(parts, job, card, sent, [...tries, tried]);
  }
  const own = await parts.db.read((reader) => codeOfRow(reader, card.id, row.id));
  return own ? repeatUpdate(parts, job, card, own, tries) : updateByCode(parts, job, card, tries);
}

/** The answer to this row's first attempt was lost: the same code once more. */
async function repeatUpdate(
  parts: SenderParts,
  job: Job,
  card: CardRow,
  own: Code,
  before: readonly Try[],
): Promise<void> {
  const { receiver, view } = job;
  const { sent, tried } = await attempt(parts.clock, 'update.card', () =>
    updateCall(receiver, card, view.card, own.code),
  );
  const tries = [...before, tried];
  if (sent.result !== 'code_gone') return finish(parts, job, card, sent, tries);
  // The code is used up: that attempt did arrive, with what was to be shown then.
  await parts.db.write((tx) => markShown(tx, card, card.want_version, 'api'));
  if (card.want_version >= view.version) return void (await parts.queue.settle(job.row, 'sent', tries, job.merged));
  return updateByCode(parts, job, card, tries);
}

async function updateByCode(parts: SenderParts, job: Job, card: CardRow, before: readonly Try[]): Promise<void> {
  const { db, clock, queue } = parts;
  const { row, merged, receiver, view } = job;
  const codes = await db.read((reader) => unspentCodes(reader, card.id, clock()));
  // Not yet the moment that matters, and only one code: keep it. A click meanwhile is answered with the present state.
  if (!view.final && codes.length < 2) return void (await queue.settle(row, 'merged', before, merged));
  const tries = [...before];
  for (const code of codes) {
    const spending = { card, outboxId: row.id, version: view.version };
    if (!(await spendCode(db, code, spending, clock))) continue;
    const { sent, tried } = await attempt(clock, 'update.card', () => updateCall(receiver, card, view.card, code.code));
    tries.push(tried);
    if (sent.result !== 'code_gone') return finish(parts, job, card, sent, tries);
  }
  return freeze(parts, job, card, tries);
}

const updateCall = ({ workspace, account }: Receiver, card: CardRow, view: Card, code: string | null): Promise<Sent> =>
  workspace.update({ to: account, platformKey: card.platform_key ?? '', card: view, code });

async function finish(
  parts: SenderParts,
  { row, merged, view }: Job,
  card: CardRow,
  sent: Sent,
  tries: readonly Try[],
): Promise<void> {
  if (sent.result !== 'sent' && sent.result !== 'arrived') return failed(parts.queue, row, sent, tries);
  await parts.db.write((tx) => markShown(tx, card, view.version, 'api'));
  await parts.queue.settle(row, 'sent', tries, merged);
}

/** The platform no longer lets us change it: a click on it is still answered with the present state. */
async function freeze(parts: SenderParts, { row, merged }: Job, card: CardRow, tries: readonly Try[]): Promise<void> {
  await setCardState(parts.db, card.id, 'frozen');
  await parts.queue.settle(row, 'dropped', tries, merged);
}
