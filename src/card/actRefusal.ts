/** Refusals that name the act: whose it is, and what it needs. */
import type { Act } from '../flow/acts.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { partWords } from './partWords.ts';
import type { Fact } from './refusalBeside.ts';
import { WHOSE_ACT } from './whoseAct.ts';
import { ACT_WORDS, TASK_WORDS } from './words.ts';

/** Where the flow or the rule says whose it is, no admin could open it for anybody. */
export function notAllowed(fact: Fact): Words {
  const zh = doing(fact, 'zh') || '这样做';
  const en = doing(fact, 'en') || 'do that';
  if (fact('why') === 'step')
    return {
      zh: `这个流程在这一步不能${zh}。可以补充说明，或请流程管理员处理。`,
      en: `At this step the flow lets nobody ${en}. Add a comment, or ask the flow admin.`,
    };
  const act = fact('act');
  const whose = Object.hasOwn(ACT_WORDS, act) ? WHOSE_ACT[act as Act] : undefined;
  return whose
    ? {
        zh: `只有${whose.zh}可以${zh}。需要的话，请与对方联系。`,
        en: `Only ${whose.en} may ${en}. Ask them if it is needed.`,
      }
    : { zh: `您没有权限${zh}。需要的话，请联系管理员开通。`, en: `You may not ${en}. Ask an admin if you need to.` };
}

export function wordsNeeded(fact: Fact): Words {
  const act = fact('act');
  if (!Object.hasOwn(ACT_WORDS, act))
    return {
      zh: '请写一句说明，让对方知道原因，然后再操作一次。',
      en: 'Add a few words, so that others know why, and try again.',
    };
  const kind = Object.hasOwn(TASK_WORDS, fact('kind')) ? (fact('kind') as TaskKind) : null;
  const { zh, en } = partWords(act as Act, 'comment', kind);
  return { zh: `请填写「${zh}」，然后再操作一次。`, en: `Fill in “${en}”, and try again.` };
}

export function quoted(text: string, language: keyof Words): string {
  if (!text) return '';
  return language === 'zh' ? `「${text}」` : `“${text}”`;
}

export const actText = (fact: Fact, language: keyof Words): string => {
  const act = fact('act');
  const words = Object.hasOwn(ACT_WORDS, act) ? ACT_WORDS[act as Act] : null;
  return language === 'en' ? (words?.en.toLowerCase() ?? '') : (words?.zh ?? '');
};

function doing(fact: Fact, language: keyof Words): string {
  if (fact('act') === 'file' || fact('template'))
    return language === 'zh' ? `提交${quoted(fact('template'), 'zh') || '这类工单'}` : `file ${quoted(fact('template'), 'en') || 'this kind of ticket'}`; // prettier-ignore
  return actText(fact, language);
}
