/**
 * A ticket as the engine sees it: plain, frozen data that `fold` rebuilds from its events alone.
 * The position in the flow is a set of tokens, never "the current node": parallel branches need several.
 */
import type { Values } from '../form/field.ts';
import type { PersonId } from './directory.ts';
import type { Place } from './template.ts';

export const STATUSES = [
  'pending',
  'processing',
  'approving',
  'confirming',
  'returned',
  'suspended',
  'closed',
  'refused',
  'withdrawn',
] as const;
export type Status = (typeof STATUSES)[number];
export const isOver = (status: Status): boolean =>
  status === 'closed' || status === 'refused' || status === 'withdrawn';

export type Outcome =
  | 'confirmed'
  | 'auto_closed'
  | 'approved'
  | 'refused'
  | 'withdrawn'
  | 'merged'
  | 'duplicate'
  | 'no_reply'
  | 'forced'
  | 'done';

/** Where the flow stands. `regions`: the open parallel regions around it, outermost first. */
export interface Token {
  readonly id: string;
  /** A node's id, or `filing` while the requester edits. */
  readonly node: Place;
  readonly visit: number;
  readonly regions: readonly string[];
}

/** `edit`: the requester corrects the form after a return to `filing`. */
export type TaskKind = 'handle' | 'approve' | 'confirm' | 'edit';
export type TaskState =
  | 'waiting'
  | 'open'
  | 'done:complete'
  | 'done:agree'
  | 'done:refuse'
  | 'done:returned'
  | 'done:submit'
  | 'closed'
  | 'cancelled';

export type TaskRole = 'assignee' | 'candidate' | 'substitute' | 'owner';

/** One person's duty (or one pool's, when `assigneeId` is null) at one visit of a node. */
export interface Task {
  /** Unique in the ticket, rising; the task's id outside is `ticketId.n`. */
  readonly n: number;
  readonly node: Place;
  readonly visit: number;
  readonly kind: TaskKind;
  readonly state: TaskState;
  /** Position in a sequence, from 0. */
  readonly ord: number;
  readonly assigneeId: PersonId | null;
  readonly people: readonly { readonly personId: PersonId; readonly role: TaskRole }[];
  readonly openedAt: number;
  readonly acceptedAt: number | null;
  readonly doneAt: number | null;
  /** Who ended it: by acting on it, or by acting on another task that decided the node. */
  readonly endedBy: PersonId | null;
  /** Raised by each change; a card's button carries it. */
  readonly version: number;
  /** Why these people: the rule, for display and audit. */
  readonly rule: string;
}

export const isOpen = (task: Task): boolean => task.state === 'open';

/** A group chat, in the words of `workspace/port.ts`. */
export interface GroupPlace {
  readonly workspace: string;
  readonly chat: string;
}

export interface Ticket {
  readonly id: number;
  readonly number: string;
  readonly template: { readonly key: string; readonly version: number };
  readonly workspace: string;
  /** The group chat in which it was filed, and which sees how it stands; null: it was filed elsewhere. */
  readonly group: GroupPlace | null;
  readonly requesterId: PersonId;
  readonly filerId: PersonId;
  /** The assignee of the open task that came first; while nobody has it, the last one. */
  readonly assigneeId: PersonId | null;
  readonly title: string;
  readonly urgency: string;
  readonly category: string;
  readonly status: Status;
  readonly outcome: Outcome | null;
  readonly filedAt: number;
  readonly firstResponseAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  /** Raised by each accepted command, from 1. */
  readonly version: number;
  /** Sequence number of the last event. */
  readonly seq: number;
  /** Last inner id given out: tasks and tokens take the next. */
  readonly n: number;
  readonly tokens: readonly Token[];
  /** How often each node was entered. */
  readonly visits: Readonly<Record<string, number>>;
  readonly tasks: readonly Task[];
  /** `form` and one entry per node that has a form and ran. */
  readonly values: Readonly<Record<string, Values>>;
}
