/**
 * How a ticket stands, for the group in which it was filed. The group heard the request; it is not shown what was filled
 * in afterwards, what was said, or any button: who may act does so on a card of their own.
 */
import type { Status } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import type { Card } from './card.ts';
import { filedFor } from './filedFor.ts';
import { stateFacts, ticketCard } from './ticketCard.ts';
import type { TicketView } from './view.ts';
import { whereItStands } from './whereItStands.ts';

/** Addressed to nobody: what is asked of the requester, and the reasons they are told, are not the group's. */
const TO_ALL: Readonly<Partial<Record<Status, Words>>> = {
  suspended: { zh: '已挂起。', en: 'Suspended.' },
  refused: { zh: '申请没有通过。', en: 'Refused.' },
  withdrawn: { zh: '已撤回。', en: 'Withdrawn.' },
};
const NOBODY = -1;

/** @param view  `receiverId` is the requester: the group has no seat of its own */
export function groupCard(view: TicketView, locale: Locale): Card {
  const { ticket } = view;
  const facts = [...filedFor({ ...view, receiverId: NOBODY }, locale), ...stateFacts(view, locale)];
  const said = TO_ALL[ticket.status];
  const body = said ? inWords(said, locale) : whereItStands({ ...view, receiverId: NOBODY }, locale);
  return { ...ticketCard(view, locale), kind: 'group', body, facts, quote: null, menu: [] };
}
