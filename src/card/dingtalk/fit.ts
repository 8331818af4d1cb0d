/** Words that fit a variable: no control characters, at most so many characters and bytes, nothing cut in two. */
import { byteLength, type Trim } from '../trim.ts';
import { LIMITS } from './limits.ts';

/** One line. */
export const fitLine = (what: string, text: string, max: number, trim: Trim): string =>
  fitBytes(what, trim.line(what, plain(text), max), trim);

/** Lines kept. */
export const fitLines = (what: string, text: string, max: number, trim: Trim): string =>
  fitBytes(what, trim.lines(what, plain(text), max), trim);

/** A key or an address works whole or not at all. */
export function fitWhole(what: string, text: string, trim: Trim): string {
  if (byteLength(text) <= LIMITS.valueBytes) return text;
  trim.drop(what, `more than ${LIMITS.valueBytes} bytes`);
  return '';
}

function fitBytes(what: string, text: string, trim: Trim): string {
  const cut = cutBytes(text, LIMITS.valueBytes);
  if (cut !== text) trim.drop(what, `cut to ${LIMITS.valueBytes} bytes`);
  return cut;
}

/** The text, or its beginning with `…`, in at most `max` bytes of UTF-8. */
export function cutBytes(text: string, max: number): string {
  if (byteLength(text) <= max) return text;
  let kept = '';
  let left = max - byteLength('…');
  for (const char of text) {
    left -= byteLength(char);
    if (left < 0) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** Line breaks and tabs are white space; other control characters are nothing that a person wrote. */
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '');
