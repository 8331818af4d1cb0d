/**
 * One command on its way through the engine: the ticket as far as it has come, and what was emitted until here.
 * A run is thrown away when the command is refused, so half a command never leaves it.
 */
import type { Scope } from '../form/field.ts';
import type { Refusal } from '../lib/refusal.ts';
import type { Effect, Env, Errand, Need, Notice } from './command.ts';
import { copyTicket } from './copyTicket.ts';
import type { Directory, PersonId } from './directory.ts';
import type { EventOf, EventType, TicketEvent } from './event.ts';
import { apply, applyTo } from './fold.ts';
import type { Around } from './resolve.ts';
import { makeScope, type ScopeInput } from './scope.ts';
import type { Acts, Node, Template } from './template.ts';
import type { Task, Ticket, Token } from './ticket.ts';

/** Why a command can't go on; null: it can. */
export type Halt = Refusal | Need | null;

export interface Run {
  readonly template: Template;
  readonly env: Env;
  /** null: the service itself. */
  readonly by: PersonId | null;
  /** Whom the actor stands in for; null: they act for themselves. */
  forId: PersonId | null;
  /** null: the ticket is being filed. */
  readonly before: Ticket | null;
  ticket: Ticket;
  readonly events: TicketEvent[];
  readonly tells: Effect[];
  readonly calls: Extract<Effect, { type: 'call' }>[];
  readonly errands: Errand[];
  /** Kept until the ticket changes. */
  scope: Scope | null;
}

/** A token on its way: where it stands shows when it arrives. */
export type Traveller = Pick<Token, 'id' | 'regions' | 'back'>;

/** The next token; known to the ticket once it arrives somewhere. */
export const newToken = (run: Run, regions: readonly string[]): Traveller => ({
  id: String(run.ticket.n + 1),
  regions,
});

export function makeRun(template: Template, ticket: Ticket, by: PersonId | null, env: Env): Run {
  return runFrom({ template, env, by, before: ticket }, ticket, []);
}

/** On a ticket that is only now being filed. */
export const makeFilingRun = (template: Template, event: EventOf<'ticket.filed'>, env: Env): Run =>
  runFrom({ template, env, by: event.actorId, before: null }, apply(null, event), [event]);

/** One place for both, so that they have one shape: the engine reads little else. */
function runFrom(
  { template, env, by, before }: Pick<Run, 'template' | 'env' | 'by' | 'before'>,
  ticket: Ticket,
  events: TicketEvent[],
): Run {
  return {
    template,
    env,
    by,
    forId: null,
    before,
    ticket,
    events,
    tells: [],
    calls: [],
    errands: [],
    scope: null,
  };
}

/** Whose act it is. @throws Error in what the service does by itself */
export function actorOf({ by }: Run): PersonId {
  if (by === null) throw new Error('Only a person can do this');
  return by;
}

/** Adds an event and applies it. `actorId` null: the flow itself did it. */
export function emit<T extends EventType>(
  run: Run,
  type: T,
  data: EventOf<T>['data'],
  personal: EventOf<T>['personal'],
  actorId: PersonId | null = null,
): void {
  const version = (run.before?.version ?? 0) + 1;
  const seq = run.ticket.seq + 1;
  const forId = actorId === null ? null : run.forId;
  // The compiler can't see that `type`, `data` and `personal` of one T make a member of the union.
  const event = { seq, version, at: run.env.now, actorId, forId, type, data, personal } as unknown as TicketEvent;
  run.events.push(event);
  // Copied once in a run, when it first changes: the ticket that was given stays as it was.
  run.ticket = applyTo(run.ticket === run.before ? copyTicket(run.ticket) : run.ticket, event, run.env.past);
  run.scope = null;
}

export function tell(run: Run, to: readonly PersonId[], notice: Notice): void {
  if (to.length > 0) run.tells.push({ type: 'tell', to, notice });
}

export function scopeOf(run: Run): Scope {
  return (run.scope ??= scopeWith(run, {}));
}

/** What expressions see now, and what is said beside it. */
export function scopeWith(run: Run, more: Partial<ScopeInput>): Scope {
  const { ticket, template, env, by } = run;
  const { directory, now } = env;
  const { values, requesterId } = ticket;
  return makeScope({ ticket, template, values, requesterId, directory, now, actorId: by, task: null, ...more });
}

export function around(run: Run): Around {
  const { ticket, env } = run;
  const { requesterId, assigneeId, values } = ticket;
  const { directory, now } = env;
  return { directory, requesterId, assigneeId, ticket, values, now, scope: () => scopeOf(run) };
}

/** @throws Error when the template has no such node: a template that was checked always has */
export function nodeOf(template: Template, id: string): Node {
  const node = template.nodes[id];
  if (!node) throw new Error(`Template ${template.key} v${template.version} has no node "${id}"`);
  return node;
}

/** Acts in force where a task stands; the requester's own form has the template's. */
export const actsAt = (template: Template, node: string): Acts =>
  node === 'filing' ? template.acts : nodeOf(template, node).acts;

/** @throws Error when no token stands where the task does: then the task should have been closed */
export function tokenOf(ticket: Ticket, task: Task): Token {
  const token = ticket.tokens.find(({ node, visit }) => node === task.node && visit === task.visit);
  if (!token) throw new Error(`Ticket ${ticket.id} has no token at ${task.node}, visit ${task.visit}`);
  return token;
}

/** All tasks of the visit that this task belongs to, itself among them. */
export const visitOf = (ticket: Ticket, task: Pick<Task, 'node' | 'visit'>): readonly Task[] =>
  ticket.tasks.filter(({ node, visit }) => node === task.node && visit === task.visit);

export const nameOf = (directory: Directory, id: PersonId | null): string =>
  id === null ? '' : (directory.people.get(id)?.name ?? `#${id}`);
