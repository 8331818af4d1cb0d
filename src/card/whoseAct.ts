/** Whose business an act is, in words. The rule itself is the guard's (`flow/guard.ts`). */
import type { Act } from '../flow/acts.ts';
import type { Words } from '../lib/locale.ts';

const REQUESTER = { zh: '提报人', en: 'the requester' };
const ADMIN = { zh: '流程管理员', en: 'the flow admin' };
const SUPERVISES = { zh: '提报人、其直属上级和流程管理员', en: 'the requester, who manages them, and the flow admin' };
const SORTS = { zh: '正在处理的人、派单员和流程管理员', en: 'whoever works on it, a dispatcher, and the flow admin' };
const TAKES_PART = { zh: '提报人和经办过的人', en: 'the requester and those who worked on it' };

export const WHOSE_ACT: Readonly<Partial<Record<Act, Words>>> = {
  withdraw: REQUESTER,
  urge: SUPERVISES,
  resume: { zh: '正在处理的人和流程管理员', en: 'whoever works on it, and the flow admin' },
  reopen: { zh: '提报人和流程管理员', en: 'the requester and the flow admin' },
  merge: SORTS,
  duplicate: SORTS,
  recategorize: SORTS,
  reprioritize: SORTS,
  comment: { zh: '提报人、派单员和经办过的人', en: 'the requester, a dispatcher and those who worked on it' },
  cc: TAKES_PART,
  take_back: TAKES_PART,
  jump: ADMIN,
  force_close: ADMIN,
  reassign: ADMIN,
  re_resolve: ADMIN,
};
