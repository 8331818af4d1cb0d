/** What a sheet says about its act: what will happen, and who reads what is written. */
import type { Words } from '../../../lib/locale.ts';
import type { Act } from './kind.ts';
import type { ACT_PAGE_WORDS } from './words.ts';

/** What ends something, or leaves it out. */
export const ENDS: readonly Act[] = ['refuse', 'withdraw', 'skip', 'merge', 'duplicate', 'force_close'];

/** Where the name alone does not say what comes of it. */
export const ACT_HELP: Readonly<Partial<Record<Act, Words>>> = {
  retry: {
    zh: '这一步会重新执行；还不成功的话，会再请您决定。',
    en: 'The step is done once more. If it fails again, you are asked again.',
  },
  skip: {
    zh: '这一步不再执行，流程继续往下走；需要的结果请线下补上。',
    en: 'The flow goes on without this step: see to its result in some other way.',
  },
  release: { zh: '放回后，其他人可以受理。', en: 'Others can accept it then.' },
  delegate: {
    zh: '对方给出意见后回到您这里，由您决定。',
    en: 'They give an opinion; then it comes back, and you decide.',
  },
  split: {
    zh: '会另外提交一张关联的工单。不选流程和提报人，就和这张一样、由您提报。',
    en: 'One more ticket is filed and linked. Left open, its template is that of this one, and its requester is you.',
  },
  merge: {
    zh: '这张工单会结束，之后在并入的那张里处理。',
    en: 'This ticket ends, and the other one goes on for both.',
  },
  duplicate: {
    zh: '这张工单会结束，以另一张为准。',
    en: 'This ticket ends; the other one counts.',
  },
  withdraw: {
    zh: '撤回后流程结束，不能恢复；需要时可以重新提单。',
    en: 'Withdrawing ends the ticket for good; you can file again when you need it.',
  },
  re_resolve: {
    zh: '按流程的规则重新确定由谁处理；现在的待办会取消。',
    en: 'The flow’s rule is asked again for whose turn it is; the present task is cancelled.',
  },
  jump: {
    zh: '现在的待办会取消，从选定的环节继续。',
    en: 'The present tasks are cancelled, and the flow goes on at that step.',
  },
  force_close: {
    zh: '流程马上结束，没有完成的待办会取消。',
    en: 'The flow ends now, and open tasks are cancelled.',
  },
};

type Hint = 'reasonHint' | 'askHint' | 'noteHint';
/** Absent: it stands in the history, and asks nobody for anything. */
export const HINTS: Readonly<Partial<Record<Act, Hint & keyof typeof ACT_PAGE_WORDS>>> = {
  comment: 'noteHint',
  refuse: 'reasonHint',
  return: 'reasonHint',
  transfer: 'askHint',
  dispatch: 'askHint',
  add_sign: 'askHint',
  delegate: 'askHint',
  reassign: 'askHint',
};
