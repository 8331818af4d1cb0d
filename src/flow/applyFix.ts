/** A finding's fix put into the text: for what YAML took apart, the whole line anew; else the word at the finding's place. */
import type { Finding } from './finding.ts';

const WHOLE_LINE = new Set(['mangled_expression', 'full_width_punctuation']);
/** Their words stand in the middle of an expression. */
const IN_EXPRESSION = new Set(['unknown_name_near', 'unknown_field_near']);
const QUOTED = /^"(?:\\.|[^"\\])*"|^'(?:''|[^'])*'/;
/** A plain scalar or key: up to what ends it. */
const PLAIN = /^.*?(?=\s*(?:[,}\]]|:\s|:$|\s#|$))/;

/** @returns the text unchanged when there is no fix */
export function applyFix(text: string, { code, line, column, fix }: Finding): string {
  if (fix === undefined) return text;
  const lines = text.split('\n');
  const own = lines[line - 1] ?? '';
  lines[line - 1] = WHOLE_LINE.has(code)
    ? fix + (own.endsWith('\r') ? '\r' : '')
    : replaceWord(own, column - 1, fix, code);
  return lines.join('\n');
}

function replaceWord(line: string, start: number, fix: string, code: string): string {
  const rest = line.slice(start);
  const [quoted] = QUOTED.exec(rest) ?? [];
  const [word = ''] = (IN_EXPRESSION.has(code) ? /^\w+/ : PLAIN).exec(rest) ?? [];
  const [length, text] = quoted === undefined ? [word.length, fix] : [quoted.length, `${quoted[0]}${fix}${quoted[0]}`];
  return line.slice(0, start) + text + line.slice(start + length);
}
