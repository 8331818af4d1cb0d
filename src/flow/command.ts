/** What can be asked of the engine, what it may ask back, and what should follow. */
import type { Values } from '../form/field.ts';
import type { Words } from '../lib/locale.ts';
import type { Refusal } from '../lib/refusal.ts';
import type { Calendars } from '../worktime/calendars.ts';
import type { Directory, PersonId } from './directory.ts';
import type { TicketEvent } from './event.ts';
import type { ReturnTarget } from './template.ts';
import type { GroupPlace, Outcome, Ticket } from './ticket.ts';

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
    }
  | (OnTask & { readonly type: 'claim' | 'accept' })
  | (OnTask & { readonly type: 'complete'; readonly values: Values; readonly comment: string })
  | (OnTask & { readonly type: 'agree' | 'refuse'; readonly values: Values; readonly comment: string })
  /** Back to an earlier node (rerun) or to the requester's form. */
  | (OnTask & { readonly type: 'return'; readonly to: ReturnTarget; readonly comment: string })
  | (OnTask & { readonly type: 'transfer'; readonly to: PersonId; readonly comment: string })
  /** The requester corrected the form after a return to `filing`. */
  | (OnTask & { readonly type: 'submit'; readonly values: Values; readonly comment: string })
  | (OnTicket & { readonly type: 'withdraw'; readonly comment: string })
  | (OnTicket & { readonly type: 'comment'; readonly text: string; readonly files: readonly number[] });

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
}
export type Act = Exclude<Command['type'], 'file'>;

export interface Env {
  /** Epoch ms. */
  readonly now: number;
  readonly directory: Directory;
  /** Absent: nothing that counts working days or hours has a value. */
  readonly calendars?: Calendars;
  /** Open tasks per person, as far as it was asked for by a `Need`. */
  readonly load?: ReadonlyMap<PersonId, number>;
}

/** What people are told once, beside the cards. Rendered to words by `card/`. */
export type Notice =
  /** The text of a `notify` node. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'accepted'; readonly by: PersonId }
  | { readonly kind: 'comment'; readonly by: PersonId; readonly text: string }
  | { readonly kind: 'transferred'; readonly by: PersonId; readonly to: PersonId; readonly text: string }
  /** To the requester, when somebody else's act ended the ticket: a changed card alone makes no sound. */
  | { readonly kind: 'ended'; readonly by: PersonId; readonly outcome: Outcome; readonly text: string }
  | { readonly kind: 'alarm'; readonly words: Words };

export type Effect =
  /** This person's card about this task (null: the requester's view of the ticket) must show the ticket as it is. */
  | { readonly type: 'show'; readonly personId: PersonId; readonly task: number | null }
  | { readonly type: 'tell'; readonly to: readonly PersonId[]; readonly notice: Notice };

export interface Step {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly effects: readonly Effect[];
}

/** The engine must know how many open tasks these people have; call again with `env.load`. */
export interface Need {
  readonly need: 'load';
  readonly people: readonly PersonId[];
}

export type StepResult = Step | Refusal | Need;
export const isNeed = (result: StepResult): result is Need => 'need' in result;
