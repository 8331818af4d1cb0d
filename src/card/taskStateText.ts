/** How a task stands or ended, in a word. */
import type { TaskKind, TaskState } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';

const STATES: Readonly<Record<TaskState, Words>> = {
  waiting: { zh: '还没轮到', en: 'Not yet' },
  delegated: { zh: '等待意见', en: 'Waiting for an opinion' },
  open: { zh: '进行中', en: 'Open' },
  'done:complete': { zh: '已完成', en: 'Completed' },
  'done:agree': { zh: '已同意', en: 'Agreed' },
  'done:refuse': { zh: '已拒绝', en: 'Refused' },
  'done:returned': { zh: '已退回', en: 'Returned' },
  'done:submit': { zh: '已重新提交', en: 'Resubmitted' },
  'done:retry': { zh: '已重试', en: 'Tried again' },
  'done:skip': { zh: '已跳过', en: 'Skipped' },
  'done:dispatch': { zh: '已分派', en: 'Dispatched' },
  'done:advise': { zh: '已答复', en: 'Answered' },
  removed: { zh: '已取消加签', en: 'Taken off' },
  closed: { zh: '无需处理', en: 'Not needed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};
/** A confirmation is answered in other words. */
const CONFIRM: Readonly<Partial<Record<TaskState, Words>>> = {
  'done:agree': { zh: '已解决', en: 'Solved' },
  'done:refuse': { zh: '没有解决', en: 'Not solved' },
};

export const taskStateText = (kind: TaskKind, state: TaskState, locale: Locale): string =>
  inWords((kind === 'confirm' && CONFIRM[state]) || STATES[state], locale);
