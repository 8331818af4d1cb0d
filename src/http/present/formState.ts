/** A form's state for the API: the form itself, and the files that its values name. */
import type { Values } from '../../form/field.ts';
import { attachmentRows } from '../../ticket/attachments.ts';
import type { FormState } from '../contract/form.ts';
import type { Http } from '../parts.ts';
import { presentAttachment } from './attachment.ts';
import { type FormPart, formView } from './form.ts';
import type { Reader } from './reader.ts';

/** @param ticketId whose files may be named beside the reader's own; null: none */
export async function formState(
  { db }: Pick<Http, 'db'>,
  reader: Reader,
  parts: readonly FormPart[],
  given: Values,
  ticketId: number | null,
): Promise<FormState> {
  const { fileIds, ...form } = formView(parts, given, reader.look);
  const rows = await db.read((rowsOf) => attachmentRows(rowsOf, fileIds));
  const mine = rows.filter(
    (row) => row.person_id === reader.personId || (ticketId !== null && row.ticket_id === ticketId),
  );
  return { ...form, files: mine.map(presentAttachment) };
}
