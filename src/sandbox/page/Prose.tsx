/** Draws the pieces of `prose.ts`; nothing of a message is ever put into the page as HTML. */
import { dingtalkBlocks, type Block } from './dingtalkMarkdown.ts';
import { Img } from './Img.tsx';
import { PhoneLink } from './opening.tsx';
import { markdownLines, textPieces, type Piece } from './prose.ts';

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, index) => {
    switch (piece.kind) {
      case 'text':
        return <span key={index}>{piece.text}</span>;
      case 'link':
        return (
          <PhoneLink key={index} href={piece.url}>
            {piece.text}
          </PhoneLink>
        );
      case 'bold':
        return <strong key={index}>{piece.text}</strong>;
      case 'italic':
        return <em key={index}>{piece.text}</em>;
      case 'picture':
        return <Img key={index} className="picture" src={piece.url} alt={piece.text} />;
      case 'code':
        return <code key={index}>{piece.text}</code>;
      case 'font':
        return (
          <span key={index} className={`font-${piece.color}`}>
            {piece.text}
          </span>
        );
    }
  });
}

export function PlainText({ text }: { text: string }) {
  return (
    <p className="prose">
      <Pieces pieces={textPieces(text)} />
    </p>
  );
}

export function Markdown({ text }: { text: string }) {
  return (
    <div className="prose">
      {markdownLines(text).map(({ heading, quote, pieces }, index) => {
        const className = heading > 0 ? `md-h md-h${heading}` : quote ? 'md-quote' : 'md-line';
        return (
          <p key={index} className={className} {...(heading > 0 && { role: 'heading', 'aria-level': heading + 3 })}>
            <Pieces pieces={pieces} />
          </p>
        );
      })}
    </div>
  );
}

export function DingtalkMarkdown({ text }: { text: string }) {
  return (
    <div className="prose">
      {dingtalkBlocks(text).map((block, index) => (
        <p key={index} className={CLASS[block.kind](block)} {...headingOf(block)}>
          {block.kind === 'bullet' && <span aria-hidden="true">• </span>}
          {block.kind === 'number' && <span>{block.rank}. </span>}
          {block.lines.map((pieces, line) => (
            <span key={line} className="ding-line">
              <Pieces pieces={pieces} />
            </span>
          ))}
        </p>
      ))}
    </div>
  );
}

const CLASS: Readonly<Record<Block['kind'], (block: Block) => string>> = {
  plain: () => 'md-line',
  quote: () => 'md-quote',
  bullet: () => 'md-item',
  number: () => 'md-item',
  heading: ({ rank }) => `md-h md-h${rank}`,
};

const headingOf = ({ kind, rank }: Block) =>
  kind === 'heading' ? { role: 'heading', 'aria-level': Math.min(rank + 3, 6) } : {};
