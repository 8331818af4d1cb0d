/** What the parts of an act are called, the same on cards, pages and in the API's texts. */
import type { Act, Part } from '../flow/acts.ts';
import type { Words } from '../lib/locale.ts';

const LABELS: Readonly<Record<Part, Words>> = {
  to: { zh: '环节', en: 'Step' },
  person: { zh: '人员', en: 'Person' },
  people: { zh: '人员', en: 'People' },
  other: { zh: '工单编号', en: 'Ticket number' },
  category: { zh: '分类', en: 'Category' },
  urgency: { zh: '紧急程度', en: 'Urgency' },
  how: { zh: '方式', en: 'How' },
  reason: { zh: '原因', en: 'Reason' },
  until: { zh: '到什么时候', en: 'Until when' },
  then: { zh: '重新提交后', en: 'When it comes back' },
  again: { zh: '重新分派', en: 'Dispatch again' },
  values: { zh: '表单', en: 'Form' },
  comment: { zh: '说明', en: 'Comment' },
  files: { zh: '附件', en: 'Files' },
};

/** Where a part has a better name with this act. */
const OWN: Readonly<Partial<Record<`${Act}.${Part}`, Words>>> = {
  'return.to': { zh: '退回到', en: 'Return to' },
  'dispatch.person': { zh: '派给', en: 'Who handles it' },
  'transfer.person': { zh: '转交给', en: 'Transfer to' },
};

export const partWords = (act: Act, part: Part): Words => OWN[`${act}.${part}`] ?? LABELS[part];
