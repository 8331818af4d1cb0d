/**
 * Words of a text as short ASCII tokens, for title search on every engine without a full-text parser.
 * Han runs give one token per pair of neighbours (`b` + both code points in base 36); Latin and digit runs one per word.
 * A query of one Han character has no token: the caller falls back to LIKE. Source: shared/design/stack-notes.md, 4.
 */
const HAN = /\p{Script=Han}+/gu;
const WORD = /[a-z0-9]+/g;

/** @returns distinct tokens, each ≤ 12 characters, in order of first appearance */
export function bigrams(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase();
  const found = new Set<string>();
  for (const [run] of plain.matchAll(HAN)) {
    const chars = [...run].map((char) => (char.codePointAt(0) ?? 0).toString(36));
    for (let i = 0; i + 1 < chars.length; i += 1) found.add(`b${chars[i]}${chars[i + 1]}`.slice(0, 12));
  }
  for (const [word] of plain.matchAll(WORD)) found.add(`w${word}`.slice(0, 12));
  return [...found];
}
