/** Messages that are said once: notices about a ticket. */
import { noticeText } from '../card/noticeText.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import { TextPayload } from '../ticket/outboxRow.ts';
import type { Claimed } from './queue.ts';
import { attempt, failed, mayMessage, receiverOf, type Sender, type SenderParts } from './sender.ts';

/** How long a message that would be over the person's limit waits. */
const CROWDED_MS = 15_000;

export function makeTextSender(parts: SenderParts): Sender {
  return async (row) => {
    const { personId, notice } = TextPayload.parse(JSON.parse(row.payload ?? '{}'));
    const stored =
      row.ticket_id === null ? null : await parts.db.read((reader) => loadTicket(reader, row.ticket_id ?? 0));
    if (!stored) return void (await parts.queue.settle(row, 'dropped', []));
    const people = parts.directory().people;
    const locale = people.get(personId)?.locale ?? 'zh-CN';
    const text = noticeText(notice, { ticket: stored.ticket, names: (id) => people.get(id)?.name ?? '' }, locale);
    await say(parts, row, personId, text);
  };
}

async function say(parts: SenderParts, row: Claimed, personId: number, text: string): Promise<void> {
  const receiver = receiverOf(parts, personId);
  if (!receiver) return parts.queue.bury(row, 'the person is not reached in any workspace', []);
  if (!(await mayMessage(parts, receiver))) return parts.queue.postpone(row, CROWDED_MS);
  const { workspace, account } = receiver;
  const message = { kind: 'text' as const, to: account, text, dedupeKey: `o${row.id}` };
  const { sent, tried } = await attempt(parts.clock, 'send.text', () => workspace.send(message));
  if (sent.result === 'sent' || sent.result === 'arrived') return void (await parts.queue.settle(row, 'sent', [tried]));
  await failed(parts.queue, row, sent, [tried]);
}
