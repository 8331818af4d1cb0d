/** Statuses by the names that templates may use, as `contract.md` lists them. */
import { type Status, STATUSES } from './ticket.ts';

export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  pending: '待受理',
  processing: '处理中',
  approving: '审批中',
  confirming: '待确认',
  returned: '待修改',
  suspended: '挂起',
  closed: '已关闭',
  refused: '已拒绝',
  withdrawn: '已撤回',
};

/** The code of a status written in Chinese or as its code; null when there is none. */
export const statusOf = (text: string): Status | null =>
  STATUSES.find((status) => status === text || STATUS_NAMES[status] === text) ?? null;
