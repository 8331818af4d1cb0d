/** 我的工单 and 待办 as one message, as many as can be read at a glance. */
import type { Status, TaskKind } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { cutText } from './cutText.ts';
import { elapsedText } from './elapsedText.ts';
import { STATUS_WORDS, TASK_WORDS } from './words.ts';

const SHOWN = 10;
const TITLE = 24;

export interface TicketLine {
  readonly number: string;
  readonly title: string;
  readonly status: Status;
  /** Who is on it, in words; `''` when nobody is, or it is over. */
  readonly with: string;
}

export interface TaskLine {
  readonly number: string;
  readonly title: string;
  readonly kind: TaskKind;
  readonly requester: string;
  /** Epoch ms. */
  readonly openedAt: number;
}

/** @param total how many there are altogether; `lines` may hold only the first of them */
export function ticketListText(lines: readonly TicketLine[], total: number, locale: Locale): string {
  if (lines.length === 0) return inWords(NO_TICKETS, locale);
  const rows = lines
    .slice(0, SHOWN)
    .map(({ number, title, status, with: who }) => line(number, title, [inWords(STATUS_WORDS[status], locale), who]));
  return [heading({ zh: '我的工单', en: 'My tickets' }, total, locale), ...rows, inWords(LOOK, locale)].join('\n');
}

export function taskListText(lines: readonly TaskLine[], total: number, now: number, locale: Locale): string {
  if (lines.length === 0) return inWords(NO_TASKS, locale);
  const rows = lines.slice(0, SHOWN).map(({ number, title, kind, requester, openedAt }) => {
    const since = inWords(sinceWords(now - openedAt), locale);
    return line(number, title, [inWords(TASK_WORDS[kind], locale), requester, since]);
  });
  return [heading({ zh: '待办', en: 'To do' }, total, locale), ...rows, inWords(LOOK, locale)].join('\n');
}

const MINUTE_MS = 60_000;

const sinceWords = (ms: number): Words =>
  ms < MINUTE_MS
    ? { zh: '刚刚', en: 'just now' }
    : { zh: `已等 ${elapsedText(ms, 'zh-CN')}`, en: `for ${elapsedText(ms, 'en')}` };

/** Two lines: on a phone one would break anywhere. */
const line = (number: string, title: string, about: readonly string[]): string =>
  `${number} ${cutText(title, TITLE)}\n　${about.filter(Boolean).join(' · ')}`;

function heading(words: Words, total: number, locale: Locale): string {
  const name = inWords(words, locale);
  const count =
    total > SHOWN ? inWords({ zh: `前 ${SHOWN} 条，共 ${total}`, en: `${SHOWN} of ${total}` }, locale) : total;
  return locale === 'en' ? `${name} (${count})` : `${name}（${count}）`;
}

const LOOK = { zh: '回复编号可以查看详情。', en: 'Reply with a number to look at it.' };
const NO_TASKS = { zh: '没有待办，都处理完了。', en: 'Nothing to do: all is done.' };
const NO_TICKETS = {
  zh: '您还没有工单。要办什么，直接说一句就行；发「帮助」看看能办什么。',
  en: 'You have no tickets. Just say what you need; send “help” to see what can be filed.',
};
