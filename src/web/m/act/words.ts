/** Texts around acts. */
import type { Words } from '../../../lib/locale.ts';

export const ACT_PAGE_WORDS = {
  done: { zh: '已提交：{0}', en: 'Done: {0}' },
  optional: { zh: '选填', en: 'optional' },
  reasonHint: { zh: '对方会看到，请写清楚下一步怎么做', en: 'They will read this: say what should happen next' },
  askHint: { zh: '对方会看到，请写清楚要他做什么', en: 'They will read this: say what you need of them' },
  noteSeen: { zh: '会写进处理记录，经办的人能看到', en: 'It stands in the history: those on this ticket can read it' },
  noteHint: { zh: '补充情况，或回答问题；经办的人都会看到', en: 'Add what is new; everybody on this ticket sees it' },
  moreActs: { zh: '更多操作', en: 'More' },
  choosePerson: { zh: '选择同事', en: 'Choose a person' },
  somebodyElse: { zh: '其他同事', en: 'Somebody else' },
  takeOff: { zh: '去掉{0}', en: 'Take {0} off' },
  ticketNumber: { zh: '如 IT-202611-0042', en: 'such as IT-202611-0042' },
  search: { zh: '查找', en: 'Search' },
  searchTicket: { zh: '标题里的词', en: 'Words of the title' },
  needPart: { zh: '请先填写“{0}”。', en: '{0}: please fill this in.' },
  givesUp: {
    zh: '退回到这里，其他并行环节已完成的 {0} 项工作要重新做。',
    en: 'Going back there gives up work that {0} people in other branches have finished: it is done again.',
  },
  needReason: { zh: '请填写{0}。', en: '{0}: please fill this in.' },
  addFiles: { zh: '附件', en: 'Files' },
  taskOf: { zh: '{0}（{1}）', en: '{0} ({1})' },
  whichTask: { zh: '您可以办理这张单上的多个待办，正在办理：', en: 'You can act on several tasks here. This one:' },
  notPossible: {
    zh: '这个操作现在不能做了：工单已经到了下一步。',
    en: 'This can’t be done any more: the ticket has moved on.',
  },
} as const satisfies Readonly<Record<string, Words>>;
