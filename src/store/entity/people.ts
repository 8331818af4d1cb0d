/** People, their identities in the workspaces, and who leads whom. */
import { autoId, flag, int, key, long, orNull, ref, type RowOf, time, word } from './columns.ts';

/** `mobile` is encrypted (secretBox); `mobile_digest` finds it. */
export const person = {
  id: autoId,
  name: word(128),
  mail: orNull(word(254)),
  mobile: orNull(word(512)),
  mobile_digest: orNull(word(64)),
  home_workspace: orNull(word(64)),
  locale: orNull(word(8)),
  state: word(16),
  merged_into: orNull(ref),
};
export type PersonRow = RowOf<typeof person>;

/** `account` is the key (lower-cased on WeCom), `account_verbatim` what the platform wrote. */
export const identity = {
  id: autoId,
  workspace_id: word(64),
  account: word(191),
  account_verbatim: word(191),
  union_id: orNull(word(191)),
  person_id: ref,
  left_at: orNull(time),
};
export type IdentityRow = RowOf<typeof identity>;

export const department = {
  workspace_id: key(word(64)),
  dept_key: key(word(64)),
  parent: orNull(word(64)),
  name: word(255),
  path: orNull(word(1024)),
};
export type DepartmentRow = RowOf<typeof department>;

export const member = {
  workspace_id: key(word(64)),
  dept_key: key(word(64)),
  identity_id: key(ref),
  is_head: flag,
  /** Place among the person's departments, 0 the main one; null: leads it without being in it. */
  ord: orNull(int),
};
export type MemberRow = RowOf<typeof member>;

export const manager = { identity_id: key(ref), n: key(int), manager_identity_id: ref };
export type ManagerRow = RowOf<typeof manager>;

/** Somebody acts for somebody else, from `from_at` until before `until_at`. */
export const substitute = {
  id: autoId,
  person_id: ref,
  substitute_id: ref,
  from_at: time,
  until_at: time,
  /** JSON list of template keys; null: all. */
  templates: orNull(long),
  made_by: ref,
  made_at: time,
  revoked_at: orNull(time),
  /** When both were told that it began. */
  began_told_at: orNull(time),
  /** When it was put away: it is over, and whoever had to be told was told. */
  over_at: orNull(time),
};
export type SubstituteRow = RowOf<typeof substitute>;

/** Who takes over from a person who leaves. A table of its own: it is ours, `person` is the platforms'. `made_by` 0: the command line. */
export const successor = { person_id: key(ref), successor_id: ref, made_by: ref, made_at: time };
export type SuccessorRow = RowOf<typeof successor>;

/** One row, id 1: raised in every transaction that changes people, departments, roles or rotas. */
export const directory = { id: key(int), revision: ref };
