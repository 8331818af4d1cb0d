/**
 * One source of settings, as plain text values that know where they stand. Scalars keep their source text (`007` stays `007`),
 * so a file and an environment variable are read by the same rules.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Path, pathText, type Problem } from './problem.ts';

/** Text, null where nothing is written, or a group or list of them. */
export type Value = string | null | Value[] | { [key: string]: Value };

export interface Layer {
  readonly value: Value;
  /** Path as text → `file:line`, or the name of an environment variable. */
  readonly places: ReadonlyMap<string, string>;
}

/** @param file as shown to people */
export function readYaml(text: string, file: string): { layer: Layer; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, lineCounter: lines });
  const place = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const problems: Problem[] = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    path: [],
    where: place(pos[0]),
    ...(YAML_WORDS[code] ?? { zh: `不是有效的 YAML（${code}）。`, en: `is not valid YAML here (${code}).` }),
  }));
  const places = new Map<string, string>();
  const walk = (node: Node | null, path: Path, offset: number): Value => {
    places.set(pathText(path), place(offset));
    if (isMap<Node, Node | null>(node)) {
      const entries = node.items.map(({ key, value }): [string, Value] => {
        const name = isScalar(key) ? String(key.value) : '';
        return [name, walk(value, [...path, name], key.range?.[0] ?? offset)];
      });
      return Object.fromEntries(entries);
    }
    if (isSeq<Node>(node)) return node.items.map((item, i) => walk(item, [...path, i], item.range?.[0] ?? offset));
    if (node === null) return null;
    if (!isScalar(node) || node.anchor) return refused(path, offset);
    const value = typeof node.value === 'string' ? node.value : '';
    return node.type === 'PLAIN' && /^(|~|null)$/i.test(value) ? null : value;
  };
  const refused = (path: Path, offset: number): null => {
    problems.push({ path: [...path], where: place(offset), ...ALIAS });
    return null;
  };
  const value = walk(document.contents, [], 0) ?? {};
  return { layer: { value, places }, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** One slip in YAML makes many follow-on errors. */
const MOST_PROBLEMS = 3;

const ALIAS = {
  zh: '以 * 或 & 开头；如果它就是文字，请加引号。',
  en: 'starts with * or &; put it in quotes if it is meant as text.',
};
/** Our own words: the parser's repeat parts of the source, which may be a secret. */
const YAML_WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  BAD_ALIAS: ALIAS,
  DUPLICATE_KEY: {
    zh: '这个键在同一组里写了两次，请删去一个。',
    en: 'This key is written twice in one group; remove one.',
  },
  BAD_INDENT: { zh: '缩进不对，同一组的键要对齐。', en: 'The indentation is off; keys of one group must line up.' },
  TAB_AS_INDENT: { zh: '缩进用了制表符，请改用空格。', en: 'Indented with a tab; use spaces.' },
  MISSING_CHAR: { zh: '少了一个引号、括号、逗号或冒号。', en: 'A quote, bracket, comma or colon is missing.' },
  TAG_RESOLVE_FAILED: {
    zh: '以 ! 开头；如果它就是文字，请加引号。',
    en: 'starts with !; put it in quotes if it is meant as text.',
  },
  BAD_SCALAR_START: {
    zh: '以 @ 或 ` 开头的文字要加引号。',
    en: 'Text that starts with @ or ` must be put in quotes.',
  },
  MULTIPLE_DOCS: {
    zh: '一个文件里只能有一份配置，请删去 ---。',
    en: 'One file holds one configuration; remove the ---.',
  },
};

/** The settings of `over` on those of `base`: groups are joined, anything else is replaced. An empty group changes nothing. */
export function overlay(base: Value, over: Value): Value {
  if (isGroup(base) && isGroup(over)) {
    const under = (key: string) => (Object.hasOwn(base, key) ? base[key] : undefined) ?? null;
    const changed = Object.entries(over).map(([key, value]): [string, Value] => [key, overlay(under(key), value)]);
    return Object.fromEntries([...Object.entries(base), ...changed]);
  }
  return over === null && base !== null && typeof base === 'object' ? base : over;
}

export const isGroup = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a path was last set; for one that is missing, where the nearest group around it is. */
export function placeOf(layers: readonly Layer[], path: Path): string {
  for (let length = path.length; length >= 0; length -= 1) {
    const text = pathText(path.slice(0, length));
    for (const { places } of layers.toReversed()) {
      const place = places.get(text);
      if (place) return place;
    }
  }
  return 'config';
}
