/**
 * Words as markdown of DingTalk's messages, in which they look as they were written. Source: reference/dingtalk.md, 5.3.
 * It documents no escape, so signs that would be markup become their full-width twins.
 */

const TWINS: Readonly<Record<string, string>> = { '*': '＊', '[': '［', ']': '］', '`': '｀', '<': '＜', '&': '＆' };

/** One line or many; a line break needs two spaces on both sides. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\r\n?/g, '\n').split('\n').map(escapeLine).join('  \n  ');

const escapeLine = (line: string): string =>
  line
    .replace(/[*[\]`]|<(?=[\p{L}/!?])|&(?=[#\p{L}])/gu, (sign) => TWINS[sign] ?? sign)
    // What makes a heading, a quotation, a list, a rule or a table out of a line stands at its beginning.
    .replace(/^(\s*)#/, '$1＃')
    .replace(/^(\s*)>/, '$1＞')
    .replace(/^(\s*)([-+=_])(?=\s|\2|$)/, (_all, space: string, sign: string) => `${space}${WIDE[sign] ?? sign}`)
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, (_all, number: string, sign: string) => `${number}${WIDE[sign] ?? sign}`);

const WIDE: Readonly<Record<string, string>> = { '-': '－', '+': '＋', '=': '＝', _: '＿', '.': '．', ')': '）' };
