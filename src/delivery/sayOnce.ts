/** A text on its way to one chat. */
import type { Again, Outgoing } from '../workspace/port.ts';
import { begin } from './again.ts';
import type { Claimed } from './queue.ts';
import { attempt, CROWDED_MS, failed, mayMessage, type Receiver, type SenderParts } from './sender.ts';

type Text = Omit<Extract<Outgoing, { kind: 'text' }>, 'kind' | 'to' | 'dedupeKey'>;

export async function sayOnce(
  parts: SenderParts,
  claimed: Claimed,
  receiver: Receiver,
  again: Again,
  text: Text,
): Promise<void> {
  const { queue, clock } = parts;
  if (!(await mayMessage(parts, receiver, claimed))) return queue.postpone(claimed, CROWDED_MS);
  const begun = await begin(queue, claimed, again);
  if (!begun) return;
  const { row } = begun;
  const message = { kind: 'text' as const, to: receiver.to, dedupeKey: `o${row.id}`, ...text };
  const { sent, tried } = await attempt(clock, 'send.text', () => receiver.workspace.send(message));
  if (sent.result === 'sent' || sent.result === 'arrived') return void (await queue.settle(row, 'sent', [tried]));
  await failed(queue, row, sent, [tried]);
}
