/**
 * The engine: one command on one ticket. Reads no clock and no database, changes none of its arguments,
 * and answers the same question the same way for ever.
 *
 * `env.load`, where given, must name everyone whom the last `Need` asked for; who is missing is asked for again.
 */
import { refuse, type Refusal } from '../lib/refusal.ts';
import { unreachable } from '../lib/unreachable.ts';
import { comment } from './act/comment.ts';
import { decide } from './act/decide.ts';
import { complete } from './act/complete.ts';
import { fileTicket } from './act/file.ts';
import { returnTask } from './act/return.ts';
import { submit } from './act/submit.ts';
import { take } from './act/take.ts';
import { transfer } from './act/transfer.ts';
import { withdraw } from './act/withdraw.ts';
import type { Command, Env, StepResult } from './command.ts';
import { shows } from './effects.ts';
import { taskRefusal, ticketRefusal, type Guarded } from './guard.ts';
import { emit, makeRun, tell, type Halt, type Run } from './run.ts';
import { statusOf } from './status.ts';
import type { Template } from './template.ts';
import type { Task, Ticket } from './ticket.ts';

type OnTicket = Extract<Command, { type: 'withdraw' | 'comment' }>;
type OnTask = Extract<Command, { task: number }>;

/** @param ticket null for `file`; a ticket's own template version must come along */
export function step(template: Template, ticket: Ticket | null, command: Command, env: Env): StepResult {
  if (command.type === 'file') {
    const run = fileTicket(template, command, env);
    return 'events' in run ? settled(run) : run;
  }
  if (!ticket) return refuse('ticket_not_found');
  const run = makeRun(template, ticket, command.by, env);
  const isOnTicket = command.type === 'withdraw' || command.type === 'comment';
  const halt = isOnTicket ? onTicket(run, command) : onTask(run, command);
  return halt ?? settled(run);
}

function onTicket(run: Run, command: OnTicket): Halt {
  const no = ticketRefusal(guarded(run), command.type, command.by) ?? staleRefusal(run.ticket, command);
  if (no) return no;
  return command.type === 'withdraw' ? withdraw(run, command) : comment(run, command);
}

function onTask(run: Run, command: OnTask): Halt {
  const task = run.ticket.tasks.find(({ n }) => n === command.task);
  if (!task) return refuse('task_not_found', { task: command.task });
  const no = taskRefusal(guarded(run), task, command.type, command.by) ?? staleRefusal(run.ticket, command, task);
  return no ?? act(run, task, command);
}

function act(run: Run, task: Task, command: OnTask): Halt {
  switch (command.type) {
    case 'claim':
    case 'accept':
      return take(run, task);
    case 'complete':
      return complete(run, task, command);
    case 'agree':
    case 'refuse':
      return decide(run, task, command);
    case 'return':
      return returnTask(run, task, command);
    case 'transfer':
      return transfer(run, task, command);
    case 'submit':
      return submit(run, task, command);
    default:
      return unreachable(command);
  }
}

interface Expected {
  readonly ticketVersion?: number;
  readonly taskVersion?: number;
}
function staleRefusal(ticket: Ticket, expected: Expected, task?: Task): Refusal | null {
  const { ticketVersion = ticket.version, taskVersion = task?.version } = expected;
  return ticketVersion === ticket.version && taskVersion === task?.version ? null : refuse('changed_meanwhile');
}

function settled(run: Run): StepResult {
  const status = statusOf(run.ticket);
  if (status !== run.ticket.status) emit(run, 'status.changed', { from: run.ticket.status, to: status }, null);
  tellEnd(run);
  const { before, ticket, events, tells } = run;
  return { ticket, events, effects: [...shows(before, ticket), ...tells] };
}

/** The requester hears of an end that they did not make themselves. */
function tellEnd(run: Run): void {
  const closed = run.events.find((event) => event.type === 'ticket.closed');
  const { requesterId } = run.ticket;
  if (!closed || run.by === requesterId) return;
  tell(run, [requesterId], {
    kind: 'ended',
    by: run.by,
    outcome: closed.data.outcome,
    text: closed.personal?.reason ?? '',
  });
}

const guarded = ({ template, ticket, env }: Run): Guarded => ({ template, ticket, directory: env.directory });
