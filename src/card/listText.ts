/** 我的工单 and 待办 as one message: the most recent first, as many as can be read at a glance. */
import type { Status, TaskKind } from '../flow/ticket.ts';
import { inWords, type Locale } from '../lib/locale.ts';
import { cutText } from './cutText.ts';
import { elapsedText } from './elapsedText.ts';
import { STATUS_WORDS, TASK_WORDS } from './words.ts';

const SHOWN = 8;
const TITLE = 24;

export interface TicketLine {
  readonly number: string;
  readonly title: string;
  readonly status: Status;
  /** Who is on it, in words; `''` when nobody or over. */
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
  if (lines.length === 0)
    return inWords(
      {
        zh: '您还没有工单。需要帮助时直接说一句，例如「报修 打印机卡纸」。',
        en: 'You have no tickets. Just say what you need, for example “IT printer jam”.',
      },
      locale,
    );
  const rows = lines.slice(0, SHOWN).map(({ number, title, status, with: who }) => {
    const state = inWords(STATUS_WORDS[status], locale);
    return `${number} ${cutText(title, TITLE)}\n　${who ? `${state} · ${who}` : state}`;
  });
  return [
    inWords({ zh: `我的工单（${total}）`, en: `My tickets (${total})` }, locale),
    ...rows,
    ...more(total, locale),
  ].join('\n');
}

export function taskListText(lines: readonly TaskLine[], total: number, now: number, locale: Locale): string {
  if (lines.length === 0) return inWords({ zh: '没有待办，都处理完了。', en: 'Nothing to do: all is done.' }, locale);
  const rows = lines.slice(0, SHOWN).map(({ number, title, kind, requester, openedAt }) => {
    const waiting = elapsedText(now - openedAt, locale);
    const since = inWords({ zh: `已等 ${waiting}`, en: `for ${waiting}` }, locale);
    return `${number} ${cutText(title, TITLE)}\n　${inWords(TASK_WORDS[kind], locale)} · ${requester} · ${since}`;
  });
  return [inWords({ zh: `待办（${total}）`, en: `To do (${total})` }, locale), ...rows, ...more(total, locale)].join(
    '\n',
  );
}

const more = (total: number, locale: Locale): string[] =>
  total > SHOWN
    ? [inWords({ zh: `……还有 ${total - SHOWN} 条，请打开应用查看。`, en: `… and ${total - SHOWN} more: open the app to see them.` }, locale)] // prettier-ignore
    : [];
