/** What people are told about a ticket's pauses, about its second life, and about other tickets. */
import type { Notice } from '../flow/command.ts';
import type { PersonId } from '../flow/directory.ts';
import type { Words } from '../lib/locale.ts';
import { unreachable } from '../lib/unreachable.ts';
import { cutText } from './cutText.ts';
import { tight } from './tight.ts';
import { OUTCOME_WORDS, PAUSE_WORDS } from './words.ts';

const KINDS = [
  ...(['paused', 'unanswered', 'resumed', 'reopened', 'linked', 'follow_here'] as const),
  ...(['recategorized', 'reprioritized', 'child_over', 'child_undone', 'handed_over'] as const),
] as const;
type LifeNotice = Extract<Notice, { kind: (typeof KINDS)[number] }>;

export const isLifeNotice = (notice: Notice): notice is LifeNotice =>
  (KINDS as readonly string[]).includes(notice.kind);

const SAID = 500;

interface Named extends Words {
  readonly number: string;
}

/** @param of the ticket, in both languages */
export function lifeWords(notice: LifeNotice, of: Named, names: (id: PersonId) => string): Words {
  const { zh, en } = of;
  const said = (text: string, end: string) => (text.trim() ? `：\n${cutText(text.trim(), SAID)}` : end);
  switch (notice.kind) {
    case 'paused':
      return pausedWords(notice, of, names(notice.by));
    case 'unanswered':
      return unanswered(of);
    case 'resumed':
      return RESUMED[notice.because]({ zh, en });
    case 'reopened':
      return {
        zh: `${tight(`${names(notice.by)} 重开了`)} ${zh}${said(notice.text, '。')}`,
        en: `${names(notice.by)} reopened ${en}${said(notice.text, '.')}`,
      };
    case 'linked':
      return notice.as === 'merged_from'
        ? { zh: `${notice.number} 已并入 ${zh}，请一起处理。`, en: `${notice.number} was merged into ${en}: please deal with both.` } // prettier-ignore
        : {
            zh: `${notice.number} 与 ${zh}重复，已关闭。`,
            en: `${notice.number} is a duplicate of ${en}, and was closed.`,
          };
    case 'follow_here':
      return {
        zh: `您的工单 ${notice.number} 已转到 ${zh}，请在那里查看进展。`,
        en: `Your ticket ${notice.number} goes on as ${en}: look there for how it stands.`,
      };
    case 'recategorized':
      return {
        zh: `${tight(`${names(notice.by)} 把`)} ${zh}的分类改为「${notice.to}」。`,
        en: `${names(notice.by)} changed the category of ${en} to “${notice.to}”.`,
      };
    case 'reprioritized':
      return {
        zh: `${tight(`${names(notice.by)} 把`)} ${zh}的紧急程度改为「${notice.to}」${said(notice.text, '。')}`,
        en: `${names(notice.by)} changed the urgency of ${en} to “${notice.to}”${said(notice.text, '.')}`,
      };
    case 'child_over':
      return {
        zh: `从 ${zh}拆出的子工单 ${notice.number} 已结束：${OUTCOME_WORDS[notice.outcome].zh}。`,
        en: `${notice.number}, which was split off ${en}, is over: ${OUTCOME_WORDS[notice.outcome].en}.`,
      };
    case 'child_undone': {
      const ended = OUTCOME_WORDS[notice.outcome];
      return {
        zh: `${zh}的「${notice.node}」等的子工单 ${notice.number} 没有办完就结束了（${ended.zh}）。请查明情况：重试会另建一张，跳过就往下走。`,
        en: `${notice.number}, for which ${en} waits at “${notice.node}”, ended without being done (${ended.en}). Find out why: try again to file another, or skip the step.`,
      };
    }
    case 'handed_over':
      return {
        zh: `${tight(`${names(notice.from)} 已离职，`)}${zh}由您接手，请办理或转交。`,
        en: `${names(notice.from)} has left: ${en} is now yours. Act on it, or transfer it.`,
      };
    default:
      return unreachable(notice);
  }
}

/** The act whose word it is: a comment. */
const answerHere = ({ number }: Named): Words => ({
  zh: `请回复「补充 ${number} 您的答复」，或在工单上点「补充说明」`,
  en: `Reply “comment ${number} your answer”, or choose Comment on the ticket`,
});

const unanswered = (of: Named): Words => ({
  zh: `${of.zh}还在等您答复，处理人才能继续。${answerHere(of).zh}；一直没有答复会自动关闭。`,
  en: `${of.en} is waiting for your answer. ${answerHere(of).en}. Without one it will be closed.`,
});

function pausedWords({ reason, text }: Extract<LifeNotice, { kind: 'paused' }>, of: Named, who: string): Words {
  const { zh, en } = of;
  const question = cutText(text.trim(), SAID);
  if (reason === 'waiting_requester')
    return {
      zh: `${tight(`${who} 在`)} ${zh}里问您：\n${question}\n${answerHere(of).zh}，处理人会接着办理。`,
      en: `${who} asks you on ${en}:\n${question}\n${answerHere(of).en}; then the work goes on.`,
    };
  const why = PAUSE_WORDS[reason];
  const more = question ? `：\n${question}` : '';
  return {
    zh: `${tight(`${who} 挂起了`)} ${zh}（${why.zh}）${more || '。'}`,
    en: `${who} suspended ${en} (${why.en})${more || '.'}`,
  };
}

const RESUMED: Readonly<Record<Extract<LifeNotice, { kind: 'resumed' }>['because'], (of: Words) => Words>> = {
  resumed: ({ zh, en }) => ({ zh: `${zh}已恢复处理。`, en: `Work on ${en} goes on.` }),
  due: ({ zh, en }) => ({
    zh: `${zh}挂起的时间到了，请继续处理。`,
    en: `${en} was suspended until now: please go on with it.`,
  }),
  no_reply: ({ zh, en }) => ({
    zh: `提报人一直没有答复，${zh}已恢复处理，请决定怎么继续。`,
    en: `The requester never answered. ${en} is no longer suspended: decide how to go on.`,
  }),
};
