/**
 * Attachments: a row from the moment that somebody sends or uploads one, its bytes in object storage. A file sent in
 * a chat is fetched by delivery (the callback path waits on no network); until then its state is `pending`.
 */
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import type { Field, Values } from '../form/field.ts';
import { valueOf } from '../form/value.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { Reader, Tx } from '../store/database.ts';
import type { AttachmentRow } from '../store/entity/ticket.ts';

/** The most that one attachment may hold. */
export const MOST_BYTES = 50 * 1024 * 1024;

export interface NewAttachment {
  readonly personId: number;
  readonly draftId: number | null;
  readonly name: string;
  readonly mime: string;
  /** Where the bytes are, once they are stored. */
  readonly stored: { readonly key: string; readonly sha256: string; readonly size: number } | null;
  /** Where to fetch them from, before that, and until when (epoch ms) the platform keeps them. */
  readonly source: { readonly workspace: string; readonly mediaId: string; readonly until: number } | null;
}

export function addAttachment(tx: Tx, attachment: NewAttachment): Promise<number> {
  const { stored, source } = attachment;
  return tx.insertId('attachment', {
    ticket_id: null,
    draft_id: attachment.draftId,
    person_id: attachment.personId,
    name: attachment.name.slice(0, 255),
    sha256: stored?.sha256 ?? null,
    size: stored?.size ?? null,
    mime: attachment.mime.slice(0, 128),
    storage_key: stored?.key ?? null,
    state: stored ? 'stored' : 'pending',
    source: source && JSON.stringify({ workspace: source.workspace, mediaId: source.mediaId }),
    source_until: source?.until ?? null,
  });
}

export async function attachmentRows(reader: Reader, ids: readonly number[]): Promise<AttachmentRow[]> {
  if (ids.length === 0) return [];
  return reader.rows<AttachmentRow>(
    `SELECT * FROM attachment WHERE id IN (${ids.map(() => '?').join(',')}) ORDER BY id`,
    ids,
  );
}

export const ticketAttachments = (reader: Reader, ticketId: number): Promise<AttachmentRow[]> =>
  reader.rows<AttachmentRow>('SELECT * FROM attachment WHERE ticket_id = ? ORDER BY id', [ticketId]);

/**
 * Files named in the ticket for the first time become the ticket's.
 * @param has  those that are its own already
 * @throws Refused `bad_input` for one that isn't there, is another person's, or belongs to another ticket
 */
export async function adoptAttachments(
  tx: Tx,
  by: number | null,
  after: Ticket,
  template: Template,
  has: readonly number[],
  extra: readonly number[] = [],
) {
  const ids = [...new Set([...fileIds(after, template), ...extra])].filter((id) => !has.includes(id));
  if (ids.length === 0 || by === null) return;
  const adopted = await tx.run(
    `UPDATE attachment SET ticket_id = ?, draft_id = NULL
     WHERE id IN (${ids.map(() => '?').join(',')}) AND person_id = ? AND ticket_id IS NULL`,
    [after.id, ...ids, by],
  );
  if (adopted === ids.length) return;
  const problem = {
    zh: '附件不存在或不是您上传的，请重新上传',
    en: 'An attachment is missing or is not yours: upload it again',
  };
  throw new Refused(refuse('bad_input', {}, [{ field: 'files', label: '附件', ...problem }]));
}

/**
 * A ticket filed in the place of another one, or by its flow, gets files of it: rows of its own for the same bytes, since
 * the old ticket keeps its, and others may see either. @param values  of the form, in which files of the old ticket may be named
 * @returns the values with the new ones in their place, and the ids of these
 */
export async function copyFiles(
  tx: Tx,
  template: Template,
  values: Values,
  copy: { readonly from: number; readonly to: number; readonly by: number },
): Promise<{ values: Values; copied: readonly number[] }> {
  const named = new Set(template.form.filter(isFiles).flatMap(({ id }) => idsIn(values, id)));
  const old = (await ticketAttachments(tx, copy.from)).filter(({ id, state }) => named.has(id) && state === 'stored');
  if (old.length === 0) return { values, copied: [] };
  const same = 'name, sha256, size, mime, storage_key, state';
  await tx.run(
    `INSERT INTO attachment (ticket_id, draft_id, person_id, ${same}, source, source_until)
     SELECT ?, NULL, ?, ${same}, NULL, NULL FROM attachment WHERE id IN (${old.map(() => '?').join(',')}) ORDER BY id`,
    [copy.to, copy.by, ...old.map(({ id }) => id)],
  );
  // The new ticket had none: these are the copies, in the order of what they were made from.
  const made = (await ticketAttachments(tx, copy.to)).map(({ id }) => id);
  const inPlace = new Map(old.map(({ id }, i) => [id, made[i] ?? id]));
  const renamed = template.form.filter(isFiles).flatMap(({ id }) => {
    const ids = idsIn(values, id);
    return ids.length > 0 ? [[id, ids.map((one) => inPlace.get(one) ?? one)] as const] : [];
  });
  return { values: { ...values, ...Object.fromEntries(renamed) }, copied: made };
}

export const isFiles = ({ type }: Field): boolean => type === 'attachment';

/** @param values untrusted: what is no list of ids is left to the form to refuse */
function idsIn(values: Values, field: string): readonly number[] {
  const ids = valueOf(values, field);
  return Array.isArray(ids) && ids.every(Number.isSafeInteger) ? (ids as readonly number[]) : [];
}

/** Ids in every attachment field of the ticket's forms. */
export function fileIds(ticket: Pick<Ticket, 'values'>, template: Template): number[] {
  const forms: [readonly Field[], Values | undefined][] = [
    [template.form, ticket.values['form']],
    ...Object.values(template.nodes).map((node): [readonly Field[], Values | undefined] => [
      node.form,
      ticket.values[node.id],
    ]),
  ];
  return forms.flatMap(([fields, values]) =>
    fields.filter(isFiles).flatMap((field) => (values?.[field.id] ?? []) as readonly number[]),
  );
}
