/** Who asks, and who filed it for them (代提), as lines on a card. */
import type { PersonId } from '../flow/directory.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import type { CardFact } from './card.ts';
import type { Surroundings, TicketView } from './view.ts';

export const REQUESTER: Words = { zh: '提报人', en: 'From' };
const FILER: Words = { zh: '代提人', en: 'Filed by' };

export function personFact(label: Words, id: PersonId, around: Surroundings, locale: Locale): CardFact {
  const account = around.accounts?.(id);
  const fact = { label: inWords(label, locale), value: around.names(id) };
  return account === undefined ? fact : { ...fact, account };
}

/** The requester, unless they read it themselves; and who filed it, where that was somebody else. */
export function filedFor(view: TicketView, locale: Locale): CardFact[] {
  const { requesterId, filerId } = view.ticket;
  return [
    ...(requesterId === view.receiverId ? [] : [personFact(REQUESTER, requesterId, view, locale)]),
    ...(filerId === requesterId ? [] : [personFact(FILER, filerId, view, locale)]),
  ];
}
