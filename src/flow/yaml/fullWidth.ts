/** Full-width punctuation where the language needs the half-width kind, found line by line. */
const HALF: Readonly<Record<string, string>> = {
  ...{
    '，': ',',
    '：': ':',
    '；': ';',
    '（': '(',
    '）': ')',
    '｛': '{',
    '｝': '}',
    '［': '[',
    '］': ']',
    '【': '[',
    '】': ']',
  },
  ...{
    '“': '"',
    '”': '"',
    '‘': "'",
    '’': "'",
    '＝': '=',
    '＞': '>',
    '＜': '<',
    '！': '!',
    '＆': '&',
    '｜': '|',
    '＋': '+',
  },
  ...{ '－': '-', '＊': '*', '／': '/', '．': '.', '＃': '#', '？': '?', '　': ' ' },
};
const MARKS = /[，：；（）｛｝［］【】“”‘’＝＞＜！＆｜＋－＊／．＃？　]/g;
/** A key, or what parts two keys, with full-width marks: `label：标题`, `标题，type: text`, `｛ id: a ｝`. */
const BETWEEN_KEYS = /(?:^|[\s{,，｛-])[a-z_]{2,20}\s*：|[，；]\s*[a-z_]{2,20}\s*[:：]|[｛｝［］]/;
const MAX_LINE = 2000;

export const isFullWidth = (char: string): boolean => char in HALF;

/** Whether a scalar or a key swallowed a neighbour because of such a mark. */
export const swallowsKeys = (text: string): boolean => BETWEEN_KEYS.test(text.slice(0, MAX_LINE));

/** The line with the marks around keys replaced; null when there is none. Quoted strings stay as they are. */
export function fullWidthFix(line: string): { column: number; mark: string; fix: string } | null {
  if (line.length > MAX_LINE || !BETWEEN_KEYS.test(line)) return null;
  const fix = line
    .replace(/([a-z_]{2,20})\s*：\s*/g, '$1: ')
    .replace(/[，；]\s*(?=[a-z_]{2,20}\s*[:：])/g, ', ')
    .replace(/[｛｝［］]/g, (mark) => HALF[mark] ?? mark);
  const column = [...line].findIndex((char, i) => char !== [...fix][i]);
  const at = line.slice(Math.max(0, column)).search(MARKS);
  const place = Math.max(0, column) + Math.max(0, at);
  return fix === line ? null : { column: place, mark: line[place] ?? '', fix };
}

/** An expression with the marks outside its strings replaced. */
export function halfWidth(expression: string): string {
  const straight = expression.replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
  return straight.replace(/"[^"]*"|'[^']*'|[^"']+/g, (part) =>
    /^["']/.test(part) ? part : part.replace(MARKS, (mark) => HALF[mark] ?? mark),
  );
}
