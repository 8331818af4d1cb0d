/** Where the ticket stands and with whom, at one glance. */
import type { TicketWhole } from '../../../http/contract/ticket.ts';
import { elapsedText } from '../../../card/elapsedText.ts';
import { localDateTime } from '../../../form/localTime.ts';
import { useReader } from '../reader.tsx';
import { StatusPill } from '../StatusPill.tsx';
import { useNow } from '../useNow.ts';
import { LastWord } from './LastWord.tsx';

export function Standing({ ticket }: { ticket: TicketWhole }) {
  const { say, locale, offsetMinutes } = useReader();
  const now = useNow();
  const { requester, filer } = ticket;
  return (
    <section className="panel standing">
      <p className="pills">
        <StatusPill ticket={ticket} data-testid="status" />
        {ticket.urgency && <span className="pill pill-plain">{ticket.urgency}</span>}
        <span className="quiet">{[ticket.template.name, ticket.category].filter(Boolean).join(' · ')}</span>
      </p>
      <p className="stands" data-testid="stands" role="status">
        {ticket.stands}
      </p>
      <LastWord ticket={ticket} />
      <dl className="facts">
        <div>
          <dt>{say('requester')}</dt>
          <dd>
            {requester.name}
            {requester.department && <small>{requester.department}</small>}
            {filer.id !== requester.id && <small>{say('filedBy', filer.name)}</small>}
          </dd>
        </div>
        <div>
          <dt>{say('filedAt')}</dt>
          <dd>{localDateTime(ticket.filedAt, offsetMinutes)}</dd>
        </div>
        <div>
          <dt>{say(ticket.closedAt === null ? 'elapsed' : 'total')}</dt>
          <dd>{elapsedText((ticket.closedAt ?? now) - ticket.filedAt, locale)}</dd>
        </div>
      </dl>
    </section>
  );
}
