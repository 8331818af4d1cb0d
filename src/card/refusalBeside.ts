/** Refusals of what is done beside the flow: to urge, to copy, to take back, many at once. */
import type { Words } from '../lib/locale.ts';

/** A fact as text; `''` when it is not there. */
export type Fact = (name: string) => string;
export interface Wording {
  readonly title: Words;
  readonly text: (fact: Fact) => Words;
}
export const always = (zh: string, en: string) => (): Words => ({ zh, en });

type Beside = 'too_late_to_take_back' | 'urged_lately' | 'already_copied' | 'cc_limit' | 'not_in_bulk';

export const BESIDE: Readonly<Record<Beside, Wording>> = {
  too_late_to_take_back: {
    title: { zh: '拿不回了', en: 'Too late to take back' },
    text: always(
      '拿不回了：已超过时限，或之后已有人操作，或流程已执行外部动作。要改的话请联系现在的处理人。',
      'It can’t be taken back: the time is over, somebody has acted since, or something was done outside. Ask whoever has it now.',
    ),
  },
  urged_lately: {
    title: { zh: '刚催过了', en: 'Urged a moment ago' },
    text: (fact) => ({
      zh: `刚催过了：同一待办 30 分钟内催一次，一天最多 5 次。${fact('again') || '过一会儿'}以后可以再催。`,
      en: `It was urged a moment ago: once in 30 minutes, five times a day. Do it again ${fact('again') ? `from ${fact('again')} on` : 'later'}.`,
    }),
  },
  already_copied: {
    title: { zh: '已经抄送过', en: 'Copied already' },
    text: (fact) => ({
      zh: `已经抄送过${fact('person') || '这些人'}，之后内容没有变化，没有再发。`,
      en: `It was copied to ${fact('person') || 'these people'} already, and nothing has changed since: it was not sent again.`,
    }),
  },
  cc_limit: {
    title: { zh: '抄送人太多', en: 'Too many people' },
    text: (fact) => ({
      zh: `一张工单最多抄送 ${fact('limit') || '50'} 人，${fact('over') ? `还多出 ${fact('over')} 人，` : ''}请减少后再试。`,
      en: `A ticket is copied to ${fact('limit') || '50'} people at most${fact('over') ? `, and this is ${fact('over')} too many` : ''}: choose fewer.`,
    }),
  },
  not_in_bulk: {
    title: { zh: '需要单独处理', en: 'Not in one go' },
    text: (fact) => ({
      zh: `${fact('step') ? `「${fact('step')}」` : '这一步'}需要填写内容或是控制节点，不能批量同意，请打开工单单独处理。`,
      en: `${fact('step') ? `“${fact('step')}”` : 'This step'} asks for something to be filled in, or is a control step: open the ticket and agree to it there.`,
    }),
  },
};
