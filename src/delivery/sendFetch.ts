/** Fetches a file that was sent in a chat, before the platform forgets it. The callback itself waits on no network. */
import { FileTooLarge, type Files } from '../store/files.ts';
import { MOST_BYTES } from '../ticket/attachments.ts';
import { FetchPayload } from '../ticket/outboxRow.ts';
import type { Claimed, Try } from './queue.ts';
import type { Sender, SenderParts } from './sender.ts';

export function makeFetchSender(parts: SenderParts, files: Files): Sender {
  const { queue, clock, workspaces } = parts;
  return async (row) => {
    const { attachmentId, mediaId } = FetchPayload.parse(JSON.parse(row.payload ?? '{}'));
    const workspace = workspaces.get(row.workspace_id ?? '');
    if (!workspace) return fail(parts, row, attachmentId, 'refused', 'the workspace is no longer configured', []);
    const at = clock();
    const tried = (code: string, result: string): Try => ({
      at,
      ms: clock() - at,
      call: 'media',
      code,
      result,
      platformId: null,
    });
    try {
      const media = await workspace.media(mediaId);
      const stored = await files.put(media.stream, MOST_BYTES);
      await parts.db.write((tx) =>
        tx.run(
          `UPDATE attachment SET state = 'stored', storage_key = ?, sha256 = ?, size = ?, mime = ?, name = COALESCE(?, name) WHERE id = ?`,
          [
            stored.key,
            stored.sha256,
            stored.size,
            media.mime.slice(0, 128),
            media.name?.slice(0, 255) ?? null,
            attachmentId,
          ],
        ),
      );
      await queue.settle(row, 'sent', [tried('0', 'sent')]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof FileTooLarge)
        return fail(parts, row, attachmentId, 'refused', 'larger than 50 MiB', [tried('size', 'dead')]);
      if (isGone(error)) return fail(parts, row, attachmentId, 'failed', reason, [tried('gone', 'dead')]);
      if (!(await queue.later(row, reason, [tried('error', 'later')]))) await mark(parts, attachmentId, 'failed');
    }
  };
}

const isGone = (error: unknown): boolean => error instanceof Error && 'gone' in error && error.gone === true;

async function fail(
  parts: SenderParts,
  row: Claimed,
  attachmentId: number,
  state: 'failed' | 'refused',
  because: string,
  tries: Try[],
) {
  await mark(parts, attachmentId, state);
  await parts.queue.bury(row, because, tries);
}

async function mark({ db }: SenderParts, attachmentId: number, state: 'failed' | 'refused'): Promise<void> {
  await db.write((tx) => tx.run('UPDATE attachment SET state = ? WHERE id = ?', [state, attachmentId]));
}
