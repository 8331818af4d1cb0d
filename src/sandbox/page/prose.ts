/** The words of text and markdown messages as plain pieces: what a message may contain, and nothing else. */

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link' | 'picture'; readonly text: string; readonly url: string }
  | { readonly kind: 'bold' | 'italic' | 'code'; readonly text: string }
  | { readonly kind: 'font'; readonly text: string; readonly color: string };

export interface Line {
  /** Level of a heading 1–6; 0 for everything else. */
  readonly heading: number;
  readonly quote: boolean;
  readonly pieces: readonly Piece[];
}

const LINK_TAG = /<a\s+href=["']([^"']*)["']\s*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；（）]+)/gi;
const INLINE =
  /\*\*(?<bold>[^*]+)\*\*|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)|`(?<code>[^`]+)`|<font\s+color=["'](?<color>\w+)["']\s*>(?<font>[\s\S]*?)<\/font>/g;

/** Plain text: line breaks stay, `<a href>` and bare addresses become links. */
export function textPieces(text: string): Piece[] {
  return cut(text, LINK_TAG, (match) => {
    const url = match[1] ?? match[3] ?? '';
    return { kind: 'link', url, text: match[2] ?? url };
  });
}

/** The markdown subset of app messages: headings, bold, links, inline code, quotes and three colours. Source: wecom.md 4.1. */
export function markdownLines(text: string): Line[] {
  return text.split('\n').map((line) => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const quote = /^>\s?(.*)$/.exec(line);
    const words = heading?.[2] ?? quote?.[1] ?? line;
    return { heading: heading?.[1]?.length ?? 0, quote: quote !== null, pieces: cut(words, INLINE, inlinePiece) };
  });
}

function inlinePiece({ groups = {} }: RegExpMatchArray): Piece {
  if (groups['bold'] !== undefined) return { kind: 'bold', text: groups['bold'] };
  if (groups['code'] !== undefined) return { kind: 'code', text: groups['code'] };
  if (groups['url'] !== undefined) return { kind: 'link', text: groups['label'] ?? '', url: groups['url'] };
  return { kind: 'font', text: groups['font'] ?? '', color: groups['color'] ?? '' };
}

export function cut(text: string, pattern: RegExp, piece: (match: RegExpMatchArray) => Piece): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push(piece(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}
