/** Files in and out. Their bytes are streamed both ways; whose they are is asked before the first byte. */
import { Refused, refuse } from '../../lib/refusal.ts';
import { FileMissing } from '../../store/files.ts';
import { addAttachment, attachmentRows, MOST_BYTES } from '../../ticket/attachments.ts';
import type { AttachmentRow } from '../../store/entity/ticket.ts';
import type { Handlers } from '../api.ts';
import type { Http } from '../parts.ts';
import { cleanName, isPicture, presentAttachment } from '../present/attachment.ts';
import { receiveFile } from './upload.ts';

export function attachmentHandlers({ db, files, tickets }: Http): Pick<Handlers, 'upload' | 'download'> {
  const rowOf = async (id: number): Promise<AttachmentRow> => {
    const [row] = await db.read((rows) => attachmentRows(rows, [id]));
    if (!row) throw new Refused(refuse('not_found'));
    return row;
  };
  /** A ticket's file is seen by those who see the ticket; any other by whoever brought it. */
  const mayRead = async (row: AttachmentRow, personId: number): Promise<boolean> => {
    if (row.ticket_id === null) return row.person_id === personId;
    try {
      await tickets.see(personId, row.ticket_id);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  };

  return {
    async upload({ ctx, caller }) {
      const { name, mime, stored } = await receiveFile(ctx, files, MOST_BYTES);
      const attachment = {
        personId: caller.personId,
        draftId: null,
        name: cleanName(name),
        mime,
        stored,
        source: null,
      };
      const id = await db.write((tx) => addAttachment(tx, attachment));
      return presentAttachment(await rowOf(id));
    },

    async download({ ctx, params, caller }) {
      const row = await rowOf(params.id);
      if (row.storage_key === null || !(await mayRead(row, caller.personId))) throw new Refused(refuse('not_found'));
      const bytes = await files.get(row.storage_key).catch((error: unknown) => {
        throw error instanceof FileMissing ? new Refused(refuse('not_found')) : error;
      });
      const shown = isPicture(row.mime);
      const name = encodeURIComponent(row.name ?? 'file').replace(
        /['()*]/g,
        (char) => `%${char.charCodeAt(0).toString(16)}`,
      );
      ctx.set({
        'content-type': shown && row.mime ? row.mime : 'application/octet-stream',
        'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, max-age=86400, immutable',
        'cross-origin-resource-policy': 'same-origin',
      });
      if (row.size !== null) ctx.length = row.size;
      ctx.body = bytes;
      return undefined;
    },
  };
}
