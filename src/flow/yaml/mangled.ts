/**
 * Expressions that YAML takes apart: `, [ { : #` inside, or a quote or `!` at the start.
 * Works on one line of source, since what the author meant is only there.
 */
import { EXPRESSION_KEYS } from './keys.ts';

const KEY = new RegExp(`(?:^|[\\s{,-])(${[...EXPRESSION_KEYS].join('|')}|default)\\s*:\\s+`, 'g');
const MAX_LINE = 2000;

/** The line with its expressions in single quotes, and where the first stood (from 0); null when none needs it. */
export function mangledFix(line: string): { column: number; fix: string } | null {
  if (line.length > MAX_LINE) return null;
  let fix = '';
  let done = 0;
  let column = -1;
  for (const match of line.matchAll(KEY)) {
    const start = match.index + match[0].length;
    if (start < done || (match[1] === 'default' && line[start] !== '=')) continue;
    const inFlow = depthBefore(line, start) > 0;
    const end = endOfExpression(line, start, inFlow);
    const text = line.slice(start, end).trimEnd();
    // A rule's `when: { status: … }` is a map, and means to be one.
    if (text === '' || /^\{\s*\w+\s*:/.test(text) || !needsQuotes(text, inFlow)) continue;
    if (column < 0) column = start;
    fix += `${line.slice(done, start)}'${text.replaceAll("'", "''")}'`;
    done = start + text.length;
  }
  return column < 0 ? null : { column, fix: fix + line.slice(done) };
}

/** How many `{` and `[` are open before this place, strings left out. */
function depthBefore(line: string, end: number): number {
  let depth = 0;
  for (let i = 0; i < end; i += 1) {
    const char = line[i];
    if (char === '"' || char === "'") i = Math.min(end, endOfString(line, i));
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
  }
  return depth;
}

/** Index of the closing quote, or of the last character. */
function endOfString(line: string, start: number): number {
  for (let i = start + 1; i < line.length; i += 1) {
    if (line[i] === '\\') i += 1;
    else if (line[i] === line[start]) return i;
  }
  return line.length - 1;
}

function endOfExpression(line: string, start: number, inFlow: boolean): number {
  let depth = 0;
  for (let i = start; i < line.length; i += 1) {
    const char = line[i];
    if (char === '"' || char === "'") i = endOfString(line, i);
    else if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') {
      if (depth === 0 && inFlow && char !== ')') return i;
      depth -= 1;
    } else if (depth === 0 && char === ',' && inFlow && /^,\s*[a-z_]+\s*:/.test(line.slice(i, i + 40))) return i;
    else if (depth === 0 && char === '#' && line[i - 1] === ' ') return i;
  }
  return line.length;
}

function needsQuotes(text: string, inFlow: boolean): boolean {
  if (/^(['"]).*\1$/.test(text) && endOfString(text, 0) === text.length - 1) return false;
  if (/^['"![\]{}&*%@`|>]/.test(text)) return true;
  return /:(?:\s|$)|\s#/.test(text) || (inFlow && /[,[\]{}]/.test(text));
}
