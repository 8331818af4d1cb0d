/** The product's words for states and acts, the same on cards, pages and in the API's texts (`contract.md`, "Words"). */
import type { Act } from '../flow/acts.ts';
import type { Outcome, PauseReason, Status, TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';

export const STATUS_WORDS: Readonly<Record<Status, Words>> = {
  pending: { zh: '待受理', en: 'Pending' },
  processing: { zh: '处理中', en: 'Processing' },
  approving: { zh: '审批中', en: 'Approving' },
  confirming: { zh: '待确认', en: 'To confirm' },
  returned: { zh: '待修改', en: 'Returned' },
  suspended: { zh: '挂起', en: 'Suspended' },
  closed: { zh: '已关闭', en: 'Closed' },
  refused: { zh: '已拒绝', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  confirmed: { zh: '已确认解决', en: 'Confirmed as solved' },
  auto_closed: { zh: '到期自动关闭', en: 'Closed after no answer' },
  approved: { zh: '审批通过', en: 'Approved' },
  refused: { zh: '未通过', en: 'Refused' },
  withdrawn: { zh: '提报人撤回', en: 'Withdrawn by the requester' },
  merged: { zh: '并入其他工单', en: 'Merged into another ticket' },
  duplicate: { zh: '重复工单', en: 'Duplicate' },
  no_reply: { zh: '提报人未回复', en: 'No reply from the requester' },
  forced: { zh: '管理员关闭', en: 'Closed by an admin' },
  done: { zh: '已完成', en: 'Done' },
};

export const PAUSE_WORDS: Readonly<Record<PauseReason, Words>> = {
  waiting_requester: { zh: '等提报人答复', en: 'waiting for the requester' },
  waiting_vendor: { zh: '等供应商', en: 'waiting for a vendor' },
  waiting_approval: { zh: '等审批', en: 'waiting for an approval' },
  scheduled: { zh: '约定时间再处理', en: 'scheduled for later' },
};

export const TASK_WORDS: Readonly<Record<TaskKind, Words>> = {
  handle: { zh: '待处理', en: 'To handle' },
  approve: { zh: '待审批', en: 'To approve' },
  confirm: { zh: '待确认', en: 'To confirm' },
  edit: { zh: '待修改', en: 'To correct' },
  rescue: { zh: '待排查', en: 'To look into' },
  dispatch: { zh: '待分派', en: 'To dispatch' },
  advise: { zh: '待答复', en: 'To answer' },
};

export const ACT_WORDS: Readonly<Record<Act, Words>> = {
  claim: { zh: '受理', en: 'Accept' },
  accept: { zh: '受理', en: 'Accept' },
  release: { zh: '放回', en: 'Give back' },
  dispatch: { zh: '分派', en: 'Dispatch' },
  complete: { zh: '完成', en: 'Complete' },
  agree: { zh: '同意', en: 'Agree' },
  refuse: { zh: '拒绝', en: 'Refuse' },
  return: { zh: '退回', en: 'Return' },
  transfer: { zh: '转交', en: 'Transfer' },
  submit: { zh: '重新提交', en: 'Resubmit' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  cc: { zh: '抄送', en: 'Copy to' },
  urge: { zh: '催办', en: 'Urge' },
  take_back: { zh: '拿回', en: 'Take back' },
  comment: { zh: '补充说明', en: 'Comment' },
  retry: { zh: '重试', en: 'Try again' },
  skip: { zh: '跳过', en: 'Skip' },
  add_sign: { zh: '加签', en: 'Add people' },
  remove_sign: { zh: '减签', en: 'Take people off' },
  delegate: { zh: '委托', en: 'Ask for an opinion' },
  advise: { zh: '答复', en: 'Answer' },
  pause: { zh: '挂起', en: 'Suspend' },
  resume: { zh: '恢复处理', en: 'Resume' },
  reopen: { zh: '重开', en: 'Reopen' },
  merge: { zh: '并入其他工单', en: 'Merge into another ticket' },
  duplicate: { zh: '标记为重复', en: 'Mark as duplicate' },
  split: { zh: '拆出子工单', en: 'Split off a ticket' },
  recategorize: { zh: '改分类', en: 'Change category' },
  reprioritize: { zh: '改紧急程度', en: 'Change urgency' },
  jump: { zh: '跳转环节', en: 'Jump to a step' },
  force_close: { zh: '强制关闭', en: 'Force close' },
  reassign: { zh: '改派', en: 'Reassign' },
  re_resolve: { zh: '重新找人', en: 'Ask the rule again' },
};

/** What is over, filed once more. */
export const AGAIN_WORDS: Words = { zh: '再次提交', en: 'Submit again' };

/** The requester does not approve: they say whether it is solved. */
const CONFIRM: Readonly<Partial<Record<Act, Words>>> = {
  agree: { zh: '已解决', en: 'Solved' },
  refuse: { zh: '未解决', en: 'Not solved' },
};

/** @param kind  of the task; null: an act on the ticket as a whole */
export const actWords = (act: Act, kind: TaskKind | null): Words =>
  (kind === 'confirm' ? CONFIRM[act] : undefined) ?? ACT_WORDS[act];
