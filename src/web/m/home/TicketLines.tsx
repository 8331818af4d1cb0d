/** Tickets or tasks as lines: what it is, how it stands, who is on it, since when. */
import type { TicketLine, TodoLine } from '../../../http/contract/ticket.ts';
import { elapsedText } from '../../../card/elapsedText.ts';
import { ErrorNotice } from '../Notice.tsx';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { StatusPill } from '../StatusPill.tsx';
import { useNow } from '../useNow.ts';
import type { Pages } from '../usePages.ts';

type Line = (TicketLine | TodoLine) & { readonly key: string };

export function TicketLines({ pages, empty }: { pages: Pages<Line>; empty: string }) {
  const { say } = useReader();
  const { lines, error } = pages;
  if (!lines)
    return error ? (
      <>
        <ErrorNotice error={error} />
        <p className="after">
          <button type="button" className="button" onClick={() => void pages.reload()}>
            {say('retry')}
          </button>
        </p>
      </>
    ) : (
      <p className="quiet empty" role="status">
        {say('loading')}
      </p>
    );
  if (lines.length === 0) return <p className="empty">{empty}</p>;
  return (
    <>
      <ul className="lines">
        {lines.map((line) => (
          <li key={line.key}>
            <OneLine line={line} />
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <p className="after">
          <button type="button" className="button" onClick={() => void pages.loadMore()}>
            {say('loadMore')}
          </button>
        </p>
      )}
    </>
  );
}

function OneLine({ line }: { line: Line }) {
  const { say, locale } = useReader();
  const now = useNow();
  const isTodo = 'kindText' in line;
  const since = now - (isTodo ? line.openedAt : line.filedAt);
  const who = isTodo ? line.requester : line.assignee;
  return (
    <PageLink className="line" to={{ page: 'ticket', id: line.id, opening: null }} data-testid={`ticket-${line.id}`}>
      <span className="line-top">
        <strong>{line.title || line.template.name}</strong>
        {isTodo ? <span className="pill pill-ask">{line.kindText}</span> : <StatusPill ticket={line} />}
      </span>
      <span className="line-more">
        {[line.template.name, line.urgency, who?.name].filter(Boolean).join(' · ')}
        <time dateTime={new Date(line.filedAt).toISOString()}>
          {since < 60_000 ? say('justNow') : say('ago', elapsedText(since, locale))}
        </time>
      </span>
      <span className="line-number">{line.number}</span>
    </PageLink>
  );
}
