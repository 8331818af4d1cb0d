/** What happened, newest first: who did what, when, and what they said. */
import { useState } from 'react';
import type { TicketWhole, TimelineItem } from '../../../http/contract/ticket.ts';
import { localDateTime } from '../../../form/localTime.ts';
import { FileList } from '../FileList.tsx';
import { useReader } from '../reader.tsx';
import { useNow } from '../useNow.ts';
import { shortTime } from '../when.ts';

const SHOWN = 8;

export function History({ ticket }: { ticket: TicketWhole }) {
  const { say } = useReader();
  const [all, setAll] = useState(false);
  const items = [...ticket.timeline].reverse();
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <section className="panel">
      <h2>{say('history')}</h2>
      <ol className="history">
        {shown.map((item) => (
          <Item key={item.seq} item={item} />
        ))}
      </ol>
      {shown.length < items.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {say('moreHistory', items.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function Item({ item }: { item: TimelineItem }) {
  const { offsetMinutes } = useReader();
  const now = useNow();
  return (
    <li data-testid={`event-${item.seq}`}>
      <p className="history-line">
        <span>{item.text}</span>
        <time dateTime={new Date(item.at).toISOString()} title={localDateTime(item.at, offsetMinutes)}>
          {shortTime(item.at, now, offsetMinutes)}
        </time>
      </p>
      {item.comment && <blockquote>{item.comment}</blockquote>}
      <FileList files={item.files} />
    </li>
  );
}
