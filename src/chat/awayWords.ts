/** Who stands in for me, as people say it: `代理 张三 12月1日到12月5日 只限 报修`, `取消代理`, `substitute Zhang San tomorrow`. */
import { splitAtPeriod } from '../form/readPeriod.ts';
import { plain } from '../form/typed.ts';

export interface SaidAway {
  readonly what: 'set' | 'end';
  /** What else was said. */
  readonly rest: string;
}

const WORDS = {
  end: /^(?:取消|结束|撤销|撤回|停止|终止)代理|^(?:end|cancel|stop|revoke) (?:my )?substitutes?/i,
  set: /^(?:我的|设置|添加|找人)?代理|^(?:my )?substitutes?/i,
} as const;
const SEPARATORS = /^[\s,、。:!]+/;
/** Longer than this is a story, not an order. */
const MOST = 300;

/** @returns null when the text does not begin with such a word */
export function awayIn(text: string): SaidAway | null {
  if (text.length > MOST) return null;
  const said = plain(text.replace(/[\u200b-\u200f\ufeff]/g, ''));
  for (const what of ['end', 'set'] as const) {
    const word = WORDS[what].exec(said)?.[0];
    const after = word === undefined ? null : said.slice(word.length);
    if (after !== null && (after === '' || SEPARATORS.test(after)))
      return { what, rest: after.replace(SEPARATORS, '').trim() };
  }
  return null;
}

/** The parts of a wish; `''`: nothing was said of it. */
export interface SaidParts {
  readonly person: string;
  readonly period: string;
  /** Names of templates. */
  readonly templates: readonly string[];
}

const SCOPE = /[\s,，。;；]*(?:只限|仅限|限于|只代理|\bonly\b(?: for)?)[\s:]*/i;
const BETWEEN = /\s*[,，、;；]\s*/;

export function partsIn(text: string): SaidParts {
  const said = plain(text);
  const scope = SCOPE.exec(said);
  const wish = scope ? said.slice(0, scope.index) : said;
  const names = scope ? said.slice(scope.index + scope[0].length) : '';
  const found = splitAtPeriod(wish);
  return {
    person: nameIn(found ? found.before : wish),
    period: found?.period ?? '',
    templates: names.split(BETWEEN).filter(Boolean),
  };
}

const nameIn = (text: string): string =>
  text.replace(/^(?:由|请|给|with|by)\s*/i, '').replace(/[\s,，、。:：]+$/, '').replace(/^@/, ''); // prettier-ignore
