/** What every sender shares: who is reached where, how often, and what a platform's answer means for the row. */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Cache } from '../store/cache.ts';
import type { Database } from '../store/database.ts';
import type { DirectorySource } from '../people/directory.ts';
import { reach } from '../people/reach.ts';
import type { Chat } from '../lib/chat.ts';
import type { Sent, Workspace } from '../workspace/port.ts';
import type { Budget } from './budget.ts';
import type { Claimed, Queue, Try } from './queue.ts';

/** Sends one row and settles it. Throws only for what nobody foresaw. */
export type Sender = (row: Claimed) => Promise<void>;

export interface SenderParts {
  readonly db: Database;
  readonly queue: Queue;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: DirectorySource['current'];
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** Is so much of the platform's month used that only what matters is sent? */
  readonly thrifty: Budget['thrifty'];
}

export interface Receiver {
  readonly workspace: Workspace;
  /** A person's account or a group. */
  readonly to: Chat;
}

/** Where the person is reached, home first; none: they left, or no workspace of theirs is configured any more. */
export function receiversOf({ directory, workspaces }: SenderParts, personId: number): Receiver[] {
  return reach(directory(), personId).flatMap(({ workspace: id, account }) => {
    const workspace = workspaces.get(id);
    return workspace ? [{ workspace, to: account }] : [];
  });
}

export const NOWHERE = 'the person is not reached in any workspace';

/** Makes the call and times it. */
export async function attempt(
  clock: Clock,
  call: string,
  run: () => Promise<Sent>,
): Promise<{ sent: Sent; tried: Try }> {
  const at = clock();
  const sent = await run();
  const code = 'platformCode' in sent ? sent.platformCode : '0';
  const platformId = sent.result === 'sent' ? sent.platformId : null;
  return { sent, tried: { at, ms: clock() - at, call, code, result: sent.result, platformId } };
}

/** How long a message that would be over the limit waits. */
export const CROWDED_MS = 15_000;
const MINUTE_MS = 60_000;

/** A share of the limit is for what has waited: else something newer would take each place that becomes free. */
const FRESH_SHARE = 0.8;

/**
 * Room for one more message to this person? A platform silently drops what is over its limit, so we stay below it
 * and put the rest off.
 */
export function mayMessage(
  { cache, clock }: SenderParts,
  { workspace, to }: Receiver,
  { made_at: madeAt }: Pick<Claimed, 'made_at'>,
): Promise<boolean> {
  const { perPersonPerMinute: most } = workspace.capabilities;
  const isFresh = clock() - madeAt < CROWDED_MS;
  return cache.take(`messages:${workspace.id}:${to}`, isFresh ? Math.ceil(most * FRESH_SHARE) : most, MINUTE_MS);
}

/**
 * What a failed call means for the row, by the rule that `begin` noted in it: architecture.md, invariant 7.
 * @returns whether it is a dead letter now
 */
export async function failed(
  queue: Queue,
  row: Claimed,
  sent: Exclude<Sent, { result: 'sent' }>,
  tries: readonly Try[],
): Promise<boolean> {
  const because = `${sent.platformCode}: ${sent.reason}`;
  const unknown = sent.result === 'unknown';
  if (sent.result === 'dead' || (unknown && row.resend === 'never_resend')) {
    await queue.bury(row, unknown ? `unknown whether it arrived: ${because}` : because, tries);
    return true;
  }
  const inDoubt = unknown && row.resend === 'ask_status_first';
  return !(await queue.later(row, because, tries, sent.waitMs, inDoubt ? 'sending' : 'waiting'));
}
