/** What can be asked of the engine, what it may ask back, and what should follow. */
import type { Values } from '../form/field.ts';
import type { Words } from '../lib/locale.ts';
import type { Refusal } from '../lib/refusal.ts';
import type { Act, OtherTicket, PartsOf, TaskAct } from './acts.ts';
import type { Directory, PersonId } from './directory.ts';
import type { EndCause, TicketEvent } from './event.ts';
import type { NodeId } from './template.ts';
import type { GroupPlace, Link, LinkKind, Outcome, Parent, PauseReason, Status, Ticket, Via } from './ticket.ts';

/** Values arrive validated in shape by `form/`; the engine decides which fields may be written where. */
export type Command =
  | {
      readonly type: 'file';
      readonly by: PersonId;
      readonly requesterId: PersonId;
      readonly workspace: string;
      /** The group chat in which it was said; absent: none. */
      readonly group?: GroupPlace;
      readonly id: number;
      readonly number: string;
      readonly values: Values;
      /** A ticket filed it, not a person. */
      readonly parent?: Parent;
      /** From there, but a person chose what: who may file it counts. */
      readonly byHand?: true;
      /** The ticket in whose place it is filed. */
      readonly follows?: OtherTicket;
    }
  | PersonCommand
  | SystemCommand;

/** What a person does to a ticket that is there: an act, and what it takes. */
export type PersonCommand = {
  [A in Act]: { readonly type: A } & (A extends TaskAct ? OnTask : OnTicket) & PartsOf<A>;
}[Act];

/** What no person does: `by` is null. What has come too late, or twice, is refused as `not_now`. */
export type SystemCommand = { readonly by: null } & (
  | { readonly type: 'fire'; readonly key: string; /** As it was set. */ readonly at: number }
  | { readonly type: 'answered'; readonly key: string; readonly outcome: CallOutcome }
  | { readonly type: 'child_filed'; readonly key: string; readonly ticketId: number; readonly number: string }
  | { readonly type: 'child_failed'; readonly key: string; readonly reason: string }
  | {
      readonly type: 'child_over';
      readonly key: string;
      readonly status: Status;
      readonly outcome: Outcome;
      /** `form`, and one entry per node that ran. */
      readonly values: Readonly<Record<string, Values>>;
    }
  /** A calendar has learnt of holidays: what was computed without them is computed anew. */
  | { readonly type: 'recount' }
  /** The ticket that filed this one went back over the step that did. */
  | { readonly type: 'parent_left'; readonly policy: 'cancel' | 'cancel_unstarted' }
  /** What another ticket has become to this one. */
  | { readonly type: 'linked'; readonly link: Link }
  /** Somebody has left. */
  | { readonly type: 'hand_over'; readonly personId: PersonId }
);
/**
 * `body`: JSON as parsed, or the text. `reason`: a code as in `delivery/webhook/calls.ts`, or `take:<path>` for an answer
 * that lacks this; both have their words in `card/callFailed.ts`.
 */
export type CallOutcome =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly reason: string };

interface OnTicket {
  readonly by: PersonId;
  /** Refused as `changed_meanwhile` when the ticket has another version; absent: any. */
  readonly ticketVersion?: number;
}
interface OnTask extends OnTicket {
  /** The task's number in the ticket. */
  readonly task: number;
  /** Refused when the task has another version; absent: any. */
  readonly taskVersion?: number;
  /** One of several in one go (`agree`): refused where each deserves a look. */
  readonly inBulk?: true;
}

export interface Env {
  /** Epoch ms. */
  readonly now: number;
  readonly directory: Directory;
  /** Open tasks per person, as far as it was asked for by a `Need`. */
  readonly load?: ReadonlyMap<PersonId, number>;
  /** Whose turn it is at these nodes, as far as it was asked for by a `Need`. */
  readonly turns?: ReadonlyMap<NodeId, PersonId>;
  /** The ticket as it was in an earlier version, where it was asked for by a `Need`. */
  readonly past?: Ticket;
}

/** What people are told once, beside the cards. Rendered to words by `card/`. */
export type Notice =
  /** The text of a `notify` node. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'accepted'; readonly by: PersonId }
  /** To those who can act: somebody waits for it. */
  | { readonly kind: 'urged'; readonly by: PersonId }
  /** To those who were shown the ticket. */
  | { readonly kind: 'copied'; readonly by: PersonId; readonly text: string }
  /** To those who had something to do that is gone again. */
  | { readonly kind: 'taken_back'; readonly by: PersonId }
  | { readonly kind: 'comment'; readonly by: PersonId; readonly text: string }
  /** To those who may take it now. */
  | { readonly kind: 'released'; readonly by: PersonId; readonly text: string }
  | { readonly kind: 'transferred'; readonly by: PersonId; readonly to: PersonId; readonly text: string }
  /** To whoever was added to a step, with the question. */
  | { readonly kind: 'asked'; readonly by: PersonId; readonly via: Via; readonly text: string }
  /** To whoever asked, with the answer; it is theirs to decide. */
  | { readonly kind: 'advice'; readonly by: PersonId; readonly refused: boolean; readonly text: string }
  /** A task goes round in circles: to the giver, and to the flow admin. */
  | { readonly kind: 'passed_on'; readonly by: PersonId; readonly to: PersonId; readonly times: number }
  /** To the requester, when somebody else's act ended the ticket: a changed card alone makes no sound. */
  | {
      readonly kind: 'ended';
      readonly by: PersonId | null;
      readonly outcome: Outcome;
      /** Number of the ticket in which it goes on; absent: in none. */
      readonly into?: string;
      /** Why the flow ended it; absent: `text` says it, or nothing need. */
      readonly because?: EndCause;
      readonly text: string;
    }
  /** A task has waited too long: said to those who have it, or to others who should know. */
  | { readonly kind: 'reminder' }
  | { readonly kind: 'escalation'; readonly holders: readonly PersonId[] }
  /** To the flow admin, who decides: a call failed. `node`: its name. `reason`: a code of `CallOutcome`. */
  | { readonly kind: 'call_failed'; readonly node: string; readonly reason: string }
  /** To the requester: why the work rests, and what is asked of them. */
  | {
      readonly kind: 'paused';
      readonly by: PersonId;
      readonly reason: PauseReason;
      readonly until: number | null;
      readonly text: string;
    }
  /** The requester has not answered the question. */
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'resumed'; readonly because: 'resumed' | 'due' | 'no_reply' }
  | { readonly kind: 'reopened'; readonly by: PersonId; readonly text: string }
  | { readonly kind: 'linked'; readonly as: LinkKind; readonly number: string }
  /** To the requester of a ticket that was merged into this one. `number`: theirs. */
  | { readonly kind: 'follow_here'; readonly number: string }
  | { readonly kind: 'recategorized'; readonly by: PersonId; readonly to: string }
  | { readonly kind: 'reprioritized'; readonly by: PersonId; readonly to: string; readonly text: string }
  /** A ticket that was split off has ended. */
  | { readonly kind: 'child_over'; readonly number: string; readonly outcome: Outcome }
  /** To the flow admin, who decides: a ticket that was waited for has ended without being done. `node`: its name. */
  | { readonly kind: 'child_undone'; readonly node: string; readonly number: string; readonly outcome: Outcome }
  /** To whoever takes over from somebody who has left. */
  | { readonly kind: 'handed_over'; readonly from: PersonId }
  | { readonly kind: 'alarm'; readonly words: Words };

export type Effect =
  /** This person's card about this task (null: the requester's view of the ticket) must show the ticket as it is. */
  | { readonly type: 'show'; readonly personId: PersonId; readonly task: number | null }
  | { readonly type: 'tell'; readonly to: readonly PersonId[]; readonly notice: Notice }
  /** The signed webhook of a `call` node. `body` is JSON. */
  | {
      readonly type: 'call';
      readonly key: string;
      readonly url: string;
      readonly body: string;
      readonly retries: number | null;
    }
  | { readonly type: 'errand'; readonly errand: Errand };

/** A command on another ticket, of its own: with the same key, in a transaction of its own. */
export type Errand =
  | {
      readonly kind: 'linked';
      readonly key: string;
      /** Of the other one. */ readonly ticketId: number;
      readonly link: Link;
    }
  | {
      readonly kind: 'file_child';
      readonly key: string;
      /** `Child.key` */
      readonly child: string;
      readonly template: string;
      readonly depth: number;
      readonly requesterId: PersonId;
      readonly values: Values;
      /** Who split it off; absent: the flow, in the requester's name. */
      readonly by?: PersonId;
      readonly byHand?: true;
    }
  | {
      readonly kind: 'parent_left';
      readonly key: string;
      readonly childId: number;
      readonly policy: 'cancel' | 'cancel_unstarted';
    }
  | {
      readonly kind: 'child_over';
      readonly key: string;
      readonly parent: Parent;
      readonly status: Status;
      readonly outcome: Outcome;
      readonly values: Readonly<Record<string, Values>>;
    };

export interface Step {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly effects: readonly Effect[];
}

export type Need =
  /** The engine must know how many open tasks these people have; call again with `env.load`. */
  | { readonly need: 'load'; readonly people: readonly PersonId[] }
  /** Whose turn it is among these (by rising id); call again with `env.turns`, which names this node beside those it had. */
  | { readonly need: 'turn'; readonly node: NodeId; readonly people: readonly PersonId[] }
  /** How the ticket stood in this version, folded from its events; call again with `env.past`. */
  | { readonly need: 'past'; readonly version: number };

export type StepResult = Step | Refusal | Need;
export const isNeed = (result: StepResult): result is Need => 'need' in result;
