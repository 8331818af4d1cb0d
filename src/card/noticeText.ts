/** What people are told once, beside the cards. */
import type { Notice } from '../flow/command.ts';
import type { PersonId } from '../flow/directory.ts';
import type { Ticket, Via } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { unreachable } from '../lib/unreachable.ts';
import { callFailed } from './callFailed.ts';
import { CAUSE_WORDS } from './endCause.ts';
import { isLifeNotice, lifeWords } from './lifeNotice.ts';
import { OUTCOME_WORDS } from './words.ts';
import { cutText } from './cutText.ts';
import { tight } from './tight.ts';

export interface NoticeView {
  readonly ticket: Pick<Ticket, 'number' | 'title'>;
  readonly names: (id: PersonId) => string;
}

/** A chat message is read in passing; the whole text stands on the card and the page. */
const SAID = 500;

const ASKS: Readonly<Record<Via, Words>> = {
  before: { zh: '请您先给出意见', en: 'asks you to answer first' },
  after: { zh: '已同意，请您接着审批', en: 'has agreed and asks you to decide as well' },
  parallel: { zh: '请您一起审批', en: 'asks you to decide beside the others' },
  delegate: { zh: '请您给出意见', en: 'asks for your opinion' },
};

function asked(notice: Extract<Notice, { kind: 'asked' }>, names: NoticeView['names'], { zh, en }: Words): Words {
  const text = cutText(notice.text.trim(), SAID);
  const ask = ASKS[notice.via];
  return {
    zh: `${tight(`${names(notice.by)} 就`)} ${zh}${ask.zh}${text ? `：\n${text}` : '。'}`,
    en: `${names(notice.by)} ${ask.en} on ${en}${text ? `:\n${text}` : '.'}`,
  };
}

function passedOn(
  { by, to, times }: Extract<Notice, { kind: 'passed_on' }>,
  names: NoticeView['names'],
  { zh, en }: Words,
): Words {
  return {
    zh: `请留意 ${zh}：${tight(`${names(by)} 刚把它转交给 ${names(to)}`)}，这已是第 ${times} 次转交。请确认该由谁负责。`,
    en: `Please look at ${en}: ${names(by)} has just transferred it to ${names(to)}. It was passed on ${times} times by now: make sure whose it is.`,
  };
}

function advice(notice: Extract<Notice, { kind: 'advice' }>, names: NoticeView['names'], { zh, en }: Words): Words {
  const text = cutText(notice.text.trim(), SAID);
  const by = names(notice.by);
  const said = notice.refused ? { zh: '不同意', en: 'is against it' } : { zh: '已答复', en: 'has answered' };
  return {
    zh: `${tight(`${by} 对`)} ${zh}${said.zh}${text ? `：\n${text}` : '。'}\n请您决定。`,
    en: `${by} ${said.en} on ${en}${text ? `:\n${text}` : '.'}\nIt is yours to decide.`,
  };
}

export function noticeText(notice: Notice, view: NoticeView, locale: Locale): string {
  return inWords(words(notice, view), locale);
}

function words(notice: Notice, { ticket, names }: NoticeView): Words {
  const zh = `${ticket.number}「${cutText(ticket.title, 40)}」`;
  const en = `${ticket.number} “${cutText(ticket.title, 40)}”`;
  if (isLifeNotice(notice)) return lifeWords(notice, { zh, en, number: ticket.number }, names);
  switch (notice.kind) {
    case 'text': {
      const text = cutText(notice.text, SAID);
      return { zh: text, en: text };
    }
    case 'accepted':
      return {
        zh: `${tight(`${names(notice.by)} 已受理您的工单`)} ${zh}，正在处理。`,
        en: `${names(notice.by)} has accepted your ticket ${en} and is working on it.`,
      };
    case 'urged':
      return {
        zh: `${tight(`${names(notice.by)} 催您尽快办理`)} ${zh}。`,
        en: `${names(notice.by)} asks you to act on ${en} soon.`,
      };
    case 'asked':
      return asked(notice, names, { zh, en });
    case 'advice':
      return advice(notice, names, { zh, en });
    case 'passed_on':
      return passedOn(notice, names, { zh, en });
    case 'copied':
      return copied(notice, names, { zh, en });
    case 'taken_back':
      return {
        zh: `${tight(`${names(notice.by)} 拿回了刚才的操作：`)}${zh}暂时不用您办理。`,
        en: `${names(notice.by)} took their last act back: there is nothing for you to do on ${en} for now.`,
      };
    case 'comment':
      return commented(notice, names, { zh, en });
    case 'released':
      return released(notice, names, { zh, en });
    case 'transferred':
      return transferred(notice, names, { zh, en });
    case 'ended':
      return ended(notice, names, { zh, en });
    case 'reminder':
      return {
        zh: `${zh}还在等您办理，请尽快处理或转交。`,
        en: `${en} is still waiting for you: please act on it, or transfer it.`,
      };
    case 'escalation': {
      const waiting = notice.holders.map(names);
      return {
        zh: `${tight(`请关注：${zh}一直在等 ${waiting.join('、')} 办理`)}，可以催办或协调他人。`,
        en: `Please look at ${en}: it has been waiting for ${waiting.join(', ')}. Ask them, or find somebody else.`,
      };
    }
    case 'call_failed':
      return callFailedText(notice, { zh, en });
    case 'alarm':
      return { zh: `请留意 ${zh}：${notice.words.zh}`, en: `Please look at ${en}: ${notice.words.en}` };
    default:
      return unreachable(notice);
  }
}

type Names = NoticeView['names'];
type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

function commented({ by, text: said }: Of<'comment'>, names: Names, { zh, en }: Words): Words {
  const text = cutText(said.trim(), SAID);
  // A comment may be files alone.
  return text
    ? { zh: `${tight(`${names(by)} 在`)} ${zh}里说：\n${text}`, en: `${names(by)} on ${en}:\n${text}` }
    : { zh: `${tight(`${names(by)} 给`)} ${zh}添加了附件。`, en: `${names(by)} added files to ${en}.` };
}

function released({ by, text }: Of<'released'>, names: Names, { zh, en }: Words): Words {
  const reason = cutText(text.trim(), SAID);
  return {
    zh: `${tight(`${names(by)} 放回了`)} ${zh}，您可以认领${reason ? `：\n${reason}` : '。'}`,
    en: `${names(by)} gave ${en} back: you can take it${reason ? `:\n${reason}` : '.'}`,
  };
}

function transferred({ by, to, text }: Of<'transferred'>, names: Names, { zh, en }: Words): Words {
  const reason = cutText(text.trim(), SAID);
  return {
    zh: `${tight(`${names(by)} 把`)} ${zh}${tight(`转交给了 ${names(to)}`)}${reason ? `：\n${reason}` : '。'}`,
    en: `${names(by)} transferred ${en} to ${names(to)}${reason ? `:\n${reason}` : '.'}`,
  };
}

function callFailedText({ node, reason }: Of<'call_failed'>, { zh, en }: Words): Words {
  const why = callFailed(reason);
  return {
    zh: `请留意 ${zh}：「${node}」没有成功。${why.zh}也可以跳过这一步。`,
    en: `Please look at ${en}: “${node}” did not work. ${why.en} You can also skip this step.`,
  };
}

function copied({ by, text }: Of<'copied'>, names: Names, { zh, en }: Words): Words {
  const said = cutText(text.trim(), SAID);
  return {
    zh: `${tight(`${names(by)} 把`)} ${zh}抄送给您，供查看，无需办理${said ? `：\n${said}` : '。'}`,
    en: `${names(by)} copied ${en} to you: have a look, there is nothing to do${said ? `:\n${said}` : '.'}`,
  };
}

function ended({ by, outcome, into, because, text }: Of<'ended'>, names: Names, { zh, en }: Words): Words {
  const said = cutText(text.trim(), SAID);
  const reason = because ? CAUSE_WORDS[because] : { zh: said, en: said };
  const where = into === undefined ? '' : ` → ${into}`;
  const { zh: result, en: over } = OUTCOME_WORDS[outcome];
  const who = (before: string, after: string) => (by === null ? '' : `${before}${names(by)}${after}`);
  return {
    zh: `您的工单 ${zh} 已结束：${result}${where}${who('（', '）')}${reason.zh ? `，理由：\n${reason.zh}` : '。'}`,
    en: `Your ticket ${en} is over: ${over}${where}${who(' (', ')')}${reason.en ? `, because:\n${reason.en}` : '.'}`,
  };
}
