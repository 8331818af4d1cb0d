/**
 * 拿回: what a person's last act has left behind can be undone while nobody has acted after. The ticket only knows that, and
 * until when; how it stood before is in its events, and is brought by `env.past`.
 */
import type { TicketEvent } from './event.ts';
import type { Copy } from './foldFlow.ts';
import { type Task, taskTimer, type Ticket, type Timer, type Token, type Undo } from './ticket.ts';

/** @returns the ticket's last act that may still be taken back, once this event has happened */
export function undoAfter(undo: Undo | null, event: TicketEvent): Undo | null {
  if (event.type === 'task.done' && event.actorId !== null) {
    const { n, until } = event.data;
    return until === undefined ? null : { n, by: event.actorId, version: event.version, until };
  }
  if (!undo) return null;
  const holds = event.version === undo.version ? !isFinal(event) : isBeside(event);
  return holds ? undo : null;
}

/** What was done outside can't be undone here. */
const isFinal = ({ type }: TicketEvent): boolean =>
  type === 'act.final' || type === 'call.sent' || type === 'child.asked' || type === 'ticket.closed';

/** What moves nothing of the flow. */
function isBeside(event: TicketEvent): boolean {
  switch (event.type) {
    case 'comment.added':
    case 'ticket.urged':
    case 'ticket.copied':
    case 'timer.set':
      return true;
    case 'task.closed':
      // The first part of taking it back.
      return event.data.because === 'taken_back';
    case 'timer.fired':
      return event.data.did === 'remind' || event.data.did === 'escalate' || event.data.did === 'nothing';
    default:
      return false;
  }
}

/**
 * Puts back where the flow stood, what was filled in, and whose duty it was; a pause that the act ended goes on as if it
 * had not. Visits, comments and copies stay. Tasks that were opened since are cancelled already.
 * @param past  the ticket before the act
 */
export function takenBack(ticket: Copy<Ticket>, past: Ticket): void {
  const before = new Map(past.tasks.map((task) => [task.n, task]));
  const again: Task[] = [];
  ticket.tasks = ticket.tasks.map((task) => {
    const old = before.get(task.n);
    if (!old || old.version === task.version) return task;
    const restored = { ...old, version: task.version + 1 };
    again.push(restored);
    return restored;
  });
  ticket.timers = timersAgain(ticket, past, again);
  const { tokens, regions, values, title, urgency, category, resolvedAt, assigneeId, paused, rests } = past;
  Object.assign(ticket, { tokens, regions, values, title, urgency, category, resolvedAt, assigneeId, paused, rests });
}

/** Those that ran beside it go on; those of what it changed run as before, and what is due by now is late. */
function timersAgain(ticket: Ticket, past: Ticket, again: readonly Task[]): readonly Timer[] {
  const stands = ({ tokens }: Ticket, { node, visit }: Timer) =>
    tokens.some((token: Token) => token.node === node && token.visit === visit);
  const restsAgain = ticket.paused === null ? past.paused : null;
  // Whose turn had come by the act waits again, and so do those whose clock a pause had stopped.
  const isStopped = ({ key }: Timer): boolean =>
    again.some(({ n }) => taskTimer(n) === key) || restsAgain?.held.some((held) => held.key === key) === true;
  const kept = ticket.timers.filter((timer) => stands(past, timer) && !isStopped(timer));
  const runsAgain = (timer: Timer): boolean => {
    if (timer.kind === 'pause') return restsAgain !== null;
    return timer.kind === 'timeout' ? isStopped(timer) : !stands(ticket, timer);
  };
  return [...kept, ...past.timers.filter((timer) => runsAgain(timer) && kept.every(({ key }) => key !== timer.key))];
}
