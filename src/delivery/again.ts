/**
 * Before a message that must not arrive twice: its attempt is noted, and one that an earlier attempt left in doubt is
 * asked about, or given up as "unknown". Which message is of which kind, its adapter says with the reason.
 */
import type { Again, Sent } from '../workspace/port.ts';
import type { Claimed, Queue } from './queue.ts';

export interface Begun {
  /** To be settled instead of the claimed one: it carries the rule. */
  readonly row: Claimed;
  /** What the platform said when it was asked; null: it was not, nothing is in doubt. */
  readonly found: Sent | null;
}

/**
 * @param ask  whether it is there; null: this platform can't tell
 * @returns    null when there is nothing to do any more: it became a dead letter, or is somebody else's
 */
export async function begin(
  queue: Queue,
  claimed: Claimed,
  again: Again,
  ask: (() => Promise<Sent>) | null = null,
): Promise<Begun | null> {
  const row = { ...claimed, resend: again };
  if (again === 'resend') return { row, found: null };
  const inDoubt = row.state === 'sending';
  if (!inDoubt) return (await queue.begin(row)) ? { row, found: null } : null;
  if (again === 'ask_status_first' && ask) return { row, found: await ask() };
  await queue.bury(row, `unknown whether it arrived: ${row.error ?? 'its sender ended before the answer came'}`, []);
  return null;
}
