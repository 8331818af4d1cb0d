/** Why the flow itself ended a ticket. */
import type { EndCause, EventOf } from '../flow/event.ts';
import type { Words } from '../lib/locale.ts';

export const CAUSE_WORDS: Readonly<Record<EndCause, Words>> = {
  timed_out: { zh: '没有人在期限内办理', en: 'Nobody decided in time' },
};

/** Stood in events before there was a code. */
const OLD = '超时';

/** What stands after the outcome: the cause in words, or what somebody said; null: nothing. */
export function endReason({ data, personal, actorId }: EventOf<'ticket.closed'>): Words | null {
  const said = personal?.reason.trim() ?? '';
  const because = data.because ?? (actorId === null && said === OLD ? 'timed_out' : undefined);
  if (because) return CAUSE_WORDS[because];
  return said === '' ? null : { zh: said, en: said };
}
