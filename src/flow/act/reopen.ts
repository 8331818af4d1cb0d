/** Reopen (重开): what was closed was not done after all; back to whoever had the work. */
import type { Command } from '../command.ts';
import { enter } from '../enter.ts';
import { openAround } from '../inside.ts';
import { reopensAt } from '../reopening.ts';
import { refuse } from '../../lib/refusal.ts';
import { actorOf, emit, newToken, nodeOf, tell, type Halt, type Run } from '../run.ts';
import { needsComment } from './endTask.ts';

export function reopen(run: Run, { comment }: Extract<Command, { type: 'reopen' }>): Halt {
  const silent = needsComment(comment);
  if (silent) return silent;
  const { outcome, closedAt, requesterId } = run.ticket;
  const node = reopensAt(run.template, run.ticket);
  if (node === null || outcome === null || closedAt === null) return refuse('not_now', { act: 'reopen' });
  const reason = comment.trim();
  emit(run, 'ticket.reopened', { outcome, closedAt, node }, { reason }, run.by);
  const token = openAround(run, nodeOf(run.template, node).within, newToken(run, []));
  const halt = enter(run, node, token, { always: true });
  if (halt) return halt;
  const { assigneeId } = run.ticket;
  const to = [requesterId, ...(assigneeId === null ? [] : [assigneeId])].filter((id) => id !== run.by);
  tell(run, to, { kind: 'reopened', by: actorOf(run), text: reason });
  return null;
}
