/** Tickets that belong to this one, and who reads along. */
import type { TicketWhole } from '../../../http/contract/ticket.ts';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';

export function Related({ ticket: { related, copied } }: { ticket: TicketWhole }) {
  const { say, locale } = useReader();
  if (related.length === 0 && copied.length === 0) return null;
  const names = copied.map(({ name }) => name).join(locale === 'en' ? ', ' : '、');
  return (
    <section className="panel" data-testid="related">
      <h2>{say('related')}</h2>
      {related.length > 0 && (
        <ul className="picks">
          {related.map(({ id, text }) => (
            <li key={`${id} ${text}`}>
              <PageLink className="link" to={{ page: 'ticket', id, opening: null }}>
                {text}
              </PageLink>
            </li>
          ))}
        </ul>
      )}
      {names && <p className="quiet">{say('copiedTo', names)}</p>}
    </section>
  );
}
