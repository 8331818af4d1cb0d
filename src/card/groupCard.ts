/**
 * How a ticket stands, for the group in which it was filed. The group heard the request; it is not shown what was filled
 * in afterwards, what was said, or any button: who may act does so on a card of their own.
 */
import type { Locale } from '../lib/locale.ts';
import type { Card } from './card.ts';
import { stateFacts, ticketCard } from './ticketCard.ts';
import type { TicketView } from './view.ts';

/** @param view  `receiverId` is the requester: the group has no seat of its own */
export function groupCard(view: TicketView, locale: Locale): Card {
  const { names, ticket } = view;
  const from = { label: locale === 'en' ? 'From' : '提报人', value: names(ticket.requesterId) };
  const facts = [from, ...stateFacts(view, locale)];
  return { ...ticketCard(view, locale), kind: 'group', facts, quote: null, menu: [] };
}
