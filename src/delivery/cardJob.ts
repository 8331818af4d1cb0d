/** One card on its way to its present state, and how that ends. */
import type { Part } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { markShown, setCardState } from '../ticket/cards.ts';
import type { Rendered } from '../ticket/render.ts';
import type { Sent } from '../workspace/port.ts';
import type { Claimed, End, Try } from './queue.ts';
import { failed, type Receiver, type SenderParts } from './sender.ts';

export interface Job {
  readonly row: Claimed;
  /** Rows that this rendering settles, too. */
  readonly merged: readonly number[];
  readonly receiver: Receiver;
  readonly view: Rendered;
  /** What follows once this is settled. */
  readonly more: readonly Part[];
}

export const updateCall = ({ receiver, view }: Job, card: CardRow, code: string | null): Promise<Sent> =>
  receiver.workspace.update({ to: receiver.to, platformKey: card.platform_key ?? '', card: view.card, code });

/** A card that can't be shown is no reason for the to-do beside it to be missing, or to stay for ever. */
export async function cardFailed(
  { queue, db }: SenderParts,
  { row, more }: Pick<Job, 'row' | 'more'>,
  sent: Exclude<Sent, { result: 'sent' }>,
  tries: readonly Try[],
): Promise<void> {
  const isDead = await failed(queue, row, sent, tries);
  if (isDead && more.length > 0) await db.write((tx) => tx.insertAll(more));
}

export async function finish(
  parts: SenderParts,
  job: Job,
  card: CardRow,
  sent: Sent,
  tries: readonly Try[],
): Promise<void> {
  if (sent.result !== 'sent' && sent.result !== 'arrived') return cardFailed(parts, job, sent, tries);
  await parts.db.write((tx) => markShown(tx, card, job.view.version, 'api'));
  await settle(parts, job, 'sent', tries);
}

/** The platform no longer lets us change it: a click on it is still answered with the present state. */
export async function freeze(parts: SenderParts, job: Job, card: CardRow, tries: readonly Try[]): Promise<void> {
  await setCardState(parts.db, card.id, 'frozen');
  await settle(parts, job, 'dropped', tries);
}

export async function settle(
  { queue }: SenderParts,
  { row, merged, more }: Job,
  end: End,
  tries: readonly Try[],
): Promise<void> {
  await queue.settle(row, end, tries, merged, more);
}
