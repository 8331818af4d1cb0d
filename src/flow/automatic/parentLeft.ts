/** The ticket that filed this one has gone back over that step, or was withdrawn. */
import { refuse } from '../../lib/refusal.ts';
import { closeTicket } from '../close.ts';
import { hasActed } from '../guard.ts';
import { whoWaits } from '../query.ts';
import { tell, type Halt, type Run } from '../run.ts';

/** Whoever has begun is not cut off, but told. */
export function parentLeft(run: Run, policy: 'cancel' | 'cancel_unstarted'): Halt {
  if (policy === 'cancel' || !hasActed(run.ticket)) {
    closeTicket(run, { status: 'withdrawn', outcome: 'withdrawn' }, '');
    return null;
  }
  const words = {
    zh: '上级工单已退回，本工单已经有人开始处理，所以没有取消；是否继续请与提报人确认',
    en: 'The ticket that asked for this one went back. Somebody has begun here, so it was not cancelled: ask the requester whether to go on',
  };
  const waiting = whoWaits(run.ticket);
  if (waiting.length === 0) return refuse('not_now', { act: 'parent_left' });
  tell(run, waiting, { kind: 'alarm', words });
  return null;
}
