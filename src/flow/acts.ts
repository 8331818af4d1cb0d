/**
 * What people do to tickets and tasks: one row for each act. What the engine is told (`command.ts`), the API's body,
 * what a chat, a card and a page ask for, and the order in which acts are offered all follow from these rows.
 *
 * A new act: a row here, then the compiler leads through the rest: `FITS` or `ticketRefusal` in `guard.ts`, `step.ts`,
 * its words in `card/words.ts` and, where a part has a better name with it, `card/partWords.ts`.
 */
import type { Values } from '../form/field.ts';
import type { PersonId } from './directory.ts';
import type { Place } from './template.ts';
import { PAUSE_REASONS, SIGN_WAYS } from './ticket.ts';

/** What may come with an act, by the names of the API's body. */
export interface Parts {
  /** What was filled in. */
  readonly values: Values;
  /** Reason, solution, or the comment itself. */
  readonly comment: string;
  /** Attachments' ids. */
  readonly files: readonly number[];
  readonly to: Place;
  readonly person: PersonId;
  readonly people: readonly PersonId[];
  /** One of the row's `how`. */
  readonly how: string;
  /** One of the row's `reasons`. */
  readonly reason: string;
  /** Epoch ms. */
  readonly until: number;
  /** Named by its number; whoever acts may see it. */
  readonly other: OtherTicket;
  readonly category: string;
  readonly urgency: string;
  /** Key of a template. */
  readonly template: string;
  readonly then: 'rerun' | 'resume';
  /** Dispatch anew. */
  readonly again: boolean;
}
export type Part = keyof Parts;
/** In the order in which they are asked for. */
export const PARTS = [
  ...([
    'to',
    'person',
    'people',
    'other',
    'template',
    'category',
    'urgency',
    'how',
    'reason',
    'until',
    'then',
    'again',
  ] as const),
  ...(['values', 'comment', 'files'] as const),
] as const satisfies readonly Part[];

export interface OtherTicket {
  readonly ticketId: number;
  readonly number: string;
}

/** `asked`: required or not taken at all, as the flow says where the ticket stands (`wants.ts`). */
type Taking = 'required' | 'optional' | 'asked';

interface Row {
  readonly on: 'task' | 'ticket';
  /** The lower, the nearer to the thumb: 0 moves the flow on, from 50 it is rare, from 90 on it is for the page and for words alone. */
  readonly weight: number;
  readonly takes: Readonly<Partial<Record<Part, Taking>>>;
  readonly how?: readonly string[];
  readonly reasons?: readonly string[];
  /** What is asked for only with these values of another part. */
  readonly asks?: Readonly<Partial<Record<Part, Asks>>>;
}
export interface Asks {
  readonly part: Part;
  readonly is: readonly string[];
}

/** What ends a task: with the form that the step has. */
const FORM = { values: 'asked', comment: 'optional' } as const;

export const ACTS = {
  claim: { on: 'task', weight: 0, takes: {} },
  accept: { on: 'task', weight: 1, takes: {} },
  dispatch: { on: 'task', weight: 2, takes: { person: 'required', comment: 'optional' } },
  complete: { on: 'task', weight: 2, takes: FORM },
  agree: { on: 'task', weight: 2, takes: FORM },
  submit: { on: 'task', weight: 2, takes: FORM },
  retry: { on: 'task', weight: 2, takes: { comment: 'optional' } },
  refuse: { on: 'task', weight: 10, takes: { values: 'optional', comment: 'required' } },
  skip: { on: 'task', weight: 10, takes: { comment: 'optional' } },
  return: { on: 'task', weight: 20, takes: { to: 'required', then: 'asked', comment: 'required' } },
  transfer: { on: 'task', weight: 30, takes: { person: 'required', comment: 'required' } },
  release: { on: 'task', weight: 35, takes: { comment: 'optional' } },
  /** The opinion, or the help, that somebody asked for. */
  advise: { on: 'task', weight: 2, takes: { comment: 'required' } },
  /**
   * 加签: they answer first (`before`), must agree as well once I have (`after`; `values` are those of my agreement), or
   * decide beside me (`parallel`). `how`: those of `signWays.ts`.
   */
  add_sign: { on: 'task', weight: 32, takes: { people: 'required', how: 'required', ...FORM }, how: SIGN_WAYS },
  /** 委托: one person is asked for an opinion, and the task comes back with it. */
  delegate: { on: 'task', weight: 34, takes: { person: 'required', comment: 'required' } },
  /** 减签, 收回委托: whoever was added, to this task or as this task, is not asked any more. */
  remove_sign: { on: 'task', weight: 36, takes: { person: 'required', comment: 'optional' } },
  comment: { on: 'ticket', weight: 25, takes: { comment: 'required', files: 'optional' } },
  pause: {
    on: 'task',
    weight: 33,
    takes: { reason: 'required', until: 'asked', comment: 'asked' },
    reasons: PAUSE_REASONS,
    asks: {
      until: { part: 'reason', is: ['scheduled'] },
      comment: { part: 'reason', is: ['waiting_requester'] },
    },
  },
  resume: { on: 'ticket', weight: 3, takes: { comment: 'optional' } },
  reopen: { on: 'ticket', weight: 4, takes: { comment: 'required' } },
  take_back: { on: 'ticket', weight: 40, takes: {} },
  urge: { on: 'ticket', weight: 42, takes: {} },
  cc: { on: 'ticket', weight: 90, takes: { people: 'required', comment: 'optional' } },
  withdraw: { on: 'ticket', weight: 50, takes: { comment: 'asked' } },
  split: {
    on: 'task',
    weight: 51,
    takes: { person: 'optional', template: 'optional', values: 'optional', comment: 'required' },
  },
  merge: { on: 'ticket', weight: 54, takes: { other: 'required', comment: 'optional' } },
  duplicate: { on: 'ticket', weight: 55, takes: { other: 'required', comment: 'optional' } },
  recategorize: { on: 'ticket', weight: 56, takes: { category: 'required', again: 'optional', comment: 'optional' } },
  reprioritize: { on: 'ticket', weight: 57, takes: { urgency: 'required', comment: 'optional' } },
  // The flow admin's own.
  reassign: { on: 'task', weight: 90, takes: { person: 'required', comment: 'required' } },
  re_resolve: { on: 'task', weight: 91, takes: { comment: 'required' } },
  jump: { on: 'ticket', weight: 92, takes: { to: 'required', comment: 'required' } },
  force_close: { on: 'ticket', weight: 93, takes: { comment: 'required' } },
} as const satisfies Readonly<Record<string, Row>>;

export type Act = keyof typeof ACTS;
/** The likeliest first. */
export const ACT_NAMES = (Object.keys(ACTS) as Act[]).sort((a, b) => ACTS[a].weight - ACTS[b].weight);
export type ActOn<W extends Row['on']> = { [A in Act]: (typeof ACTS)[A]['on'] extends W ? A : never }[Act];
export type TaskAct = ActOn<'task'>;
export type TicketAct = ActOn<'ticket'>;

export const rowOf = (act: Act): Row => ACTS[act];
export const isAct = (text: string): text is Act => Object.hasOwn(ACTS, text);
export const isTaskAct = (act: Act): act is TaskAct => ACTS[act].on === 'task';

type Takes<A extends Act> = (typeof ACTS)[A]['takes'];
/** Nothing given is empty, not absent. */
type Emptiable = 'values' | 'comment' | 'files' | 'people';
type Present<A extends Act> = {
  [P in keyof Takes<A>]: Takes<A>[P] extends 'required' ? P : P extends Emptiable ? P : never;
}[keyof Takes<A>];
type Closed<A extends Act, K extends 'how' | 'reasons'> =
  (typeof ACTS)[A] extends Readonly<Record<K, readonly (infer T)[]>> ? T : never;
/** Every value of `how` and `reason` that some act knows. */
export type How = { [A in Act]: Closed<A, 'how'> }[Act];
export type Reason = { [A in Act]: Closed<A, 'reasons'> }[Act];
type Given<A extends Act, P> = P extends 'how'
  ? Closed<A, 'how'>
  : P extends 'reason'
    ? Closed<A, 'reasons'>
    : P extends Part
      ? Parts[P]
      : never;

/** What comes with this act, in the shape that the engine takes. */
export type PartsOf<A extends Act> = { readonly [P in Present<A>]: Given<A, P> } & {
  readonly [P in Exclude<keyof Takes<A>, Present<A>>]?: Given<A, P>;
};
