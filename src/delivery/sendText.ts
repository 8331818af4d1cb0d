/** Messages that are said once: notices about a ticket. */
import { z } from 'zod';
import { awayText } from '../card/awayText.ts';
import { checkText } from '../card/checkText.ts';
import { noticeText } from '../card/noticeText.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import { AwayPayload, cardRole, CheckPayload, TextPayload } from '../ticket/outboxRow.ts';
import { placeCard, type Placed } from './cardPlace.ts';
import type { Claimed } from './queue.ts';
import { sayOnce } from './sayOnce.ts';
import { NOWHERE, receiversOf, type Sender, type SenderParts } from './sender.ts';

const Beside = z.union([AwayPayload, CheckPayload]);

/** They say only what the requester's card shows anyway. */
const SHOWN_BY_CARD: readonly string[] = ['accepted'];

export function makeTextSender(parts: SenderParts): Sender {
  return async (row) => {
    const { db, queue } = parts;
    const drop = async () => void (await queue.settle(row, 'dropped', []));
    const { ticket_id: ticketId } = row;
    if (ticketId === null) return tellBeside(parts, row);
    const { personId, notice } = TextPayload.parse(JSON.parse(row.payload ?? '{}'));
    const about = { ticketId, draftId: null, role: cardRole(null) };
    const receivers = receiversOf(parts, personId);
    const { stored, placed } = await db.read(async (reader) => ({
      stored: await loadTicket(reader, ticketId),
      placed: await placeCard(reader, about, receivers),
    }));
    if (!stored) return drop();
    if (!placed) return queue.bury(row, NOWHERE, []);
    if (SHOWN_BY_CARD.includes(notice.kind) && keepsUp(placed)) return drop();
    const people = parts.directory().people;
    const locale = people.get(personId)?.locale ?? 'zh-CN';
    const text = noticeText(notice, { ticket: stored.ticket, names: (id) => people.get(id)?.name ?? '' }, locale);
    await sayOnce(parts, row, placed.receiver, placed.receiver.workspace.capabilities.again.text, { text });
  };
}

/** About no ticket, so there is no card to stand beside: where the person is at home. */
async function tellBeside(parts: SenderParts, row: Claimed): Promise<void> {
  const payload = Beside.parse(JSON.parse(row.payload ?? '{}'));
  const { personId } = payload;
  const [receiver] = receiversOf(parts, personId);
  if (!receiver) return parts.queue.bury(row, NOWHERE, []);
  const { people } = parts.directory();
  const locale = people.get(personId)?.locale ?? 'zh-CN';
  const names = (id: number) => people.get(id)?.name ?? '';
  const text =
    'away' in payload ? awayText(payload.away, { personId, names }, locale) : checkText(payload.check, locale);
  await sayOnce(parts, row, receiver, receiver.workspace.capabilities.again.text, { text });
}

/** The person has a card there that is changed with the ticket. */
const keepsUp = ({ card, receiver }: Placed): boolean =>
  receiver.workspace.capabilities.update === 'free' && card?.state === 'live' && card.shown_version !== null;
