/** Pause (挂起) and resume: the work rests for a reason that is said, and somebody or something ends it. */
import { refuse, type FieldProblem, type Refusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { endPause, setPauseTimer } from '../pause.ts';
import { actorOf, emit, tell, type Halt, type Run } from '../run.ts';
import { actsAs, type Task } from '../ticket.ts';
import { needsComment } from './endTask.ts';
import { takeQuietly } from './take.ts';

type PauseCommand = Extract<Command, { type: 'pause' }>;

export function pause(run: Run, task: Task, command: PauseCommand): Halt {
  const { reason } = command;
  const until = command.until ?? null;
  const no = untilRefusal(run, command) ?? (reason === 'waiting_requester' ? needsComment(command.comment) : null);
  if (no) return no;
  // Whoever asks has read it: that is an acceptance.
  if (actsAs(task, actorOf(run)) !== null) takeQuietly(run, task);
  const text = command.comment.trim();
  const { n, node, visit } = task;
  emit(run, 'ticket.paused', { reason, until, task: n, node, visit }, { comment: text }, run.by);
  if (run.ticket.paused) setPauseTimer(run, run.ticket.paused, 0);
  const { requesterId } = run.ticket;
  if (requesterId !== run.by) tell(run, [requesterId], { kind: 'paused', by: actorOf(run), reason, until, text });
  return null;
}

/** A date belongs to what is scheduled, and to nothing else. */
function untilRefusal({ env }: Run, { reason, until }: PauseCommand): Refusal | null {
  if (reason !== 'scheduled') return until === undefined ? null : bad('只有「约定时间」的挂起才填到期时间', 'Only a scheduled pause has an end'); // prettier-ignore
  if (until === undefined) return bad('请填写挂起到什么时候', 'Say until when it is suspended');
  return until > env.now ? null : bad('到期时间已过，请选一个将来的时间', 'That time is over: choose one to come');
}

function bad(zh: string, en: string): Refusal {
  const problem: FieldProblem = { field: 'until', label: '到什么时候', zh, en };
  return refuse('bad_input', {}, [problem]);
}

export function resume(run: Run, { comment }: Extract<Command, { type: 'resume' }>): Halt {
  endPause(run, 'resumed', comment.trim());
  const { requesterId } = run.ticket;
  if (requesterId !== run.by) tell(run, [requesterId], { kind: 'resumed', because: 'resumed' });
  return null;
}
