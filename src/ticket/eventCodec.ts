/**
 * Events as rows, and back. The body is canonical JSON, chained per ticket: hash = sha256(previous hash ‖ body).
 * What is personal stands beside it in `value`, salted; the body holds only its digest, so it can be erased
 * without breaking the chain.
 */
import { hash, randomUUID } from 'node:crypto';
import type { EventOf, TicketEvent } from '../flow/event.ts';
import { canonicalJson } from '../lib/json.ts';
import type { EventRow, TicketValueRow } from '../store/entity/ticket.ts';

/** What an erased text is read as. */
export const ERASED = 'erased';

/** The hash before the first event. */
export const NO_HASH = '';

interface Body {
  readonly seq: number;
  readonly v: number;
  readonly at: number;
  readonly type: TicketEvent['type'];
  readonly actor: number | null;
  readonly for_whom: number | null;
  readonly data: unknown;
  /** Row `n` of `value`, and sha256(salt ‖ canonical JSON of the plain part). */
  readonly personal?: { readonly value: number; readonly digest: string };
}

export type NewEventRow = Omit<EventRow, 'id'>;

const sha256 = (text: string): string => hash('sha256', text, 'hex');

export function chainHash(previous: string, body: string): string {
  return sha256(previous + body);
}

/** @param previous  hash of the ticket's last event, `NO_HASH` before the first */
export function encodeEvents(ticketId: number, previous: string, events: readonly TicketEvent[]) {
  const rows: NewEventRow[] = [];
  const values: TicketValueRow[] = [];
  let lastHash = previous;
  for (const event of events) {
    const sealed = event.personal === null ? null : seal(ticketId, event.seq, event.personal);
    if (sealed) values.push(sealed.row);
    const body: Body = {
      seq: event.seq,
      v: event.version,
      at: event.at,
      type: event.type,
      actor: event.actorId,
      for_whom: event.forId,
      data: event.data,
      ...(sealed ? { personal: { value: event.seq, digest: sealed.digest } } : {}),
    };
    const text = canonicalJson(body);
    lastHash = chainHash(lastHash, text);
    rows.push({
      ticket_id: ticketId,
      seq: event.seq,
      at: event.at,
      type: event.type,
      actor_id: event.actorId,
      body: text,
      hash: lastHash,
    });
  }
  return { rows, values, lastHash };
}

function seal(ticketId: number, n: number, personal: NonNullable<TicketEvent['personal']>) {
  // 122 random bits; Node keeps some in store, so it costs a tenth of asking for sixteen bytes.
  const salt = randomUUID();
  const body = canonicalJson(personal);
  const row: TicketValueRow = { ticket_id: ticketId, n, salt, body, erased_at: null };
  return { row, digest: sha256(salt + body) };
}

/** @param value  the row beside it; null when the event has none or it was erased */
export function decodeEvent(row: Pick<EventRow, 'body'>, value: Pick<TicketValueRow, 'body'> | null): TicketEvent {
  const body = JSON.parse(row.body) as Body;
  const personal =
    body.personal === undefined ? null : value?.body ? (JSON.parse(value.body) as unknown) : erased(body.type);
  const event = {
    seq: body.seq,
    version: body.v,
    at: body.at,
    type: body.type,
    actorId: body.actor,
    forId: body.for_whom,
    data: body.data,
    personal,
  };
  return event as TicketEvent;
}

/** Types of events of which something can be erased: each has a form that the ticket can still be folded from. */
type Personal = { [T in TicketEvent['type']]: EventOf<T>['personal'] extends null ? never : T }[TicketEvent['type']];

function erased(type: TicketEvent['type']): TicketEvent['personal'] {
  const parts: { readonly [T in Personal]: EventOf<T>['personal'] } = {
    'ticket.filed': { title: ERASED, values: {} },
    'task.done': { values: {}, comment: ERASED },
    'task.released': { comment: ERASED },
    'task.transferred': { comment: ERASED },
    'task.sign_added': { comment: ERASED },
    'call.answered': { values: {}, reason: ERASED },
    'child.asked': { values: {} },
    'child.failed': { reason: ERASED },
    'child.over': { values: {} },
    'form.changed': { title: ERASED, values: {} },
    'comment.added': { text: ERASED },
    'ticket.copied': { comment: ERASED },
    'ticket.closed': { reason: ERASED },
    'ticket.paused': { comment: ERASED },
    'ticket.resumed': { comment: ERASED },
    'ticket.reopened': { reason: ERASED },
    'ticket.recategorized': { comment: ERASED },
    'ticket.reprioritized': { comment: ERASED },
    'admin.intervened': { comment: ERASED },
  };
  return type in parts ? parts[type as Personal] : null;
}
