/**
 * What must leave because a command was accepted, as outbox rows. A card row says "this card must show the ticket as
 * it is", never what to show; a text row is said once. Delivery reads these payloads: this file is their one schema.
 */
import { z } from 'zod';
import type { Effect, Notice } from '../flow/command.ts';
import type { InsertPart } from '../store/database.ts';
import type { OutboxRow } from '../store/entity/traffic.ts';

/** `now`: somebody waits for it. `soon`: news. `bulk`: digests and the like. */
export type OutboxClass = 'now' | 'soon' | 'bulk';

/** Which card of a person: one per task, one as requester, one per draft. Kept in `card.role`. */
export const cardRole = (task: number | null): string => (task === null ? 'requester' : `task:${task}`);
/** @returns null for the requester's card */
export const taskOfRole = (role: string): number | null => (role.startsWith('task:') ? Number(role.slice(5)) : null);

export const CardPayload = z.object({ personId: z.number(), task: z.number().nullable() });
export const DraftPayload = z.object({ personId: z.number(), draftId: z.number() });
export const TextPayload = z.object({ personId: z.number(), notice: z.custom<Notice>() });
export const FetchPayload = z.object({ attachmentId: z.number(), mediaId: z.string() });

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

const lane = (about: About, personId: number): string => `${about.ticketId ?? 'chat'}:${personId}`;

/** One row per card and per receiver of a notice, in the order of the effects; a card named twice stands once. */
export function effectRows(effects: readonly Effect[], about: About): NewOutboxRow[] {
  const rows: NewOutboxRow[] = [];
  const shown = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'tell') {
      for (const personId of effect.to)
        rows.push(row(about, 'text', 'soon', 'resend', lane(about, personId), { personId, notice: effect.notice }));
      continue;
    }
    const { personId, task } = effect;
    if (shown.has(`${personId} ${task}`)) continue;
    shown.add(`${personId} ${task}`);
    rows.push(row(about, 'card', 'now', 'resend', lane(about, personId), { personId, task }));
  }
  return rows;
}

export const draftRow = (draftId: number, personId: number, now: number): NewOutboxRow =>
  row({ ticketId: null, now }, 'draft', 'now', 'resend', `draft:${draftId}`, { personId, draftId });

/** A file that was sent in a chat: the platform keeps it for days only, so it is fetched before anything else. */
export const fetchRow = (attachmentId: number, workspaceId: string, mediaId: string, now: number): NewOutboxRow => ({
  ...row({ ticketId: null, now }, 'fetch', 'now', 'resend', `fetch:${attachmentId}`, { attachmentId, mediaId }),
  workspace_id: workspaceId,
});

export const outboxPart = (rows: readonly NewOutboxRow[]): InsertPart => ({ table: 'outbox', rows });
