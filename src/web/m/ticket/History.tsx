/** What happened, newest first: who did what, when, and what they said. */
import { useState } from 'react';
import type { TicketWhole, TimelineItem } from '../../../http/contract/ticket.ts';
import type { Attachment } from '../../../http/contract/value.ts';
import { localDateTime } from '../../../form/localTime.ts';
import { FileList } from '../FileList.tsx';
import { useReader } from '../reader.tsx';
import { useNow } from '../useNow.ts';
import { shortTime } from '../when.ts';
import { Values } from './Content.tsx';

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
          <Item key={item.seq} item={item} files={ticket.attachments} />
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

function Item({ item, files }: { item: TimelineItem; files: readonly Attachment[] }) {
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
      <FilledIn item={item} files={files} />
      <FileList files={item.files} />
    </li>
  );
}

/** Every round's values stay to be read, also those that a later one replaced. */
function FilledIn({ item, files }: { item: TimelineItem; files: readonly Attachment[] }) {
  const { say } = useReader();
  if (item.values.length === 0) return null;
  return (
    <details>
      <summary>{say('filledIn')}</summary>
      <Values fields={item.values} files={files} />
    </details>
  );
}
