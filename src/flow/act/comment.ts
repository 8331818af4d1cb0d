/** A comment: said to everyone who is waiting for the ticket, changes nothing of the flow. */
import { isBlank } from '../../form/typed.ts';
import type { Command } from '../command.ts';
import { isRequester } from '../guard.ts';
import { endPause } from '../pause.ts';
import { whoWaits } from '../query.ts';
import { distinct } from '../resolve.ts';
import { refuse } from '../../lib/refusal.ts';
import { actorOf, emit, tell, type Halt, type Run } from '../run.ts';

export function comment(run: Run, command: Extract<Command, { type: 'comment' }>): Halt {
  const text = command.comment.trim();
  if (isBlank(text) && command.files.length === 0) return refuse('comment_required');
  emit(run, 'comment.added', { files: command.files }, { text }, run.by);
  const to = distinct([run.ticket.requesterId, ...whoWaits(run.ticket)]).filter((id) => id !== run.by);
  tell(run, to, { kind: 'comment', by: actorOf(run), text });
  if (run.ticket.paused?.reason === 'waiting_requester' && isRequester(run.ticket, actorOf(run)))
    endPause(run, 'answered');
  return null;
}
