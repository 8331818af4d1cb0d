/**
 * What happened to a ticket. The events alone rebuild it (`fold.ts`), so every state the engine keeps is set by one.
 *
 * `personal` is what a person typed or chose about people (titles, free text, names, comments): it is stored apart,
 * the chained body holds only its salted digest, and it can be erased. `data` never holds such values.
 */
import type { Values } from '../form/field.ts';
import type { PersonId } from './directory.ts';
import type { NodeId, Place } from './template.ts';
import type { GroupPlace, Link, Outcome, Parent, PauseReason, Region, Status, TaskKind, TaskPerson, Timer, Via } from './ticket.ts'; // prettier-ignore

/** How a task was ended by the person who had it. */
export type Result = 'complete' | 'agree' | 'refuse' | 'returned' | 'submit' | 'retry' | 'skip' | 'dispatch' | 'advise';

/** What a timer did when it was due. `nothing`: there was nobody, or no need. */
export type Did =
  'remind' | 'escalate' | 'transfer' | 'return' | 'approve' | 'refuse' | 'close' | 'wait' | 'resume' | 'nothing';

/** Why the flow itself refused. `timed_out`: nobody decided in time, and the step says that this refuses. */
export type EndCause = 'timed_out';

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
      /** Absent: filed by a person. */
      parent?: Parent;
      /** The ticket in whose place it is filed. */
      follows?: Link;
    };
    personal: { title: string; values: Values };
  };
  /** A token arrives at a node (or at `filing`): a new visit. `token` is new on the first move. */
  'node.entered': {
    data: { token: string; node: Place; visit: number; regions: readonly string[]; back?: NodeId };
    personal: null;
  };
  'node.skipped': {
    data: {
      node: NodeId;
      because: 'when' | 'same_approver' | 'self' | 'nobody' | 'unset';
      from?: NodeId;
      /** Only these people passed, the others are asked; absent: the whole node. */
      people?: readonly PersonId[];
    };
    personal: null;
  };
  /** A token splits: it ends, and the branches' own tokens follow. */
  'region.opened': { data: Omit<Region, 'arrived' | 'refused'> & { token: string }; personal: null };
  /** A branch came to its end, or was ended. `region`: the innermost around it. */
  'token.ended': {
    data: { token: string; region: string; because: 'joined' | 'refused' | 'cancelled' };
    personal: null;
  };
  'region.closed': {
    data: { region: string; node: NodeId; because: 'joined' | 'refused' | 'returned' };
    personal: null;
  };
  'timer.set': { data: Timer; personal: null };
  'timer.fired': { data: { key: string; did: Did; to?: readonly PersonId[] }; personal: null };
  'call.sent': { data: { key: string; node: NodeId; visit: number }; personal: null };
  'call.answered': {
    data: { key: string; node: NodeId; ok: boolean };
    personal: { values: Values; reason: string };
  };
  'child.asked': {
    data: { key: string; node: NodeId; visit: number; template: string; requesterId: PersonId; blocking: boolean };
    personal: { values: Values };
  };
  'child.filed': { data: { key: string; ticketId: number; number: string }; personal: null };
  'child.failed': { data: { key: string }; personal: { reason: string } };
  /** The flow went back over it, or ended without it. */
  'child.left': { data: { key: string }; personal: null };
  'child.over': {
    data: { key: string; status: Status; outcome: Outcome };
    personal: { values: Values };
  };
  'task.opened': {
    data: {
      n: number;
      node: Place;
      visit: number;
      kind: TaskKind;
      state: 'open' | 'waiting';
      ord: number;
      assigneeId: PersonId | null;
      people: readonly TaskPerson[];
      rule: string;
      /** Somebody's task that it was added to, and how; absent: the step's own rule. */
      via?: Via;
      parent?: number;
      /** Of the directory that the people were taken from. */
      revision: number;
    };
    personal: null;
  };
  /** A waiting task's turn has come, or it comes back from those who were asked. `people`: absent: as they were. */
  'task.activated': { data: { n: number; people?: readonly TaskPerson[] }; personal: null };
  /** The holder of task `n` adds people to the step; their tasks follow. */
  'task.sign_added': { data: { n: number; via: Via; to: readonly PersonId[] }; personal: { comment: string } };
  'task.claimed': { data: { n: number }; personal: null };
  'task.accepted': { data: { n: number }; personal: null };
  /** A pool's task is back with its candidates. */
  'task.released': { data: { n: number }; personal: { comment: string } };
  'task.done': {
    data: {
      n: number;
      result: Result;
      values: Values;
      /** Epoch ms up to which its person may take it back; absent: never. */
      until?: number;
    };
    personal: { values: Values; comment: string };
  };
  /** The command's act can't be taken back: it has done something outside. */
  'act.final': { data: { n: number }; personal: null };
  /** As if the act that ended this task had not been. */
  'act.taken_back': { data: { n: number }; personal: null };
  /** Ended by somebody else's act, or because the flow moved away. */
  'task.closed': {
    data: {
      n: number;
      state: 'closed' | 'cancelled' | 'removed';
      /** `removed`: whoever was added is not asked any more. */
      because:
        | 'decided'
        | 'returned'
        | 'withdrawn'
        | 'ended'
        | 'timed_out'
        | 'rerouted'
        | 'intervened'
        | 'removed'
        | 'taken_back';
    };
    personal: null;
  };
  'task.transferred': {
    data: {
      n: number;
      from: PersonId | null;
      to: PersonId;
      /** Absent: only whom it went to. */
      people?: readonly TaskPerson[];
      /** How many times it was passed on by now, once that is more than it should be. */
      times?: number;
    };
    personal: { comment: string };
  };
  'form.changed': {
    data: {
      urgency: string;
      category: string;
      values: Values;
      /** What stood there; absent: nothing was set. */ old?: Values;
    };
    personal: { title: string; values: Values; old?: Values };
  };
  'comment.added': { data: { files: readonly number[] }; personal: { text: string } };
  /** `left`: how many there was no room for. */
  'notice.sent': { data: { node: NodeId; to: readonly PersonId[]; left?: number }; personal: null };
  'ticket.urged': { data: { tasks: readonly number[]; to: readonly PersonId[] }; personal: null };
  'ticket.copied': { data: { to: readonly PersonId[] }; personal: { comment: string } | null };
  /** A rule found nobody and the flow admin stands in. */
  'people.missing': { data: { node: Place; rule: string }; personal: null };
  'status.changed': { data: { from: Status; to: Status }; personal: null };
  /** `because`: absent where a person said why, or nobody need. `reopenUntil`: absent where it can't be reopened. */
  'ticket.closed': {
    data: { status: Status; outcome: Outcome; because?: EndCause; reopenUntil?: number };
    personal: { reason: string } | null;
  };
  /** With all that a service level's clock needs: the reason here, from when to when at its end. */
  'ticket.paused': {
    data: { reason: PauseReason; until: number | null; task: number; node: NodeId; visit: number };
    personal: { comment: string };
  };
  'ticket.resumed': {
    data: {
      reason: PauseReason;
      from: number;
      to: number;
      task: number;
      node: NodeId;
      visit: number;
      /** `over`: the task that it stood for has ended. */
      because: 'resumed' | 'answered' | 'due' | 'no_reply' | 'over';
    };
    personal: { comment: string } | null;
  };
  /** How it had ended before. */
  'ticket.reopened': { data: { outcome: Outcome; closedAt: number; node: NodeId }; personal: { reason: string } };
  'ticket.linked': { data: Link; personal: null };
  'ticket.recategorized': { data: { from: string; to: string; again: boolean }; personal: { comment: string } };
  /** The requester's own value stays in the form. */
  'ticket.reprioritized': { data: { from: string; to: string }; personal: { comment: string } };
  /** Marks the ticket in statistics. What it did follows in events of its own. */
  'admin.intervened': {
    data: { act: 'jump' | 'force_close' | 'reassign' | 're_resolve'; to?: Place; task?: number };
    personal: { comment: string };
  };
  /** Of somebody who has left. `to` null: the others of the pool keep it. */
  'task.handed_over': {
    data: { n: number; from: PersonId; to: PersonId | null; people: readonly TaskPerson[] };
    personal: null;
  };
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
