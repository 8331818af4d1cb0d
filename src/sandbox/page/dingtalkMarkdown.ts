/** The markdown subset of DingTalk's messages. Source: reference/dingtalk.md, 5.3. */
import { cut, type Piece } from './prose.ts';

export interface Block {
  readonly kind: 'plain' | 'quote' | 'bullet' | 'number' | 'heading';
  /** Level of a heading 1–6, or what an item is numbered with; else 0. */
  readonly rank: number;
  /** Each line is a line of its own on the screen, too. */
  readonly lines: readonly (readonly Piece[])[];
}

const INLINE =
  /!\[(?<alt>[^\]]*)\]\((?<src>[^)\s]+)\)|\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*\s][^*]*)\*|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)/g;
const STARTS = /^(?:(?<heading>#{1,6})\s+|(?<quote>>)\s?|(?<bullet>[-*])\s+|(?<number>\d{1,3})\.\s+)(?<words>.*)$/;

/** A line break shows only after two spaces, as there; otherwise the next line goes on in the same one. */
export function dingtalkBlocks(text: string): Block[] {
  const blocks: { kind: Block['kind']; rank: number; lines: string[] }[] = [];
  let isOpen = false;
  let isBroken = false;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const start = STARTS.exec(line)?.groups;
    const last = blocks.at(-1);
    if (line === '') isOpen = false;
    else if (start) {
      blocks.push({ ...kindOf(start), lines: [start['words'] ?? ''] });
      isOpen = start['heading'] === undefined;
    } else if (!isOpen || !last) {
      blocks.push({ kind: 'plain', rank: 0, lines: [line] });
      isOpen = true;
    } else if (isBroken) last.lines.push(line);
    else last.lines.push(`${last.lines.pop() ?? ''} ${line}`);
    isBroken = / {2}$/.test(raw);
  }
  return blocks.map((block) => ({ ...block, lines: block.lines.map(inline) }));
}

function kindOf({ heading, quote, bullet, number }: Partial<Record<string, string>>): Pick<Block, 'kind' | 'rank'> {
  if (heading !== undefined) return { kind: 'heading', rank: heading.length };
  if (quote !== undefined) return { kind: 'quote', rank: 0 };
  if (bullet !== undefined) return { kind: 'bullet', rank: 0 };
  return { kind: 'number', rank: Number(number) };
}

const inline = (line: string): Piece[] =>
  cut(line, INLINE, ({ groups = {} }) => {
    if (groups['src'] !== undefined) return { kind: 'picture', text: groups['alt'] ?? '', url: groups['src'] };
    if (groups['bold'] !== undefined) return { kind: 'bold', text: spaced(groups['bold']) };
    if (groups['italic'] !== undefined) return { kind: 'italic', text: spaced(groups['italic']) };
    return { kind: 'link', text: spaced(groups['label'] ?? ''), url: groups['url'] ?? '' };
  }).map((piece) => (piece.kind === 'text' ? { ...piece, text: spaced(piece.text) } : piece));

const spaced = (text: string): string => text.replaceAll('&nbsp;', '\u00a0');
