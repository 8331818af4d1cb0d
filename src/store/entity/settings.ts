/** Settings, templates, and who may come in. */
import { autoId, int, key, long, orNull, ref, time, word } from './columns.ts';

/** `current_key` equals `name` on the version in force, else null. */
export const setting = {
  kind: key(word(16)),
  name: key(word(128)),
  version: key(int),
  body: long,
  secret: orNull(long),
  current_key: orNull(word(128)),
};

export const template = {
  template_key: key(word(64)),
  published_version: orNull(int),
  candidate_version: orNull(int),
  candidate_for: orNull(long),
};

export const templateVersion = {
  template_key: key(word(64)),
  version: key(int),
  text: long,
  sha256: word(64),
  origin: word(32),
  made_by: orNull(ref),
  at: time,
};

export const finding = {
  id: autoId,
  template_key: word(64),
  version: int,
  code: word(64),
  line: int,
  col: int,
  severity: word(12),
  body: long,
};

export const session = {
  token_hash: key(word(64)),
  person_id: ref,
  workspace_id: orNull(word(64)),
  made_at: time,
  seen_at: time,
  until: time,
  revoked_at: orNull(time),
};

export const apiToken = {
  id: autoId,
  hash: word(64),
  person_id: ref,
  scopes: long,
  until: orNull(time),
  revoked_at: orNull(time),
};

export const loginLink = { hash: key(word(64)), purpose: word(32), until: time, used_at: orNull(time) };

/** Chained per stream, like a ticket's events. */
export const audit = {
  stream: key(word(64)),
  seq: key(int),
  at: time,
  actor: orNull(word(191)),
  act: word(64),
  body: long,
  hash: word(64),
};
