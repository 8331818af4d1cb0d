/** Fetches a file that was sent in a chat, before the platform forgets it. The callback itself waits on no network. */
import { FileTooLarge, type Files } from '../store/files.ts';
import { undelivered } from '../card/undelivered.ts';
import { inWords } from '../lib/locale.ts';
import { attachmentRows, MOST_BYTES } from '../ticket/attachments.ts';
import { FetchPayload, outboxPart, sayRow } from '../ticket/outboxRow.ts';
import { type Claimed, LEASE_MS, type Try } from './queue.ts';
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
      const stored = await keeping(parts, row, () => files.put(media.stream, MOST_BYTES));
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
      if (!(await queue.later(row, reason, [tried('error', 'later')]))) await mark(parts, row, attachmentId, 'failed');
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
  await mark(parts, row, attachmentId, state);
  await parts.queue.bury(row, because, tries);
}

/** Whoever sent it was told that it had come, so they are told that it was not taken, in the chat where they are reached. */
async function mark(
  { db, clock, directory }: SenderParts,
  row: Claimed,
  attachmentId: number,
  state: 'failed' | 'refused',
): Promise<void> {
  await db.write(async (tx) => {
    await tx.run('UPDATE attachment SET state = ? WHERE id = ?', [state, attachmentId]);
    const [file] = await attachmentRows(tx, [attachmentId]);
    const person = directory().people.get(file?.person_id ?? 0);
    const place = person?.places.find(({ workspace }) => workspace === row.workspace_id);
    if (!file || !person || !place) return;
    const name = file.name ?? '';
    const words = state === 'refused' ? undelivered.tooLarge(name, MOST_BYTES / MIB) : undelivered.lost(name);
    const said = { chat: place.account, text: inWords(words, person.locale ?? 'zh-CN') };
    await tx.insertAll([outboxPart([sayRow(place.workspace, said, clock())])]);
  });
}

const MIB = 1024 * 1024;
/** A large file on a slow line takes longer than a lease. */
const KEEP_MS = LEASE_MS / 3;

async function keeping<T>({ queue, log }: SenderParts, row: Claimed, work: () => Promise<T>): Promise<T> {
  let kept = Promise.resolve();
  const keep = () => {
    kept = kept
      .then(() => queue.keep(row))
      .catch((error: unknown) => log.warn('a lease could not be kept', { outbox: row.id, error }));
  };
  const timer = setInterval(keep, KEEP_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await kept;
  }
}
