/**
 * What must leave because a command was accepted, as outbox rows. A card row says "this card must show the ticket as
 * it is", never what to show; a text row is said once. Delivery reads these payloads: this file is their one schema.
 */
import { z } from 'zod';
import type { Effect, Notice } from '../flow/command.ts';
import type { GroupPlace, Ticket } from '../flow/ticket.ts';
import type { InsertPart } from '../store/database.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';

/** `now`: somebody waits for it. `soon`: news. `bulk`: digests and the like. `call`: to other systems, by a relay of its own. */
export type OutboxClass = 'now' | 'soon' | 'bulk' | 'call';

/** Which card of a person: one per task, one as requester, one per draft. Kept in `card.role`. */
export const cardRole = (task: number | null): string => (task === null ? 'requester' : `task:${task}`);
/** The card that a whole group sees. */
export const GROUP_ROLE = 'group';
export const todoRole = (task: number): string => `todo:${task}`;
/** @returns null for the requester's card */
export const taskOfRole = (role: string): number | null => (role.startsWith('task:') ? Number(role.slice(5)) : null);

export const CardPayload = z.object({
  personId: z.number(),
  task: z.number().nullable(),
  /** Only where they have that card already. */
  ifThere: z.boolean().default(false),
});
export const DraftPayload = z.object({ personId: z.number(), draftId: z.number() });
export const TextPayload = z.object({ personId: z.number(), notice: z.custom<Notice>() });
/** Somebody acts for somebody else, or does so no more: a text about no ticket. */
export const AwayPayload = z.object({
  personId: z.number(),
  away: z.object({
    what: z.enum(['began', 'over']),
    ownerId: z.number(),
    substituteId: z.number(),
    /** Epoch ms. */
    until: z.number(),
    /** For some templates only. */
    partly: z.boolean(),
  }),
});
/** What the nightly check found in a published template that it had not found before: a text about no ticket. */
export const CheckPayload = z.object({
  personId: z.number(),
  check: z.object({
    template: z.object({ key: z.string(), version: z.number(), name: z.string() }),
    found: z.array(z.object({ line: z.number(), zh: z.string(), en: z.string() })),
    /** Found as well, and not told. */
    more: z.number(),
  }),
});
export type CheckNews = z.infer<typeof CheckPayload>['check'];
export type AwayNews = z.infer<typeof AwayPayload>['away'];
/** The group in which the ticket was filed. */
export const GroupPayload = z.object({ chat: z.string() });
export const TodoPayload = z.object({ personId: z.number(), task: z.number() });
/** Words that answer what somebody said or clicked, where the callback's own answer can't carry them. */
export const SayPayload = z.object({
  chat: z.string(),
  text: z.string(),
  link: z.object({ text: z.string(), url: z.string() }).optional(),
  reply: z.object({ address: z.string(), until: z.number() }).optional(),
  /** In a group: whom it is for. */
  mention: z.string().optional(),
});
export type Saying = z.infer<typeof SayPayload>;
export const FetchPayload = z.object({ attachmentId: z.number(), mediaId: z.string() });
export const WebhookPayload = z.object({
  ticketId: z.number(),
  /** Names the call in its ticket: `<node>.<visit>`, printable ASCII. The same on each try: the receiver knows it again by it. */
  key: z.string(),
  /** May carry a secret of the receiver's: never logged, never shown. */
  url: z.string(),
  /** Printable ASCII, as `call`. */
  event: z.string(),
  /** JSON text, sent as it stands. */
  body: z.string(),
  /** After the first try, at most; null: as often as any message. */
  retries: z.number().nullable(),
});
export type WebhookCall = z.infer<typeof WebhookPayload>;

type NewOutboxRow = Omit<OutboxRow, 'id'>;

interface About {
  readonly ticketId: number | null;
  readonly now: number;
}

function row(
  about: About,
  kind: OutboxRow['kind'],
  cls: OutboxClass,
  resend: string,
  lane: string,
  payload: unknown,
): NewOutboxRow {
  return {
    kind,
    class: cls,
    resend,
    lane,
    card_id: null,
    ticket_id: about.ticketId,
    workspace_id: null,
    payload: JSON.stringify(payload),
    made_at: about.now,
    due_at: about.now,
    attempts: 0,
    fence: 0,
    state: 'waiting',
    dead_at: null,
    error: null,
  };
}

/** What one person sees of one ticket goes out in order. */
export const laneOf = (ticketId: number | null, personId: number): string => `${ticketId ?? 'chat'}:${personId}`;

/**
 * One row per card and per receiver of a notice, in the order of the effects; a card named twice stands once. What the
 * requester sees anew, the group in which the ticket was filed sees anew, and who filed it for them, where the form's card
 * became the ticket's.
 */
export function effectRows(
  effects: readonly Effect[],
  about: About,
  { requesterId, filerId, group }: Pick<Ticket, 'requesterId' | 'filerId' | 'group'>,
): NewOutboxRow[] {
  const rows: NewOutboxRow[] = [];
  const shown = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'errand') continue;
    if (effect.type === 'call') {
      const { key, url, body, retries } = effect;
      if (about.ticketId !== null)
        rows.push(webhookRow({ ticketId: about.ticketId, key, url, event: 'call', body, retries }, about.now));
      continue;
    }
    if (effect.type === 'tell') {
      for (const personId of effect.to)
        rows.push(
          row(about, 'text', 'soon', 'resend', laneOf(about.ticketId, personId), { personId, notice: effect.notice }),
        );
      continue;
    }
    const { personId, task } = effect;
    if (shown.has(`${personId} ${task}`)) continue;
    shown.add(`${personId} ${task}`);
    rows.push(row(about, 'card', 'now', 'resend', laneOf(about.ticketId, personId), { personId, task }));
    if (task !== null || personId !== requesterId) continue;
    if (group) rows.push(groupRow(group, about));
    if (filerId !== requesterId) rows.push(filerRow(filerId, about));
  }
  return rows;
}

const filerRow = (personId: number, about: About): NewOutboxRow =>
  row(about, 'card', 'now', 'resend', laneOf(about.ticketId, personId), { personId, task: null, ifThere: true });

export const awayRow = (personId: number, away: AwayNews, now: number): NewOutboxRow =>
  row({ ticketId: null, now }, 'text', 'soon', 'resend', laneOf(null, personId), { personId, away });

export const checkRow = (personId: number, check: CheckNews, now: number): NewOutboxRow =>
  row({ ticketId: null, now }, 'text', 'soon', 'resend', laneOf(null, personId), { personId, check });

const groupRow = ({ workspace, chat }: GroupPlace, about: About): NewOutboxRow => ({
  ...row(about, 'group', 'soon', 'resend', `${about.ticketId ?? ''}:${chat}`, { chat }),
  workspace_id: workspace,
});

/** A to-do follows its task like a card; one of a failing platform holds up no card. */
export const todoRow = (ticketId: number, personId: number, task: number, now: number): NewOutboxRow =>
  row({ ticketId, now }, 'todo', 'soon', 'ask_status_first', `todo:${ticketId}.${task}:${personId}`, {
    personId,
    task,
  });

export const sayRow = (workspaceId: string, saying: Saying, now: number): NewOutboxRow => ({
  ...row({ ticketId: null, now }, 'say', 'now', 'resend', `say:${workspaceId}:${saying.chat}`.slice(0, 191), saying),
  workspace_id: workspaceId,
});

export const draftRow = (draftId: number, personId: number, now: number): NewOutboxRow =>
  row({ ticketId: null, now }, 'draft', 'now', 'resend', `draft:${draftId}`, { personId, draftId });

/** A file that was sent in a chat: the platform keeps it for days only, so it is fetched before anything else. */
export const fetchRow = (attachmentId: number, workspaceId: string, mediaId: string, now: number): NewOutboxRow => ({
  ...row({ ticketId: null, now }, 'fetch', 'now', 'resend', `fetch:${attachmentId}`, { attachmentId, mediaId }),
  workspace_id: workspaceId,
});

/**
 * Each call is a lane of its own: a ticket that makes two at once wants no order between them, and of two in a row the
 * second is made when the first is answered. The host stands in front, for no host to take all places.
 */
export const webhookRow = (call: WebhookCall, now: number): NewOutboxRow => {
  const host = URL.canParse(call.url) ? new URL(call.url).host : '';
  const lane = `call:${host.slice(0, 100)}/${call.ticketId}.${call.key}`.slice(0, 191);
  return row({ ticketId: call.ticketId, now }, 'webhook', 'call', 'resend', lane, call);
};
/** What the lanes of all calls to one host begin with, up to the slash. */
export const callHostOf = (lane: string): string => lane.slice(0, lane.indexOf('/'));

export const outboxPart = (rows: readonly NewOutboxRow[]): InsertPart => ({ table: 'outbox', rows });
