/** The variables of the one card template, all strings; `''`: not there. Their meaning: templates/dingtalk/README.md. */
import { LIMITS } from './limits.ts';

const SINGLE = [
  ...(['source', 'title', 'subtitle', 'emphasis', 'tone', 'body', 'facts', 'quote_title', 'quote_text'] as const),
  ...(['over', 'notice', 'url', 'url_text', 'form', 'form_status', 'form_btn_text'] as const),
] as const;

export type Single = (typeof SINGLE)[number];

const numbered = (letter: string, count: number, parts: readonly string[]): string[] =>
  Array.from({ length: count }, (_, i) => parts.map((part) => `${letter}${i + 1}_${part}`)).flat();

/** All of them: one that is left out would keep its old value when a card is updated by key. */
export const VARIABLES: readonly string[] = [
  ...SINGLE,
  ...numbered('b', LIMITS.buttons, ['text', 'key', 'url', 'style']),
  ...numbered('m', LIMITS.menuItems, ['text', 'key']),
];
