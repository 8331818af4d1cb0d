/** What cards are made from: a ticket, who looks, and the few things that are not in the ticket. */
import type { Values } from '../form/field.ts';
import type { Look } from '../form/rule.ts';
import type { Act } from '../flow/acts.ts';
import type { PersonId } from '../flow/directory.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import type { Locale } from '../lib/locale.ts';
import type { Asked } from './asked.ts';

/** What surrounds every card: names, addresses and the reader's clock. */
export interface Surroundings {
  readonly names: (id: PersonId) => string;
  /** The person's account on the reader's platform, where it can be linked. */
  readonly accounts?: (id: PersonId) => string | undefined;
  /** A department's name by its key. */
  readonly departments?: (key: string) => string;
  /** The full address of a page of ours. @param path begins with `/` */
  readonly url: (path: string) => string;
  /** The reader's platform shows whole forms on cards. Absent: it does not. */
  readonly forms?: boolean;
  /** Epoch ms. */
  readonly now: number;
  readonly offsetMinutes: number;
}

export interface TicketView extends Surroundings {
  readonly ticket: Ticket;
  readonly template: Template;
  /** Who reads the card. */
  readonly receiverId: PersonId;
  /** The last thing that a person said: a comment, a reason. */
  readonly lastComment?: { readonly by: PersonId; readonly text: string } | null;
  /** The last change of the form by somebody at a step: who, and what stood there before. */
  readonly lastChange?: { readonly by: PersonId; readonly old: Values } | null;
  /** What is asked on the card itself. */
  readonly asked?: Asked | null;
  /** What the reader may do now (`flow/query.ts`). */
  readonly acts: {
    readonly ticket: readonly Act[];
    readonly tasks: readonly { readonly n: number; readonly acts: readonly Act[] }[];
  };
}

export const ticketPath = (ticketId: number): string => `/m/t/${ticketId}`;
/** The ticket's page with the list of all acts open on it. */
export const morePath = (ticketId: number): string => `${ticketPath(ticketId)}?act=more`;
/** The ticket's page with the form of this act open on it. */
export const actPath = (ticketId: number, task: number, act: Act): string =>
  `${ticketPath(ticketId)}?task=${task}&act=${act}`;
export const draftPath = (draftId: number): string => `/m/d/${draftId}`;

export const lookOf = (around: Surroundings, locale: Locale): Look => ({
  locale,
  offsetMinutes: around.offsetMinutes,
  person: around.names,
  department: around.departments ?? ((key) => key),
});
