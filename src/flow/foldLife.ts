/** The part of the fold that is about the ticket as a whole: its pauses, its ends that were not final, other tickets. */
import type { EventOf, TicketEvent } from './event.ts';
import type { Copy } from './foldFlow.ts';
import { PAUSE_TIMER, stopsClock, type Ticket } from './ticket.ts';

const LIFE = [
  ...(['ticket.paused', 'ticket.resumed', 'ticket.reopened'] as const),
  ...(['ticket.linked', 'ticket.recategorized', 'ticket.reprioritized'] as const),
] as const;
type LifeEvent = EventOf<(typeof LIFE)[number]>;

export const appliesToLife = (event: TicketEvent): event is LifeEvent =>
  (LIFE as readonly string[]).includes(event.type);

export function lifeChanged(ticket: Copy<Ticket>, event: LifeEvent): void {
  switch (event.type) {
    case 'ticket.paused':
      return paused(ticket, event);
    case 'ticket.resumed':
      return resumed(ticket, event);
    case 'ticket.reopened':
      // What is asked again says soon how it stands.
      ticket.status = 'pending';
      ticket.outcome = null;
      ticket.closedAt = null;
      ticket.reopenUntil = null;
      return;
    case 'ticket.linked':
      ticket.links = [...ticket.links, event.data];
      return;
    case 'ticket.recategorized':
      ticket.category = event.data.to;
      return;
    case 'ticket.reprioritized':
      ticket.urgency = event.data.to;
      return;
  }
}

function paused(ticket: Copy<Ticket>, { data, at, actorId }: EventOf<'ticket.paused'>): void {
  const { reason, until, task, node, visit } = data;
  const held = stopsClock(reason)
    ? ticket.timers.filter((timer) => timer.kind === 'timeout' && timer.node === node && timer.visit === visit)
    : [];
  if (held.length > 0) ticket.timers = ticket.timers.filter((timer) => !held.includes(timer));
  ticket.paused = { reason, at, until, by: actorId ?? ticket.requesterId, task, node, visit, held };
}

function resumed(ticket: Copy<Ticket>, { data }: EventOf<'ticket.resumed'>): void {
  const { reason, from, to, node, visit } = data;
  ticket.paused = null;
  ticket.timers = ticket.timers.filter(({ key }) => key !== PAUSE_TIMER);
  if (stopsClock(reason)) ticket.rests = [...ticket.rests, { node, visit, from, to }];
}
