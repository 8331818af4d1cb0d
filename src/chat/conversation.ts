/** What is being asked of whom in which chat, and what was answered so far. In the database: it survives a restart. */
import { z } from 'zod';
import { ACT_NAMES } from '../flow/acts.ts';
import type { Value } from '../form/field.ts';
import type { Reader, Tx } from '../store/database.ts';

/** An answer that comes later than this is taken as something new. */
export const PATIENCE_MS = 2 * 3_600_000;

/** Values of fields and of questions, as JSON. */
const Answers = z.custom<Readonly<Record<string, Value>>>((given) => typeof given === 'object' && given !== null);

/** The next text in this chat answers this. */
const Awaiting = z.discriminatedUnion('on', [
  /** `field` null: only the card's button is waited for. `submit`: it was pressed already, file as soon as all is there. */
  z.object({ on: z.literal('draft'), draftId: z.number(), field: z.string().nullable(), submit: z.boolean() }),
  z.object({
    on: z.literal(['task', 'ticket']),
    act: z.enum(ACT_NAMES),
    ticketId: z.number(),
    /** null: the act is on the ticket. */
    task: z.number().nullable().default(null),
    /** Of the task, or of the ticket. */
    version: z.number(),
    /** Answers so far, by the question's key (`questions.ts`). */
    answers: Answers.default({}),
  }),
  /** Who stands in for the person, as far as it was said (`away.ts`). */
  z.object({
    on: z.literal('substitute'),
    to: z.number().nullable(),
    /** People of one name: which of them is asked. */
    choices: z.array(z.number()),
    from: z.number().nullable(),
    until: z.number().nullable(),
    templates: z.array(z.string()).nullable(),
  }),
  /** A form for somebody else, as far as it was said (`forOther.ts`). */
  z.object({
    on: z.literal('for_other'),
    to: z.number().nullable(),
    /** People of one name: which of them is asked. */
    choices: z.array(z.number()),
    /** What was said of the form already. */
    rest: z.string(),
  }),
  /** Which of these is to end. */
  z.object({ on: z.literal('substitute_end'), ids: z.array(z.number()) }),
]);
export type Awaiting = z.infer<typeof Awaiting>;

export interface Place {
  readonly workspace: string;
  readonly account: string;
  readonly chat: string;
}

export interface Conversation {
  readonly identityId: number;
  readonly awaiting: Awaiting | null;
  /** What the person was last busy with here. */
  readonly lastTicketId: number | null;
}

/** @returns null when the account is not known in this workspace */
export async function readConversation(reader: Reader, place: Place, now: number): Promise<Conversation | null> {
  const row = await reader.one<{
    id: number;
    awaiting: string | null;
    last_ticket_id: number | null;
    until: number | null;
  }>(
    `SELECT i.id, c.awaiting, c.last_ticket_id, c.until FROM identity i
     LEFT JOIN conversation c ON c.workspace_id = i.workspace_id AND c.identity_id = i.id AND c.chat = ?
     WHERE i.workspace_id = ? AND i.account = ?`,
    [place.chat, place.workspace, place.account],
  );
  if (!row) return null;
  const fresh = row.until !== null && row.until > now;
  const awaiting = fresh && row.awaiting !== null ? Awaiting.safeParse(JSON.parse(row.awaiting)) : null;
  return { identityId: row.id, awaiting: awaiting?.data ?? null, lastTicketId: fresh ? row.last_ticket_id : null };
}

export async function saveConversation(tx: Tx, place: Place, conversation: Conversation, now: number): Promise<void> {
  await tx.insertAll([
    {
      table: 'conversation',
      rows: [
        {
          workspace_id: place.workspace,
          identity_id: conversation.identityId,
          chat: place.chat,
          awaiting: conversation.awaiting && JSON.stringify(conversation.awaiting),
          last_ticket_id: conversation.lastTicketId,
          until: now + PATIENCE_MS,
        },
      ],
      replace: true,
    },
  ]);
}
