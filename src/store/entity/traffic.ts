/** What came in and what must go out. */
import { autoId, int, key, long, orNull, ref, type RowOf, time, word } from './columns.ts';

/** One row per command that was accepted: a redelivered callback finds it and gets its answer. */
export const inbox = {
  source: key(word(96)),
  msg_key: key(word(191)),
  part: key(word(64)),
  ticket_id: orNull(ref),
  received_at: time,
  answer: orNull(long),
};

/** `due_at` null: settled. Claimed by moving `due_at` 30 s on and raising `fence`. */
export const outbox = {
  id: autoId,
  kind: word(16),
  class: word(8),
  resend: word(20),
  lane: word(191),
  card_id: orNull(ref),
  ticket_id: orNull(ref),
  workspace_id: orNull(word(64)),
  payload: orNull(long),
  made_at: time,
  due_at: orNull(time),
  attempts: int,
  fence: int,
  state: word(12),
  dead_at: orNull(time),
  error: orNull(long),
};
export type OutboxRow = RowOf<typeof outbox>;

/** One call to a platform. With the settled outbox rows, the ledger. */
export const deliveryTry = {
  id: autoId,
  outbox_id: ref,
  at: time,
  ms: int,
  api_call: word(64),
  platform_code: orNull(word(64)),
  result: word(32),
  platform_id: orNull(word(191)),
};

/** One person's view of a ticket or draft; `gen` rises with each new sending. Versions are a ticket's, or a draft's time. */
export const card = {
  id: autoId,
  ticket_id: orNull(ref),
  draft_id: orNull(ref),
  workspace_id: word(64),
  receiver: word(191),
  role: word(32),
  gen: int,
  platform_key: orNull(word(128)),
  message_id: orNull(word(191)),
  want_version: ref,
  shown_version: orNull(ref),
  shown_by: orNull(word(12)),
  state: word(12),
};
export type CardRow = RowOf<typeof card>;

/** Single-use update codes of WeCom cards. `spent_at` commits before the call. */
export const cardCode = {
  id: autoId,
  card_id: ref,
  workspace_id: word(64),
  code: word(191),
  origin: word(8),
  got_at: time,
  until: time,
  spent_at: orNull(time),
  outbox_id: orNull(ref),
};

/** Which ticket a message was about, for quoted replies. */
export const messageRef = {
  workspace_id: key(word(64)),
  platform_id: key(word(191)),
  ticket_id: orNull(ref),
  card_id: orNull(ref),
};

/** Calls used in a month or day. Seconds are counted in the cache. */
export const budget = { workspace_id: key(word(64)), scope: key(word(96)), period: key(word(32)), used: int };

export const lease = { name: key(word(128)), owner: orNull(word(128)), until: time, fence: int };
