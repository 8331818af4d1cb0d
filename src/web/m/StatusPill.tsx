/** A ticket's status: a word and a colour, never a colour alone. */
import type { TicketLine } from '../../http/contract/ticket.ts';

const TONES: Readonly<Record<TicketLine['status'], 'wait' | 'work' | 'ask' | 'good' | 'bad' | 'off'>> = {
  pending: 'wait',
  processing: 'work',
  approving: 'ask',
  confirming: 'ask',
  returned: 'bad',
  suspended: 'off',
  closed: 'good',
  refused: 'bad',
  withdrawn: 'off',
};

export function StatusPill({
  ticket,
  ...rest
}: {
  ticket: Pick<TicketLine, 'status' | 'statusText'>;
  'data-testid'?: string;
}) {
  return (
    <span {...rest} className={`pill pill-${TONES[ticket.status]}`} data-status={ticket.status}>
      {ticket.statusText}
    </span>
  );
}
