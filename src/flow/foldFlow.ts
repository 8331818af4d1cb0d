/** The part of the fold that moves tokens: regions, timers, calls and children follow them. */
import type { EventOf, TicketEvent } from './event.ts';
import type { Child, Region, Ticket, Token } from './ticket.ts';

export type Copy<T> = { -readonly [K in keyof T]: T[K] };

type FlowEvent = Extract<
  TicketEvent,
  {
    type:
      'node.entered' | 'token.ended' | `region.${string}` | `timer.${string}` | `call.${string}` | `child.${string}`;
  }
>;
const FLOW = /^(?:node\.entered|(?:token|region|timer|call|child)\.)/;

export const appliesToFlow = (event: TicketEvent): event is FlowEvent => FLOW.test(event.type);

export function flowChanged(ticket: Copy<Ticket>, event: FlowEvent): void {
  switch (event.type) {
    case 'node.entered':
      return entered(ticket, event);
    case 'region.opened':
      return opened(ticket, event);
    case 'token.ended':
      return ended(ticket, event);
    case 'region.closed':
      ticket.regions = ticket.regions.filter(
        ({ id, outer }) => id !== event.data.region && !outer.includes(event.data.region),
      );
      return;
    case 'timer.set':
      ticket.timers = [...ticket.timers.filter(({ key }) => key !== event.data.key), event.data];
      return;
    case 'timer.fired':
      ticket.timers = ticket.timers.filter(({ key }) => key !== event.data.key);
      return;
    case 'call.sent':
      ticket.calls = [...ticket.calls, event.data];
      return;
    case 'call.answered':
      ticket.calls = ticket.calls.filter(({ key }) => key !== event.data.key);
      if (event.data.ok) ticket.values = { ...ticket.values, [event.data.node]: event.personal.values };
      return;
    case 'child.asked': {
      const { key, node, visit, blocking } = event.data;
      ticket.children = [
        ...ticket.children,
        { key, node, visit, ticketId: null, number: null, blocking, outcome: null },
      ];
      return;
    }
    case 'child.filed': {
      const { key, ticketId, number } = event.data;
      return childChanged(ticket, key, { ticketId, number });
    }
    case 'child.left':
      return childChanged(ticket, event.data.key, { left: true });
    case 'child.failed':
      ticket.children = ticket.children.filter(({ key }) => key !== event.data.key);
      return;
    case 'child.over':
      return childOver(ticket, event);
  }
}

function entered(ticket: Copy<Ticket>, { data }: EventOf<'node.entered'>): void {
  const { token: id, node, visit, regions, back } = data;
  const token: Token = back === undefined ? { id, node, visit, regions } : { id, node, visit, regions, back };
  const at = ticket.tokens.findIndex((one) => one.id === id);
  const old = ticket.tokens[at];
  if (old) leave(ticket, old);
  else ticket.n += 1;
  ticket.tokens = old ? ticket.tokens.with(at, token) : [...ticket.tokens, token];
  ticket.visits = { ...ticket.visits, [node]: visit };
}

function opened(ticket: Copy<Ticket>, { data }: EventOf<'region.opened'>): void {
  const { token, ...region } = data;
  ticket.tokens = ticket.tokens.filter(({ id }) => id !== token);
  ticket.regions = [...ticket.regions, { ...region, arrived: 0, refused: 0 }];
  ticket.n += 1;
}

function ended(ticket: Copy<Ticket>, { data }: EventOf<'token.ended'>): void {
  const token = ticket.tokens.find(({ id }) => id === data.token);
  if (token) {
    leave(ticket, token);
    ticket.tokens = ticket.tokens.filter((one) => one !== token);
  }
  if (data.because === 'cancelled') return;
  const count = data.because === 'joined' ? 'arrived' : 'refused';
  ticket.regions = ticket.regions.map((region): Region =>
    region.id === data.region ? { ...region, [count]: region[count] + 1 } : region,
  );
}

function childChanged(ticket: Copy<Ticket>, key: string, change: Partial<Child>): void {
  ticket.children = ticket.children.map((child) => (child.key === key ? { ...child, ...change } : child));
}

function childOver(ticket: Copy<Ticket>, { data, personal }: EventOf<'child.over'>): void {
  const child = ticket.children.find(({ key }) => key === data.key);
  childChanged(ticket, data.key, { outcome: data.outcome, blocking: false });
  if (child && Object.keys(personal.values).length > 0)
    ticket.values = { ...ticket.values, [child.node]: personal.values };
}

/** What waited at this place waits no longer. Tasks are closed one by one, with their reasons. */
export function leave(ticket: Copy<Ticket>, { node, visit }: Token): void {
  const isHere = (one: { node: string; visit: number }) => one.node === node && one.visit === visit;
  if (ticket.timers.some(isHere)) ticket.timers = ticket.timers.filter((timer) => !isHere(timer));
  if (ticket.calls.some(isHere)) ticket.calls = ticket.calls.filter((call) => !isHere(call));
  if (ticket.children.some((child) => child.blocking && isHere(child)))
    ticket.children = ticket.children.map((child) => (isHere(child) ? { ...child, blocking: false } : child));
}
