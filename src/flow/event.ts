/**
 * What happened to a ticket. The events alone rebuild it (`fold.ts`), so every state the engine keeps is set by one.
 *
 * `personal` is what a person typed or chose about people (titles, free text, names, comments): it is stored apart,
 * the chained body holds only its salted digest, and it can be erased. `data` never holds such values.
 */
import type { Values } from '../form/field.ts';
import type { PersonId } from './directory.ts';
import type { NodeId, Place } from './template.ts';
import type { GroupPlace, Outcome, Status, TaskKind, TaskRole } from './ticket.ts';

/** How a task was ended by the person who had it. */
export type Result = 'complete' | 'agree' | 'refuse' | 'returned' | 'submit';

interface Kinds {
  'ticket.filed': {
    data: {
      id: number;
      number: string;
      template: { key: string; version: number };
      workspace: string;
      /** Absent: filed elsewhere than in a group. */
      group?: GroupPlace;
      requesterId: PersonId;
      filerId: PersonId;
      urgency: string;
      category: string;
      values: Values;
    };
    personal: { title: string; values: Values };
  };
  /** A token arrives at a node (or at `filing`): a new visit. `token` is new on the first move. */
  'node.entered': {
    data: { token: string; node: Place; visit: number; regions: readonly string[] };
    personal: null;
  };
  'node.skipped': {
    data: {
      node: NodeId;
      because: 'when' | 'same_approver' | 'self' | 'nobody';
      from?: NodeId;
      /** Only these people passed, the others are asked; absent: the whole node. */
      people?: readonly PersonId[];
    };
    personal: null;
  };
  'token.ended': { data: { token: string }; personal: null };
  'task.opened': {
    data: {
      n: number;
      node: Place;
      visit: number;
      kind: TaskKind;
      state: 'open' | 'waiting';
      ord: number;
      assigneeId: PersonId | null;
      people: readonly { personId: PersonId; role: TaskRole }[];
      rule: string;
      /** Of the directory that the people were taken from. */
      revision: number;
    };
    personal: null;
  };
  /** A waiting task's turn has come. */
  'task.activated': { data: { n: number }; personal: null };
  'task.claimed': { data: { n: number }; personal: null };
  'task.accepted': { data: { n: number }; personal: null };
  'task.done': { data: { n: number; result: Result; values: Values }; personal: { values: Values; comment: string } };
  /** Ended by somebody else's act, or because the flow moved away. */
  'task.closed': {
    data: { n: number; state: 'closed' | 'cancelled'; because: 'decided' | 'returned' | 'withdrawn' | 'ended' };
    personal: null;
  };
  'task.transferred': { data: { n: number; from: PersonId | null; to: PersonId }; personal: { comment: string } };
  'form.changed': {
    data: { urgency: string; category: string; values: Values };
    personal: { title: string; values: Values };
  };
  'comment.added': { data: { files: readonly number[] }; personal: { text: string } };
  'notice.sent': { data: { node: NodeId; to: readonly PersonId[] }; personal: null };
  /** A rule found nobody and the flow admin stands in. */
  'people.missing': { data: { node: Place; rule: string }; personal: null };
  'status.changed': { data: { from: Status; to: Status }; personal: null };
  'ticket.closed': { data: { status: Status; outcome: Outcome }; personal: { reason: string } | null };
}

export type EventType = keyof Kinds;

interface Envelope {
  /** From 1, without a gap in a ticket. */
  readonly seq: number;
  /** The ticket's version after the command that caused it. */
  readonly version: number;
  /** Epoch ms. */
  readonly at: number;
  /** Who acted; null: the service itself. */
  readonly actorId: PersonId | null;
  /** B for A: the person that the actor stood in for. */
  readonly forId: PersonId | null;
}

export type TicketEvent = {
  [T in EventType]: Envelope & {
    readonly type: T;
    readonly data: Readonly<Kinds[T]['data']>;
    readonly personal: Kinds[T]['personal'];
  };
}[EventType];
export type EventOf<T extends EventType> = Extract<TicketEvent, { type: T }>;
