/** What is being asked of whom, and what was typed so far. */
import { autoId, int, key, long, orNull, ref, type RowOf, time, word } from './columns.ts';

/**
 * `open_key` is person:workspace:chat while open, null when done: one open draft each. `requester_id` null: for the
 * person themselves. `follows_*`: the ticket in whose place it will be filed.
 */
export const draft = {
  id: autoId,
  person_id: ref,
  workspace_id: word(64),
  chat: word(191),
  template_key: word(64),
  template_version: int,
  field_values: long,
  updated_at: time,
  filed_as: orNull(ref),
  requester_id: orNull(ref),
  follows_id: orNull(ref),
  follows_number: orNull(word(64)),
  open_key: orNull(word(288)),
};
export type DraftRow = RowOf<typeof draft>;

export const conversation = {
  workspace_id: key(word(64)),
  identity_id: key(ref),
  chat: key(word(191)),
  awaiting: orNull(long),
  last_ticket_id: orNull(ref),
  until: orNull(time),
};
