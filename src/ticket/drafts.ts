/** Drafts: a filing under way in a chat or on a page. A row of its own, without number or events; it survives a restart. */
import type { OtherTicket } from '../flow/acts.ts';
import type { Template } from '../flow/template.ts';
import type { Values } from '../form/field.ts';
import type { Reader, Tx } from '../store/database.ts';
import type { DraftRow } from '../store/entity/conversation.ts';

export interface Draft {
  readonly id: number;
  readonly personId: number;
  readonly workspace: string;
  readonly chat: string;
  readonly template: { readonly key: string; readonly version: number };
  /** What is known so far; unchecked until it is filed. */
  readonly values: Values;
  readonly updatedAt: number;
  /** For whom it will be filed. */
  readonly requesterId: number;
  /** The ticket in whose place it will be filed. */
  readonly follows: OtherTicket | null;
  /** The ticket that it became. */
  readonly filedAs: number | null;
  /** False once filed, cancelled or replaced. */
  readonly open: boolean;
}

export interface Place {
  readonly personId: number;
  readonly workspace: string;
  readonly chat: string;
}

const openKey = ({ personId, workspace, chat }: Place): string => `${personId}:${workspace}:${chat}`;

export async function readDraft(reader: Reader, id: number): Promise<Draft | null> {
  const row = await reader.one<DraftRow>('SELECT * FROM draft WHERE id = ?', [id]);
  return row && draftFrom(row);
}

export async function openDraftOf(reader: Reader, place: Place): Promise<Draft | null> {
  const row = await reader.one<DraftRow>('SELECT * FROM draft WHERE open_key = ?', [openKey(place)]);
  return row && draftFrom(row);
}

/** All of the person's in this workspace, the newest first: those of groups are filled in between the two of us, too. */
export async function openDraftsOf(reader: Reader, { personId, workspace }: Omit<Place, 'chat'>): Promise<Draft[]> {
  const from = openKey({ personId, workspace, chat: '' });
  // A range of the unique key: `;` comes after `:`.
  const to = `${from.slice(0, -1)};`;
  const sql = 'SELECT * FROM draft WHERE open_key >= ? AND open_key < ? ORDER BY updated_at DESC, id DESC';
  return (await reader.rows<DraftRow>(sql, [from, to])).map(draftFrom);
}

/** Locks the draft for the rest of the transaction, so that a text and a click at once don't lose each other's values. */
export async function lockDraft(tx: Tx, id: number, now: number): Promise<Draft | null> {
  await tx.run('UPDATE draft SET updated_at = ? WHERE id = ?', [now, id]);
  return readDraft(tx, id);
}

// The time is its version: its card must change.
const ASIDE =
  'UPDATE draft SET open_key = NULL, updated_at = CASE WHEN updated_at < ? THEN ? ELSE updated_at + 1 END WHERE';

/** Puts it aside for another one. */
export const putAside = async (tx: Tx, id: number, now: number): Promise<void> =>
  void (await tx.run(`${ASIDE} id = ? AND open_key IS NOT NULL`, [now, now, id]));

/** Begins a draft; the one that was open in this place is put aside. @param filing  for whom, and in which ticket's place */
export async function beginDraft(
  tx: Tx,
  place: Place,
  template: Template,
  values: Values,
  now: number,
  filing: Pick<Draft, 'requesterId' | 'follows'> = { requesterId: place.personId, follows: null },
): Promise<Draft> {
  const { requesterId, follows } = filing;
  await tx.run(`${ASIDE} open_key = ?`, [now, now, openKey(place)]);
  const id = await tx.insertId('draft', {
    person_id: place.personId,
    workspace_id: place.workspace,
    chat: place.chat,
    template_key: template.key,
    template_version: template.version,
    field_values: JSON.stringify(values),
    updated_at: now,
    filed_as: null,
    requester_id: requesterId,
    follows_id: follows?.ticketId ?? null,
    follows_number: follows?.number ?? null,
    open_key: openKey(place),
  });
  const { key, version } = template;
  const begun = { values, updatedAt: now, requesterId, follows, filedAs: null, open: true };
  return { id, ...place, template: { key, version }, ...begun };
}

export async function saveDraft(tx: Tx, draft: Draft, values: Values, now: number): Promise<Draft> {
  await tx.run('UPDATE draft SET field_values = ?, updated_at = ? WHERE id = ?', [
    JSON.stringify(values),
    now,
    draft.id,
  ]);
  return { ...draft, values, updatedAt: now };
}

/** @param filedAs  the ticket; null when it was cancelled */
export async function closeDraft(tx: Tx, id: number, filedAs: number | null): Promise<void> {
  await tx.run('UPDATE draft SET open_key = NULL, filed_as = ? WHERE id = ?', [filedAs, id]);
}

function draftFrom(row: DraftRow): Draft {
  return {
    id: row.id,
    personId: row.person_id,
    workspace: row.workspace_id,
    chat: row.chat,
    template: { key: row.template_key, version: row.template_version },
    values: JSON.parse(row.field_values) as Values,
    updatedAt: row.updated_at,
    requesterId: row.requester_id ?? row.person_id,
    follows: row.follows_id === null ? null : { ticketId: row.follows_id, number: row.follows_number ?? '' },
    filedAs: row.filed_as,
    open: row.open_key !== null,
  };
}
