/** 我的工单 and 待办 as one message, as many as can be read at a glance. */
import type { Status } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { cutText } from './cutText.ts';
import { elapsedText } from './elapsedText.ts';
import { STATUS_WORDS, TASK_WORDS } from './words.ts';

const SHOWN = 10;
const TITLE = 24;

export interface MineLine {
  readonly number: string;
  readonly title: string;
  readonly status: Status;
  /** Who is on it, in words. */
  readonly with?: string;
}

export interface TodoLine {
  readonly number: string;
  readonly title: string;
  /** A `TaskKind`; as it stands in the row. */
  readonly kind: string;
  readonly requester?: string;
  /** How long it has been open, in ms. */
  readonly waiting?: number;
}

/** @param lines newest first; those after the tenth are only counted */
export function mineText(lines: readonly MineLine[], locale: Locale): string {
  if (lines.length === 0) return inWords(NO_TICKETS, locale);
  const rows = lines.slice(0, SHOWN).map(({ number, title, status, with: who }) =>
    line(number, title, [inWords(STATUS_WORDS[status], locale), who]),
  ); // prettier-ignore
  return [heading({ zh: '我的工单', en: 'My tickets' }, lines, locale), ...rows, inWords(LOOK, locale)].join('\n');
}

export function todoText(lines: readonly TodoLine[], locale: Locale): string {
  if (lines.length === 0) return inWords(NO_TASKS, locale);
  const rows = lines.slice(0, SHOWN).map(({ number, title, kind, requester, waiting }) => {
    const long = waiting === undefined ? '' : elapsedText(waiting, locale);
    const since = long && inWords({ zh: `已等 ${long}`, en: `for ${long}` }, locale);
    return line(number, title, [kindText(kind, locale), requester, since]);
  });
  return [heading({ zh: '待办', en: 'To do' }, lines, locale), ...rows, inWords(LOOK, locale)].join('\n');
}

/** Two lines: on a phone one would break anywhere. */
const line = (number: string, title: string, about: readonly (string | undefined)[]): string =>
  `${number} ${cutText(title, TITLE)}\n　${about.filter(Boolean).join(' · ')}`;

function heading(words: Words, lines: readonly unknown[], locale: Locale): string {
  const name = inWords(words, locale);
  const count = lines.length > SHOWN ? `${SHOWN} / ${lines.length}` : String(lines.length);
  return locale === 'en' ? `${name} (${count})` : `${name}（${count}）`;
}

const kindText = (kind: string, locale: Locale): string => {
  const words = Object.entries(TASK_WORDS).find(([name]) => name === kind)?.[1];
  return words ? inWords(words, locale) : kind;
};

const LOOK = { zh: '回复编号可以查看详情。', en: 'Reply with a number to look at it.' };
const NO_TASKS = { zh: '没有待办，都处理完了。', en: 'Nothing to do: all is done.' };
const NO_TICKETS = {
  zh: '您还没有工单。要办什么，直接说一句就行；发「帮助」看看能办什么。',
  en: 'You have no tickets. Just say what you need; send “help” to see what can be filed.',
};
