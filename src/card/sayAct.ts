/** An act as one says it in a chat: its word, and what comes after it. */
import { type Act, isTaskAct } from '../flow/acts.ts';
import { type Doing, wantsOf } from '../flow/wants.ts';
import { inWords, type Words } from '../lib/locale.ts';
import { partWords } from './partWords.ts';
import { actWords } from './words.ts';

export function sayAct(on: Doing, act: Act): Words {
  const kind = on.task?.kind ?? null;
  const needed = wantsOf(on, act).filter(
    ({ part, required, options }) => required && part !== 'values' && options?.length !== 1,
  );
  const said = (locale: 'zh-CN' | 'en') =>
    [actWords(act, isTaskAct(act) ? kind : null), ...needed.map(({ part }) => partWords(act, part, kind))]
      .map((words, i) => (i === 0 ? inWords(words, locale) : inWords(BRACKETS(words), locale)))
      .join(' ');
  return { zh: said('zh-CN'), en: said('en') };
}

const BRACKETS = ({ zh, en }: Words): Words => ({ zh: `〈${zh}〉`, en: `<${en.toLowerCase()}>` });
