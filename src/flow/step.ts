/**
 * The engine: one command on one ticket. Reads no clock and no database, changes none of its arguments,
 * and answers the same question the same way for ever.
 *
 * `env.load`, where given, must name everyone whom the last `Need` asked for; who is missing is asked for again.
 */
import { isRefusal, refuse, type Refusal } from '../lib/refusal.ts';
import { unreachable } from '../lib/unreachable.ts';
import { fileTicket } from './act/file.ts';
import { actOnTask, actOnTicket, type OnTask, type OnTicket } from './act/all.ts';
import { linked } from './act/merge.ts';
import { answered } from './automatic/answered.ts';
import { childSays } from './automatic/childSays.ts';
import { handOver } from './automatic/handOver.ts';
import { parentLeft } from './automatic/parentLeft.ts';
import { askWhereItIsVain } from './automatic/vainWait.ts';
import { wakeWhereItHolds } from './automatic/wake.ts';
import { isTaskAct } from './acts.ts';
import type { Command, Effect, Env, StepResult, SystemCommand } from './command.ts';
import { bulkRefusal } from './bulk.ts';
import { shows } from './effects.ts';
import { closedRefusal, taskRefusal, ticketRefusal, type Guarded } from './guard.ts';
import { recount } from './recount.ts';
import { endPauseWithTask } from './pause.ts';
import { emit, makeRun, tell, type Halt, type Run } from './run.ts';
import { statusOf } from './status.ts';
import type { Template } from './template.ts';
import { actsAs, isOver, type Task, type Ticket } from './ticket.ts';
import { fire } from './timeout.ts';

/** @param ticket null for `file`; a ticket's own template version must come along */
export function step(template: Template, ticket: Ticket | null, command: Command, env: Env): StepResult {
  if (command.type === 'file') {
    const run = fileTicket(template, command, env);
    return 'events' in run ? settled(run) : run;
  }
  if (!ticket) return refuse('ticket_not_found');
  const run = makeRun(template, ticket, command.by, env);
  const no = commanded(run, command);
  return no ? aboutAct(no, ticket, command) : settled(run);
}

/** Words are asked for by the name that they have with this act. */
function aboutAct<T extends object>(
  no: T,
  { tasks }: Ticket,
  command: Exclude<Command, { type: 'file' }>,
): T | Refusal {
  if (!isRefusal(no) || no.refused !== 'comment_required') return no;
  const kind = 'task' in command ? tasks.find(({ n }) => n === command.task)?.kind : undefined;
  return refuse(no.refused, { act: command.type, ...(kind === undefined ? {} : { kind }) });
}

function commanded(run: Run, command: Exclude<Command, { type: 'file' }>): Halt {
  if (command.by === null) return system(run, command);
  return 'task' in command && isTaskAct(command.type) ? onTask(run, command) : onTicket(run, command as OnTicket);
}

/** What other tickets say about themselves. */
const HEARD_WHEN_OVER: readonly SystemCommand['type'][] = ['child_filed', 'child_over', 'linked'];

function system(run: Run, command: SystemCommand): Halt {
  if (isOver(run.ticket.status) && !HEARD_WHEN_OVER.includes(command.type)) return closedRefusal(run.ticket);
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
    case 'linked':
      return linked(run, command);
    case 'hand_over':
      return handOver(run, command.personId);
    default:
      return unreachable(command);
  }
}

function onTicket(run: Run, command: OnTicket): Halt {
  const no = ticketRefusal(guarded(run), command.type, command.by) ?? staleRefusal(run.ticket, command);
  return no ?? actOnTicket(run, command);
}

function onTask(run: Run, command: OnTask): Halt {
  const task = run.ticket.tasks.find(({ n }) => n === command.task);
  if (!task) return refuse('task_not_found', { task: command.task });
  const no =
    taskRefusal(guarded(run), task, command.type, command.by) ??
    (command.inBulk ? bulkRefusal(run.template, task) : null) ??
    staleRefusal(run.ticket, command, task);
  if (no) return no;
  const owner = actsAs(task, command.by);
  run.forId = owner === command.by ? null : owner;
  return actOnTask(run, task, command);
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
  endPauseWithTask(run);
  const status = statusOf(run.ticket);
  if (status !== run.ticket.status) emit(run, 'status.changed', { from: run.ticket.status, to: status }, null);
  tellEnd(run);
  tellParent(run);
  if (run.ticket.undo?.version === run.ticket.version && hasReachedOut(run))
    emit(run, 'act.final', { n: run.ticket.undo.n }, null);
  const { before, ticket, events, tells, calls, errands } = run;
  const sent = errands.map((errand): Effect => ({ type: 'errand', errand }));
  return { ticket, events, effects: [...shows(before, ticket), ...tells, ...calls, ...sent] };
}

/** What was asked of others, or given up there, can't be taken back. */
function hasReachedOut({ before, ticket, calls, errands }: Run): boolean {
  if (calls.length > 0 || errands.length > 0) return true;
  return before !== null && (before.calls !== ticket.calls || before.children !== ticket.children);
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
  const into = run.ticket.links.find(({ kind }) => kind === 'merged_into' || kind === 'duplicate_of');
  const { outcome, because } = closed.data;
  tell(run, [requesterId], {
    kind: 'ended',
    by,
    outcome,
    ...(into ? { into: into.number } : {}),
    ...(because ? { because } : {}),
    text: closed.personal?.reason ?? '',
  });
}

const guarded = ({ template, ticket, env: { directory, now } }: Run): Guarded => ({ template, ticket, directory, now });
