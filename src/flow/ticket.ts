/**
 * A ticket as the engine sees it: plain, frozen data that `fold` rebuilds from its events alone.
 * The position in the flow is a set of tokens, never "the current node": parallel branches need several.
 */
import type { Values } from '../form/field.ts';
import type { PersonId } from './directory.ts';
import type { NodeId, Place } from './template.ts';

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
  /** After a return: where it goes on when the step here is done; absent: along the flow. */
  readonly back?: NodeId;
}

/** Branches that run beside each other, from the split to the join. */
export interface Region {
  readonly id: string;
  /** The ticket's inner counter when it opened: what came later has a higher one. */
  readonly n: number;
  /** The node that split. */
  readonly node: NodeId;
  readonly visit: number;
  /** The regions around it, outermost first. */
  readonly outer: readonly string[];
  readonly total: number;
  /** How many must arrive; `all`: each that was not refused. */
  readonly need: 'all' | number;
  readonly oneRefusalEndsAll: boolean;
  readonly arrived: number;
  readonly refused: number;
}

/** `timeout`: of a task. `wait`: of a node that waits. `pause`: of the ticket's pause. */
export const TIMER_KINDS = ['timeout', 'wait', 'pause'] as const;
export type TimerKind = (typeof TIMER_KINDS)[number];
export interface Timer {
  /** Unique among the ticket's timers. */
  readonly key: string;
  readonly kind: TimerKind;
  /** Epoch ms. */
  readonly at: number;
  readonly node: Place;
  readonly visit: number;
  /** Epoch ms from which the time counts. */
  readonly from: number;
  /** The rung of a task's ladder, from 0. */
  readonly rung: number;
  /** The holidays of its year are not published yet: it may move. */
  readonly provisional: boolean;
}
export const taskTimer = (task: number): string => `task ${task}`;
export const PAUSE_TIMER = 'pause';
export const waitTimer = (node: NodeId, visit: number): string => `wait ${node}.${visit}`;

export const PAUSE_REASONS = ['waiting_requester', 'waiting_vendor', 'waiting_approval', 'scheduled'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];
/** What is ours to chase does not stop a clock. */
export const stopsClock = (reason: PauseReason): boolean => reason === 'waiting_requester' || reason === 'scheduled';

/** 挂起: the work at one step rests. */
export interface Pause {
  readonly reason: PauseReason;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms, only and always of what is scheduled. */
  readonly until: number | null;
  readonly by: PersonId;
  /** The task it stands for; its step's clocks stand still, where the reason stops them. */
  readonly task: number;
  readonly node: NodeId;
  readonly visit: number;
  /** Those that stand still. */
  readonly held: readonly Timer[];
}
/** Time that does not count at one step. */
export interface Rest {
  readonly node: NodeId;
  readonly visit: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

/** What another ticket is to this one. `follows`: this one was filed in its place. */
export type LinkKind = 'merged_into' | 'merged_from' | 'duplicate_of' | 'duplicated_by' | 'follows' | 'followed_by';
export interface Link {
  readonly kind: LinkKind;
  readonly ticketId: number;
  readonly number: string;
  /** Who asked for the ticket that was merged into this one: they may read on here. */
  readonly readerId?: PersonId;
}

/** An answer from outside that is waited for. */
export interface Call {
  /** `<node>.<visit>.<attempt>` */
  readonly key: string;
  readonly node: NodeId;
  readonly visit: number;
}
/** A ticket that this one filed. */
export interface Child {
  /** `<node>.<visit>.<attempt>` */
  readonly key: string;
  readonly node: NodeId;
  readonly visit: number;
  /** null: being filed. */
  readonly ticketId: number | null;
  readonly number: string | null;
  /** The flow waits for it here. */
  readonly blocking: boolean;
  /** null: under way. */
  readonly outcome: Outcome | null;
  /** The flow went back over it, or ended without it: it need not be done any more. */
  readonly left?: true;
}

/** `edit`: the requester corrects the form after a return to `filing`. `rescue`: a step that runs by itself failed, and the flow admin decides. `dispatch`: a dispatcher picks who handles it. `advise`: somebody is asked for help or an opinion. */
export type TaskKind = 'handle' | 'approve' | 'confirm' | 'edit' | 'rescue' | 'dispatch' | 'advise';
export type TaskState =
  /** In a sequence, not yet their turn; or set aside until those who were added before it have answered. */
  | 'waiting'
  | 'open'
  /** Set aside until the person whose opinion was asked for has given it. */
  | 'delegated'
  | 'done:complete'
  | 'done:agree'
  | 'done:refuse'
  | 'done:returned'
  | 'done:submit'
  | 'done:retry'
  | 'done:skip'
  | 'done:dispatch'
  | 'done:advise'
  | 'closed'
  | 'cancelled'
  /** Who was added is not asked any more. */
  | 'removed';

/** How often a task was urged. */
export interface Urged {
  readonly count: number;
  /** Epoch ms, the last time. */
  readonly at: number;
  /** On the local day of the last time. */
  readonly today: number;
}

export type TaskRole = 'assignee' | 'candidate' | 'substitute' | 'owner';

/** Who has a part in a task. `for`: whom a substitute stands in for. */
export interface TaskPerson {
  readonly personId: PersonId;
  readonly role: TaskRole;
  readonly for?: PersonId;
}

/** How somebody was added to a step: to answer first, to agree as well, as one more of several, or for an opinion. */
export const SIGN_WAYS = ['before', 'after', 'parallel'] as const;
export type SignWay = (typeof SIGN_WAYS)[number];
export type Via = SignWay | 'delegate';

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
  readonly people: readonly TaskPerson[];
  readonly openedAt: number;
  readonly acceptedAt: number | null;
  readonly doneAt: number | null;
  /** Who ended it: by acting on it, or by acting on another task that decided the node. */
  readonly endedBy: PersonId | null;
  /** Raised by each change; a card's button carries it. */
  readonly version: number;
  /** Why these people: the rule, for display and audit. */
  readonly rule: string;
  /** null: the step's own rule asked for it. */
  readonly via: Via | null;
  /** The task whose holder asked for this one. */
  readonly parent: number | null;
  /** How often a person passed it on. */
  readonly transfers: number;
  /** Who had it before it was passed on: they still see the ticket. */
  readonly former: readonly PersonId[];
  /** null: never. */
  readonly urged: Urged | null;
}

export const isOpen = (task: Task): boolean => task.state === 'open';

/** Not over: open, or its time comes yet. */
export const isPending = ({ state }: Task): boolean => state === 'open' || state === 'waiting' || state === 'delegated';

/** Answers somebody who has the decision or the work, and decides nothing: others' rights do not come with it. */
export const isAdvice = ({ via }: Task): boolean => via === 'before' || via === 'delegate';
/** Done, and it counted: neither advice nor who only dispatched. */
export const isVote = (task: Task): boolean =>
  task.state.startsWith('done:') && !isAdvice(task) && task.kind !== 'dispatch';

/** Those that this task's holder asked for. */
export const askedBy = (tasks: readonly Task[], { n }: Task): readonly Task[] =>
  tasks.filter(({ parent }) => parent === n);

/** Waits for others' answers: it comes back when the last one is there, or is not asked for any more. */
export const isAside = (tasks: readonly Task[], task: Task): boolean =>
  task.state === 'delegated' || (task.state === 'waiting' && askedBy(tasks, task).length > 0);

/** The duty that the step itself asked for, behind whatever was asked for on its behalf. */
export function rootOf(tasks: readonly Task[], task: Task): Task {
  const above = task.parent === null ? undefined : tasks.find(({ n }) => n === task.parent);
  return above ? rootOf(tasks, above) : task;
}

/** The assignee, or the candidates of a pool. Their substitutes are not named: it is not their duty. */
export const whoHas = (task: Pick<Task, 'assigneeId' | 'people'>): readonly PersonId[] =>
  task.assigneeId === null
    ? task.people.filter(({ role }) => role !== 'substitute').map(({ personId }) => personId)
    : [task.assigneeId];

/** In whose name this person may act on the task: their own, or theirs whom they stand in for; null: not at all. */
export function actsAs({ people, assigneeId }: Task, personId: PersonId): PersonId | null {
  const part = people.find((one) => one.personId === personId);
  if (!part) return null;
  const owner = part.for ?? personId;
  return assigneeId === null || assigneeId === owner ? owner : null;
}

/** Everyone who may act on the task, substitutes among them. */
export const whoMayAct = (task: Task): readonly PersonId[] =>
  task.people.flatMap(({ personId }) => (actsAs(task, personId) === null ? [] : [personId]));

/** A group chat, in the words of `workspace/port.ts`. */
export interface GroupPlace {
  readonly workspace: string;
  readonly chat: string;
}

/** Somebody whom the ticket was shown to. */
export interface Copied {
  readonly personId: PersonId;
  /** The `notify` node that did; null: a person. */
  readonly from: NodeId | null;
  /** The event that did. */
  readonly seq: number;
}

/** An event by its number, when it was (epoch ms), and whose act; null: the service's own. */
export interface Changed {
  readonly seq: number;
  readonly at: number;
  readonly by: PersonId | null;
}

/** The last act that ended a task, as long as its person may take it back. */
export interface Undo {
  readonly n: number;
  readonly by: PersonId;
  /** The ticket's version that it made. */
  readonly version: number;
  /** Epoch ms. */
  readonly until: number;
}

export interface Parent {
  readonly ticketId: number;
  /** `Child.key` */
  readonly key: string;
  /** How many tickets stand above this one. */
  readonly depth: number;
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
  readonly regions: readonly Region[];
  readonly timers: readonly Timer[];
  readonly calls: readonly Call[];
  readonly children: readonly Child[];
  /** null: it is not suspended. */
  readonly paused: Pause | null;
  /** Over, and counted out of what is due. */
  readonly rests: readonly Rest[];
  readonly links: readonly Link[];
  /** Epoch ms: as long as it may be reopened; null: not at all. */
  readonly reopenUntil: number | null;
  /** The ticket that filed this one, and what it is called there; null: a person did. */
  readonly parent: Parent | null;
  /** In the order of time; a person once for each that showed it. */
  readonly cc: readonly Copied[];
  /** The last event that changed what is filled in; null: none since filing. */
  readonly content: Changed | null;
  readonly undo: Undo | null;
  readonly tasks: readonly Task[];
  /** `form` and one entry per node that has a form and ran. */
  readonly values: Readonly<Record<string, Values>>;
}
