/** Texts around acts. */
import type { Words } from '../../../lib/locale.ts';

export const ACT_PAGE_WORDS = {
  done: { zh: '已提交：{0}', en: 'Done: {0}' },
  reasonOfRefuse: { zh: '拒绝理由', en: 'Reason' },
  reasonOfUnsolved: { zh: '哪里没有解决', en: 'What is not solved' },
  reasonOfReturn: { zh: '退回原因', en: 'Why it goes back' },
  reasonOfWithdraw: { zh: '撤回原因', en: 'Why you withdraw it' },
  noteOfTransfer: { zh: '转交说明', en: 'Note for the next person' },
  note: { zh: '补充说明', en: 'Comment' },
  optional: { zh: '选填', en: 'optional' },
  reasonHint: { zh: '对方会看到，请写清楚下一步怎么做', en: 'They will read this: say what should happen next' },
  withdrawHint: { zh: '经办的人会看到', en: 'Those who work on it will read this' },
  noteHint: { zh: '补充情况，或回答问题；经办的人都会看到', en: 'Add what is new; everybody on this ticket sees it' },
  returnTo: { zh: '退回到', en: 'Back to' },
  transferTo: { zh: '转交给', en: 'Transfer to' },
  choosePerson: { zh: '选择同事', en: 'Choose a person' },
  needPerson: { zh: '请选择转交给谁。', en: 'Choose whom to transfer it to.' },
  needTarget: { zh: '请选择退回到哪一步。', en: 'Choose where it goes back to.' },
  needReason: { zh: '请填写{0}。', en: '{0}: please fill this in.' },
  addFiles: { zh: '附件', en: 'Files' },
  withdrawHow: {
    zh: '撤回后流程结束，不能恢复；需要时可以重新提单。',
    en: 'Withdrawing ends the ticket for good; you can file again when you need it.',
  },
  whichTask: { zh: '您在这张单上有多个待办，正在办理：', en: 'You have several tasks here. This one:' },
  notPossible: {
    zh: '这个操作现在不能做了：工单已经到了下一步。',
    en: 'This can’t be done any more: the ticket has moved on.',
  },
} as const satisfies Readonly<Record<string, Words>>;
