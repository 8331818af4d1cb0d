/** A draft becomes a ticket, in one transaction: the one way for chat and pages alike. */
import { groupOf } from '../lib/chat.ts';
import type { Tx } from '../store/database.ts';
import type { Commanded, Commands } from './commands.ts';
import { closeDraft, type Draft } from './drafts.ts';

/**
 * Files it for its requester, under the template's version with which it was begun, and closes it. What its card
 * shows then is the caller's to say.
 * @throws Refused as `Commands.file`; then the draft stays open
 */
export async function fileDraft(tx: Tx, commands: Commands, draft: Draft): Promise<Commanded> {
  const { key, version } = draft.template;
  const { workspace, chat } = draft;
  const done = await commands.file(tx, {
    by: draft.personId,
    requesterId: draft.requesterId,
    templateKey: key,
    templateVersion: version,
    values: draft.values,
    ...(draft.follows ? { follows: draft.follows.ticketId } : {}),
    ...(groupOf(chat) === null ? {} : { group: { workspace, chat } }),
  });
  await closeDraft(tx, draft.id, done.step.ticket.id);
  return done;
}
