/**
 * The engine: one command on one ticket. Reads no clock and no database, changes none of its arguments,
 * and answers the same question the same way for ever.
 *
 * `env.load`, where given, must name everyone whom the last `Need` asked for; who is missing is asked for again.
 */
import { refuse, type Refusal } from '../lib/refusal.ts';
import { unreachable } from '../lib/unreachable.ts';
import { addSign, delegate } from './act/addSign.ts';
import { advise } from './act/advise.ts';
import { comment } from './act/comment.ts';
import { decide } from './act/decide.ts';
import { complete } from './act/complete.ts';
import { dispatch } from './act/dispatch.ts';
import { fileTicket } from './act/file.ts';
import { release } from './act/release.ts';
import { removeSign } from './act/removeSign.ts';
import { returnTask } from './act/return.ts';
import { submit } from './act/submit.ts';
import { take } from './act/take.ts';
import { transfer } from './act/transfer.ts';
import { withdraw } from './act/withdraw.ts';
import { answered } from './automatic/answered.ts';
import { childSays } from './automatic/childSays.ts';
import { parentLeft } from './automatic/parentLeft.ts';
import { rescue } from './automatic/rescue.ts';
import { askWhereItIsVain } from './automatic/vainWait.ts';
import { wakeWhereItHolds } from './automatic/wake.ts';
import type { Command, Effect, Env, StepResult, SystemCommand } from './command.ts';
import { shows } from './effects.ts';
import { closedRefusal, taskRefusal, ticketRefusal, type Guarded } from './guard.ts';
import { recount } from './recount.ts';
import { emit, makeRun, tell, type Halt, type Run } from './run.ts';
import { statusOf } from './status.ts';
import type { Template } from './template.ts';
import { actsAs, isOver, type Task, type Ticket } from './ticket.ts';
import { fire } from './timeout.ts';

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
  return commanded(run, command) ?? settled(run);
}

function commanded(run: Run, command: Exclude<Command, { type: 'file' }>): Halt {
  if (command.by === null) return system(run, command);
  return command.type === 'withdraw' || command.type === 'comment' ? onTicket(run, command) : onTask(run, command);
}

function system(run: Run, command: SystemCommand): Halt {
  if (isOver(run.ticket.status) && command.type !== 'child_over') return closedRefusal(run.ticket);
  switch (command.type) {
    case 'fire':
      return fire(run, command);
    case 'answered':
      return answered(run, command.key, command.outcome);
    case 'child_filed':
    case 'child_failed':
    case 'child_over':
      return childSays(run, command);
    case 'recount':
      return recount(run);
    case 'parent_left':
      return parentLeft(run, command.policy);
    default:
      return unreachable(command);
  }
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
  if (no) return no;
  const owner = actsAs(task, command.by);
  run.forId = owner === command.by ? null : owner;
  return act(run, task, command);
}

function act(run: Run, task: Task, command: OnTask): Halt {
  switch (command.type) {
    case 'claim':
    case 'accept':
      return take(run, task);
    case 'release':
      return release(run, task, command);
    case 'dispatch':
      return dispatch(run, task, command);
    case 'complete':
      return complete(run, task, command);
    case 'agree':
    case 'refuse':
      return decide(run, task, command);
    case 'return':
      return returnTask(run, task, command);
    case 'transfer':
      return transfer(run, task, command);
    case 'add_sign':
      return addSign(run, task, command);
    case 'remove_sign':
      return removeSign(run, task, command);
    case 'delegate':
      return delegate(run, task, command);
    case 'advise':
      return advise(run, task, command);
    case 'submit':
      return submit(run, task, command);
    case 'retry':
    case 'skip':
      return rescue(run, task, command);
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
  const halt = wakeWhereItHolds(run);
  if (halt) return halt;
  askWhereItIsVain(run);
  const status = statusOf(run.ticket);
  if (status !== run.ticket.status) emit(run, 'status.changed', { from: run.ticket.status, to: status }, null);
  tellEnd(run);
  tellParent(run);
  const { before, ticket, events, tells, calls, errands } = run;
  const sent = errands.map((errand): Effect => ({ type: 'errand', errand }));
  return { ticket, events, effects: [...shows(before, ticket), ...tells, ...calls, ...sent] };
}

/** The ticket that filed this one hears of its end, by a command of its own. */
function tellParent({ before, ticket, errands }: Run): void {
  const { parent, status, outcome, closedAt, values } = ticket;
  if (!parent || outcome === null || before?.closedAt === closedAt) return;
  errands.push({ kind: 'child_over', key: `over ${closedAt}`, parent, status, outcome, values });
}

/** The requester hears of an end that they did not make themselves. */
function tellEnd(run: Run): void {
  const closed = run.events.find((event) => event.type === 'ticket.closed');
  const { requesterId } = run.ticket;
  if (!closed || run.by === requesterId) return;
  const { by } = run;
  tell(run, [requesterId], {
    kind: 'ended',
    by,
    outcome: closed.data.outcome,
    text: closed.personal?.reason ?? '',
  });
}

const guarded = ({ template, ticket, env }: Run): Guarded => ({ template, ticket, directory: env.directory });
