/** How the card that was clicked looks now: by its own row, since a key only says which button was pressed. */
import { parseActionKey } from '../card/actionKey.ts';
import type { Asking } from '../card/asked.ts';
import type { Card } from '../card/card.ts';
import type { Directory } from '../flow/directory.ts';
import type { Reader } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { readDraft } from '../ticket/drafts.ts';
import { taskOfRole } from '../ticket/outboxRow.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import type { Rendered, Renderer } from '../ticket/render.ts';
import type { Templates } from '../ticket/templates.ts';
import { loadTicket } from '../ticket/ticketStore.ts';

interface Parts {
  readonly directory: Directory;
  readonly templates: Templates;
  readonly renderer: Renderer;
}

/** What a card is about, and for whom in it. */
export type CardFace = Pick<CardRow, 'ticket_id' | 'draft_id' | 'role'>;

/** @returns null when there is nothing to show, or nothing that this person may see */
export async function cardLook(
  { directory, templates, renderer }: Parts,
  reader: Reader,
  card: CardFace,
  personId: number,
  asking?: Asking,
): Promise<Rendered | null> {
  if (card.ticket_id === null) {
    const draft = card.draft_id === null ? null : await readDraft(reader, card.draft_id);
    if (draft?.personId !== personId) return null;
    const filed = draft.filedAs === null ? null : await loadTicket(reader, draft.filedAs);
    const template = await templates.at(reader, draft.template.key, draft.template.version);
    return renderer.ofDraft(draft, template, filed?.ticket.number);
  }
  const stored = await loadTicket(reader, card.ticket_id);
  // A stranger's click shows nothing of the ticket.
  if (!stored || mayOnTicket(directory, personId, 'ticket.view', stored.ticket)) return null;
  const { key, version } = stored.ticket.template;
  const seen = { ticket: stored.ticket, template: await templates.at(reader, key, version) };
  return renderer.ofTicket(reader, seen, personId, taskOfRole(card.role), asking);
}

/** Does the card still have a button for what this key asks, in whatever version? */
export function offers({ buttons, menu }: Card, key: string): boolean {
  const pressed = parseActionKey(key);
  const keys = [...buttons.flatMap(({ does }) => ('key' in does ? [does.key] : [])), ...menu.map((item) => item.key)];
  return keys.some((one) => {
    const offered = parseActionKey(one);
    return offered?.on === pressed?.on && offered?.act === pressed?.act;
  });
}
