/**
 * "This card must show the ticket as it is": renders at the moment of sending, so a burst makes one update, a late
 * row shows nothing old, and a retry is harmless.
 */
import { CardPayload, cardRole, DraftPayload, GROUP_ROLE, GroupPayload, todoRole } from '../ticket/outboxRow.ts';
import type { Rendered, Renderer } from '../ticket/render.ts';
import { type CardAbout, placeCard, type Placed } from './cardPlace.ts';
import type { Claimed } from './queue.ts';
import { NOWHERE, type Receiver, receiversOf, type Sender, type SenderParts } from './sender.ts';
import { showCard } from './showCard.ts';
import { todoDue } from './todoDue.ts';

export function makeCardSender(parts: SenderParts, renderer: Renderer): Sender {
  return async (row) => {
    const { ticket_id: ticketId } = row;
    const merged = await parts.queue.sameCard(row);
    const { personId, task, ifThere } = CardPayload.parse(JSON.parse(row.payload ?? '{}'));
    const view = ticketId === null ? null : await renderer.ticketCard(ticketId, personId, task);
    const about = { ticketId, draftId: null, role: cardRole(task) };
    const todoOf = ticketId === null || task === null ? null : { ticketId, personId, task };
    await show(parts, { row, merged, view, about, to: receiversOf(parts, personId), todoOf, ifThere });
  };
}

export function makeDraftSender(parts: SenderParts, renderer: Renderer): Sender {
  return async (row) => {
    const merged = await parts.queue.sameCard(row);
    const { personId, draftId } = DraftPayload.parse(JSON.parse(row.payload ?? '{}'));
    const view = await renderer.draftCard(draftId);
    const about = { ticketId: null, draftId, role: 'draft' };
    await show(parts, { row, merged, view, about, to: receiversOf(parts, personId), todoOf: null });
  };
}

/** The card that everybody in the group sees in which the ticket was filed. */
export function makeGroupSender(parts: SenderParts, renderer: Renderer): Sender {
  return async (row) => {
    const { ticket_id: ticketId } = row;
    const merged = await parts.queue.sameCard(row);
    const { chat } = GroupPayload.parse(JSON.parse(row.payload ?? '{}'));
    const view = ticketId === null ? null : await renderer.groupCard(ticketId);
    const workspace = parts.workspaces.get(row.workspace_id ?? '');
    const to = workspace?.capabilities.groups ? [{ workspace, to: chat }] : [];
    const about = { ticketId, draftId: null, role: GROUP_ROLE };
    await show(parts, { row, merged, view, about, to, todoOf: null });
  };
}

interface Showing {
  readonly row: Claimed;
  readonly merged: readonly number[];
  readonly view: Rendered | null;
  readonly about: CardAbout;
  readonly to: readonly Receiver[];
  readonly todoOf: Parameters<typeof todoDue>[0] | null;
  readonly ifThere?: boolean;
}

async function show(
  parts: SenderParts,
  { row, merged, view, about, to, todoOf, ifThere = false }: Showing,
): Promise<void> {
  if (!view) return void (await parts.queue.settle(row, 'dropped', [], merged));
  const role = todoOf && todoRole(todoOf.task);
  const placed = await parts.db.read((reader) => placeCard(reader, about, to, role));
  if (ifThere && !placed?.card) return void (await parts.queue.settle(row, 'dropped', [], merged));
  if (!placed) return parts.queue.bury(row, NOWHERE, []);
  const more = todoOf ? todoDue(todoOf, view, placed, isThrifty(parts, placed), parts.clock()) : [];
  await showCard(parts, { row, merged, receiver: placed.receiver, view, more }, about, placed);
}

const isThrifty = ({ thrifty }: SenderParts, { receiver }: Placed): boolean => thrifty(receiver.workspace);
