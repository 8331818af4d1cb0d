/** What a person is asked to say with an act. */
import type { TicketWhole } from '../../../http/contract/ticket.ts';
import { useReader } from '../reader.tsx';
import { hasForm, type Offer } from './chosen.ts';

export interface Reason {
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  /** A step with a form of its own is asked nothing more, unless it must be. */
  readonly shown: boolean;
}

export function useReason(ticket: TicketWhole, offer: Offer): Reason {
  const { say } = useReader();
  const required = offer.commentRequired || offer.act === 'comment';
  const hint = say(hintKey(offer));
  return { label: say(labelKey(ticket, offer)), hint, required, shown: required || !hasForm(offer) };
}

function labelKey(ticket: TicketWhole, { act, task }: Offer) {
  const isConfirm = ticket.tasks.some(({ n, kind }) => n === task && kind === 'confirm');
  switch (act) {
    case 'refuse':
      return isConfirm ? 'reasonOfUnsolved' : 'reasonOfRefuse';
    case 'return':
      return 'reasonOfReturn';
    case 'withdraw':
      return 'reasonOfWithdraw';
    case 'transfer':
      return 'noteOfTransfer';
    default:
      return 'note';
  }
}

const hintKey = ({ act }: Offer) =>
  act === 'comment' ? 'noteHint' : act === 'withdraw' ? 'withdrawHint' : 'reasonHint';
