/** What the parser complains of, in Chinese too: its own messages are English. */
const WORDS: Readonly<Record<string, string>> = {
  ALIAS_PROPS: '引用（*）不能再带锚点或标签',
  BAD_ALIAS: '引用（*）的写法不对',
  BAD_COLLECTION_TYPE: '标签与内容的类型不符',
  BAD_DIRECTIVE: '不认识的指令（%）',
  BAD_DQ_ESCAPE: '双引号里的转义（\\）不对，请改用单引号',
  BAD_INDENT: '缩进不对，请与同级对齐',
  BAD_PROP_ORDER: '锚点或标签的位置不对',
  BAD_SCALAR_START: '内容不能以这个符号开头，请用引号括起来',
  BLOCK_AS_IMPLICIT_KEY: '这里少了换行、缩进或引号',
  BLOCK_IN_FLOW: '{ } 和 [ ] 里不能用缩进的写法',
  IMPOSSIBLE: '无法读懂',
  KEY_OVER_1024_CHARS: '键太长',
  MISSING_CHAR: '少了一个符号：引号、括号、冒号、逗号或空格',
  MULTILINE_IMPLICIT_KEY: '键不能跨行，看看上一行是否少了引号或括号',
  MULTIPLE_ANCHORS: '只能有一个锚点',
  MULTIPLE_TAGS: '只能有一个标签',
  NON_STRING_KEY: '键须是一个词',
  TAG_RESOLVE_FAILED: '不能使用自定义标签（!）',
  UNEXPECTED_TOKEN: '这里不该有这个符号',
};

export const syntaxWords = (code: string, message: string): { detail: string; detail_en: string } => ({
  detail: WORDS[code] ?? message,
  detail_en: message,
});
