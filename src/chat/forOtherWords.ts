/** Filing for somebody, as people say it: `代提 王晓 报修 打印机卡纸`, `for Wang Xiao repair printer jam`. */
export interface SaidFor {
  /** What else was said: for whom, and what. */
  readonly rest: string;
  /** The word means nothing else; `for` and 替 begin other sentences, too, and count only before a name and a form's word. */
  readonly isPlain: boolean;
}

const PLAIN =
  /^(?:代提|代为提交|on behalf of|(?:file|submit) for)(?=$|[\s,，、。:：@]|\p{Script=Han})[\s,，、。:：]*/iu;
const LOOSE = /^(?:替|for(?=\s))\s*/i;
/** Longer than this is a story that begins with such a word. */
const MOST = 2_000;

/** @returns null when the text does not begin with such a word */
export function forOtherIn(text: string): SaidFor | null {
  if (text.length > MOST) return null;
  const said = text.replace(/[\u200b-\u200f\ufeff]/g, '').trim();
  const word = PLAIN.exec(said)?.[0];
  if (word !== undefined) return { rest: said.slice(word.length), isPlain: true };
  const loose = LOOSE.exec(said)?.[0];
  return loose === undefined ? null : { rest: said.slice(loose.length), isPlain: false };
}

/** Every way to read the first words as a name, the longest first: `Wang Xiao IT printer`. */
export function namesIn(text: string): { readonly name: string; readonly rest: string }[] {
  const ends = [...text.matchAll(/[\s,，、:：]+|$/g)].slice(0, NAME_WORDS);
  return ends
    .map(({ index, 0: gap }) => ({ name: text.slice(0, index), rest: text.slice(index + gap.length) }))
    .filter(({ name }) => name !== '')
    .reverse();
}
const NAME_WORDS = 4;
