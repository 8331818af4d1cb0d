/** Tickets, what people must do about them, and what happened. `fold(events) == ticket`. */
import { autoId, flag, int, key, long, orNull, ref, type RowOf, time, word } from './columns.ts';

/** `id` comes from the process's block, before the flow's step. */
export const ticket = {
  id: key(ref),
  number: word(64),
  template_key: word(64),
  template_version: int,
  home_workspace: word(64),
  requester_id: ref,
  filer_id: ref,
  assignee_id: orNull(ref),
  title: word(255),
  urgency: orNull(word(32)),
  category: orNull(word(255)),
  status: word(16),
  outcome: orNull(word(64)),
  filed_at: time,
  first_response_at: orNull(time),
  resolved_at: orNull(time),
  closed_at: orNull(time),
  version: int,
  last_seq: int,
  last_hash: word(64),
  state: long,
  field_values: long,
};
export type TicketRow = RowOf<typeof ticket>;

/** `assignee_id` null: a pool, open to its candidates. */
export const task = {
  ticket_id: key(ref),
  n: key(int),
  node: word(64),
  visit: int,
  kind: word(16),
  state: word(24),
  ord: int,
  assignee_id: orNull(ref),
  opened_at: orNull(time),
  accepted_at: orNull(time),
  done_at: orNull(time),
  version: int,
  data: orNull(long),
};
export type TaskRow = RowOf<typeof task>;

export const taskPerson = {
  ticket_id: key(ref),
  task_n: key(int),
  person_id: key(ref),
  role: word(16),
  open: flag,
};
export type TaskPersonRow = RowOf<typeof taskPerson>;

/** `body` is canonical JSON; `hash` = sha256(previous hash ‖ body). */
export const event = {
  id: autoId,
  ticket_id: ref,
  seq: int,
  at: time,
  type: word(32),
  actor_id: orNull(ref),
  body: long,
  hash: word(64),
};
export type EventRow = RowOf<typeof event>;

/** What can be erased; events hold its salted digest. */
export const ticketValue = {
  ticket_id: key(ref),
  n: key(int),
  salt: orNull(word(64)),
  body: orNull(long),
  erased_at: orNull(time),
};
export type TicketValueRow = RowOf<typeof ticketValue>;

/** Whom a ticket was shown to, beside those whose it is. */
export const ticketCc = { person_id: key(ref), ticket_id: key(ref) };

/** The one ticket that was filed in the place of another one. */
export const ticketAgain = { ticket_id: key(ref), again_id: ref };

/** `due_at` null: done. Claimed like the outbox. */
export const timer = {
  id: autoId,
  ticket_id: ref,
  timer_key: word(128),
  kind: word(32),
  due_at: orNull(time),
  fence: int,
  body: orNull(long),
};

export type TimerRow = RowOf<typeof timer>;

/** Of a ticket or, before filing, of a draft. `name` is null once erased. */
export const attachment = {
  id: autoId,
  ticket_id: orNull(ref),
  draft_id: orNull(ref),
  person_id: orNull(ref),
  name: orNull(word(255)),
  sha256: orNull(word(64)),
  size: orNull(ref),
  mime: orNull(word(128)),
  storage_key: orNull(word(128)),
  state: word(16),
  source: orNull(long),
  source_until: orNull(time),
};
export type AttachmentRow = RowOf<typeof attachment>;

/** Bigrams of titles: `lib/bigram.ts`. */
export const docGram = { gram: key(word(12)), id: key(ref) };

/** The next free number of a scope; taken in blocks, in a transaction of its own. */
export const block = { scope: key(word(128)), next: ref };
