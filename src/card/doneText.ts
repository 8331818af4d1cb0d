/** What is said to whoever did something in a chat. */
import type { Act } from '../flow/acts.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { askText } from './askText.ts';
import { actWords } from './words.ts';

type Said = (number: string, to: string) => Words;

const { done } = askText;
const OWN: Readonly<Partial<Record<Act, Said>>> = {
  complete: done.complete,
  agree: done.agree,
  refuse: done.refuse,
  return: done.return,
  transfer: done.transfer,
  comment: askText.commented,
};

/** @param kind  of the task; null: an act on the ticket @param to  the person it went to; `''`: nobody */
export function doneText(act: Act, kind: TaskKind | null, number: string, to: string): Words {
  if (kind === 'confirm' && act === 'agree') return done.confirm(number);
  if (kind === 'confirm' && act === 'refuse') return done.notSolved(number);
  const own = OWN[act];
  if (own) return own(number, to);
  const { zh, en } = actWords(act, kind);
  return {
    zh: `${number}：已${zh}${to ? `，${to}` : ''}。`,
    en: `${number}: ${en.toLowerCase()}, done${to ? ` (${to})` : ''}.`,
  };
}
