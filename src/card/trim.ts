/** Makes texts fit and remembers what was lost, so that a check can warn and a chat can ask for it elsewhere. */
import { cutText } from './cutText.ts';

export interface Trim {
  /** What was cut or left out, and why, for the author of a template. */
  readonly dropped: string[];
  /** One line, at most `max` characters. */
  line(what: string, text: string, max: number): string;
  /** Lines kept, at most `max` characters. */
  lines(what: string, text: string, max: number): string;
  drop(what: string, why: string): void;
  /** The first `max` of a list; the others are dropped by name. */
  first<T>(items: readonly T[], max: number, nameOf: (item: T) => string): readonly T[];
}

export function makeTrim(): Trim {
  const dropped: string[] = [];
  const drop = (what: string, why: string): void => void dropped.push(`${what}: ${why}`);
  const lines = (what: string, text: string, max: number): string => {
    const whole = text.trim();
    const cut = cutText(whole, max);
    if (cut !== whole) drop(what, `cut to ${max} characters`);
    return cut;
  };
  return {
    dropped,
    drop,
    lines,
    line: (what, text, max) => lines(what, text.replace(/\s+/g, ' '), max),
    first: (items, max, nameOf) => {
      for (const item of items.slice(max)) drop(nameOf(item), `only ${max} fit`);
      return items.slice(0, max);
    },
  };
}

/** Length in UTF-8, as the platform counts keys and ids. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
