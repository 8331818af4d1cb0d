/** Pictures and files sent in a chat become attachments: of the draft that is open, else of the ticket just talked about. */
import { askText } from '../card/askText.ts';
import { isOver } from '../flow/ticket.ts';
import type { MediaRef } from '../workspace/port.ts';
import { addAttachment } from '../ticket/attachments.ts';
import { type Draft, lockDraft, saveDraft } from '../ticket/drafts.ts';
import { fetchRow, outboxPart } from '../ticket/outboxRow.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import { cardFollows, openDraft, templateOf } from './filing.ts';
import { say, type Said, type Talk } from './talk.ts';

const MIME: Readonly<Record<MediaRef['kind'], string>> = {
  image: 'image/jpeg',
  voice: 'audio/amr',
  video: 'video/mp4',
  file: 'application/octet-stream',
};

export async function takeMedia(talk: Talk, media: MediaRef): Promise<Said> {
  if (media.kind === 'voice' || media.kind === 'video') return say(talk, [askText.notAMedia]);
  const open = await openDraft(talk);
  const draft = open && (await lockDraft(talk.tx, open.id, talk.now));
  if (draft?.open) return toDraft(talk, draft, media);
  return (await toTicket(talk, media)) ?? say(talk, [askText.fileForNothing]);
}

/** Pictures that stood between the words: they belong to what the words began. */
export async function withPictures(talk: Talk, said: Said, pictures: readonly MediaRef[] = []): Promise<Said> {
  let parts = said.parts ?? [];
  for (const picture of pictures) {
    const taken = await takeMedia(talk, picture);
    parts = [...parts, ...(taken.parts ?? [])];
  }
  return pictures.length === 0 ? said : { ...said, parts };
}

async function toDraft(talk: Talk, draft: Draft, media: MediaRef): Promise<Said> {
  const template = await templateOf(talk, draft);
  const field = template.form.find(({ type, readonly }) => type === 'attachment' && !readonly);
  if (!field) return say(talk, [askText.noFileField(template.name)]);
  const files = (draft.values[field.id] ?? []) as readonly number[];
  if (field.max !== null && files.length >= field.max) return say(talk, [askText.tooManyFiles(field.label, field.max)]);
  const { id, parts } = await keep(talk, media, draft.id);
  await saveDraft(talk.tx, draft, { ...draft.values, [field.id]: [...files, id] }, talk.now);
  const more = [...parts, ...cardFollows(talk, draft)];
  return say(talk, [askText.fileForDraft(files.length + 1)], { parts: more });
}

async function toTicket(talk: Talk, media: MediaRef): Promise<Said | null> {
  const { lastTicketId } = talk.conversation;
  const stored = lastTicketId === null ? null : await loadTicket(talk.tx, lastTicketId);
  if (!stored || isOver(stored.ticket.status)) return null;
  const { id, parts } = await keep(talk, media, null);
  const comment = { type: 'comment' as const, by: talk.person.id, comment: '', files: [id] };
  const done = await talk.commands.act(talk.tx, stored.ticket.id, comment);
  return say(talk, [askText.fileForTicket(stored.ticket.number)], {
    parts: [...done.parts, ...parts],
    ticketId: stored.ticket.id,
  });
}

async function keep(talk: Talk, media: MediaRef, draftId: number | null) {
  const { workspace } = talk.event;
  const id = await addAttachment(talk.tx, {
    personId: talk.person.id,
    draftId,
    name: media.name ?? `${talk.locale === 'en' ? 'picture' : '图片'}-${talk.now}.jpg`,
    mime: MIME[media.kind],
    stored: null,
    source: { workspace, mediaId: media.id, until: media.until },
  });
  talk.tx.afterCommit(talk.wake);
  return { id, parts: [outboxPart([fetchRow(id, workspace, media.id, talk.now)])] };
}
