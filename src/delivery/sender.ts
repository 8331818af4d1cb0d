/** What every sender shares: who is reached where, how often, and what a platform's answer means for the row. */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Cache } from '../store/cache.ts';
import type { Database } from '../store/database.ts';
import type { DirectorySource } from '../people/directory.ts';
import { reach } from '../people/reach.ts';
import type { Sent, Workspace } from '../workspace/port.ts';
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
}

export interface Receiver {
  readonly workspace: Workspace;
  readonly account: string;
}

/** Where the person is reached; null: nowhere (left, or the workspace is no longer configured). */
export function receiverOf({ directory, workspaces }: SenderParts, personId: number): Receiver | null {
  for (const { workspace: id, account } of reach(directory(), personId)) {
    const workspace = workspaces.get(id);
    if (workspace) return { workspace, account };
  }
  return null;
}

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

const MINUTE_MS = 60_000;

/**
 * Room for one more message to this person? A platform silently drops what is over its limit, so we stay below it
 * and put the rest off.
 */
export function mayMessage({ cache }: SenderParts, { workspace, account }: Receiver): Promise<boolean> {
  return cache.take(`messages:${workspace.id}:${account}`, workspace.capabilities.perPersonPerMinute, MINUTE_MS);
}

/** What a failed call means for the row. `resend` is the row's kind of message: architecture.md, invariant 7. */
export async function failed(
  queue: Queue,
  row: Claimed,
  sent: Exclude<Sent, { result: 'sent' }>,
  tries: readonly Try[],
): Promise<void> {
  const because = `${sent.platformCode}: ${sent.reason}`;
  if (sent.result === 'dead') return queue.bury(row, because, tries);
  if (sent.result === 'unknown' && row.resend === 'never_resend')
    return queue.bury(row, `unknown whether it arrived: ${because}`, tries);
  await queue.later(row, because, tries, sent.waitMs);
}
