/** Where a card is shown: where its person has it already, else where they filed the ticket, else at home. */
import { cardRole } from '../ticket/outboxRow.ts';
import { cardsOf, type CardPlace } from '../ticket/cards.ts';
import type { Reader } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import type { Receiver } from './sender.ts';

/** What it is about; never a place. */
export type CardAbout = Pick<CardPlace, 'ticketId' | 'draftId' | 'role'>;

export interface Placed {
  readonly receiver: Receiver;
  /** The newest one there; null: none was ever begun. */
  readonly card: CardRow | null;
  /** Of the next one. Accounts of two workspaces may have one name, so it counts over both. */
  readonly gen: number;
  /** The newest to-do, wherever it stands. */
  readonly todo: CardRow | null;
  readonly todoGen: number;
}

/**
 * @param receivers  every place of the person, home first
 * @param todoRole   the role of the to-do that goes with it
 * @returns          null for somebody without a place
 */
export async function placeCard(
  reader: Reader,
  about: CardAbout,
  receivers: readonly Receiver[],
  todoRole: string | null = null,
): Promise<Placed | null> {
  const roles = [...new Set([about.role, cardRole(null), ...(todoRole === null ? [] : [todoRole])])];
  const rows = await cardsOf(reader, about, roles, [...new Set(receivers.map(({ to }) => to))]);
  const placed = rows.filter((row) => receivers.some((one) => isAt(one, row)));
  const card = placed.find(({ role }) => role === about.role) ?? null;
  // What is asked of the requester belongs beside what they asked for.
  const beside = card ?? placed.find(({ role }) => role === cardRole(null));
  const receiver = beside ? receivers.find((one) => isAt(one, beside)) : await firstPlace(reader, about, receivers);
  if (!receiver) return null;
  const nextOf = (of: string | null) =>
    1 +
    Math.max(0, ...rows.filter(({ role, receiver: to }) => role === of && to === receiver.to).map(({ gen }) => gen));
  return {
    receiver,
    card,
    gen: nextOf(about.role),
    todo: placed.find(({ role }) => role === todoRole) ?? null,
    todoGen: nextOf(todoRole),
  };
}

export const isAt = ({ workspace, to }: Receiver, row: CardRow): boolean =>
  row.workspace_id === workspace.id && row.receiver === to;

/** A draft is filled in where it was begun. */
async function firstPlace(
  reader: Reader,
  { draftId }: CardAbout,
  receivers: readonly Receiver[],
): Promise<Receiver | undefined> {
  const [home] = receivers;
  if (draftId === null || receivers.length < 2) return home;
  const draft = await reader.one<{ workspace_id: string }>('SELECT workspace_id FROM draft WHERE id = ?', [draftId]);
  return receivers.find(({ workspace }) => workspace.id === draft?.workspace_id) ?? home;
}
