/** How a ticket stands, for the requester: status, step, handler, time (S3), and the rare acts in the menu. */
import { localDateTime } from '../form/localTime.ts';
import { type Act, ACT_NAMES, isTaskAct, rowOf, type TicketAct } from '../flow/acts.ts';
import { offersAgain } from '../flow/again.ts';
import { isOver, type Status, type TaskKind } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { actionKey } from './actionKey.ts';
import type { Card, CardButton, CardFact } from './card.ts';
import { elapsedText } from './elapsedText.ts';
import { filedFor } from './filedFor.ts';
import { commentQuote, formFacts, resultOf } from './formFacts.ts';
import { followsFact } from './lifeSentence.ts';
import { ticketPath, type TicketView } from './view.ts';
import { namesText, onIt, stepNames, whereItStands } from './whereItStands.ts';
import { ACT_WORDS, actWords, AGAIN_WORDS, OUTCOME_WORDS, STATUS_WORDS } from './words.ts';

export function ticketCard(view: TicketView, locale: Locale): Card {
  const { ticket, template } = view;
  const result = resultOf(view, locale);
  const over = isOver(ticket.status);
  return {
    kind: 'ticket',
    source: template.name,
    title: ticket.title || template.name,
    subtitle: ticket.number,
    emphasis: inWords(STATUS_WORDS[ticket.status], locale),
    body: whereItStands(view, locale),
    facts: [...filedFor(view, locale), ...stateFacts(view, locale), ...formFacts(view, 'filing', locale)],
    quote: ticket.status === 'closed' ? (result.quote ?? commentQuote(view)) : (commentQuote(view) ?? result.quote),
    ...askedOf(view, locale),
    url: view.url(ticketPath(ticket.id)),
    // A card's last update is kept for this moment.
    over: over ? inWords(STATUS_WORDS[ticket.status], locale) : null,
    notice: null,
  };
}

function askedOf(view: TicketView, locale: Locale): Pick<Card, 'inputs' | 'buttons' | 'menu'> {
  const { asked, ticket } = view;
  if (!asked?.pressed || isTaskAct(asked.act))
    return { inputs: [], buttons: againButton(view, locale), menu: ticketMenu(view, locale) };
  const { id: ticketId, version } = ticket;
  const key = (act: TicketAct | 'look') => actionKey({ on: 'ticket', act, ticketId, version });
  const send = { text: inWords(ACT_WORDS[asked.act], locale), tone: 'primary' as const, does: { key: key(asked.act) } };
  return { inputs: asked.inputs, buttons: [send, backButton(key('look'), locale)], menu: [] };
}

/** The one thing left to do with what was withdrawn or refused. */
function againButton({ ticket, receiverId, now }: TicketView, locale: Locale): CardButton[] {
  if (!offersAgain(ticket, receiverId, now)) return [];
  const { id: ticketId, version } = ticket;
  const key = actionKey({ on: 'ticket', act: 'again', ticketId, version });
  return [{ text: inWords(AGAIN_WORDS, locale), tone: 'primary', does: { key } }];
}

/** Away from what was asked, to the card as it is. */
export const backButton = (key: string, locale: Locale): CardButton => ({
  text: inWords({ zh: '返回', en: 'Back' }, locale),
  tone: 'plain',
  does: { key },
});

/** What the reader may do with the ticket as a whole; where that is too much for a menu, it leads to all of it. */
function ticketMenu(view: TicketView, locale: Locale): Card['menu'] {
  const { id: ticketId, version } = view.ticket;
  const acts = ACT_NAMES.filter((act): act is TicketAct => !isTaskAct(act) && view.acts.ticket.includes(act));
  const items = acts.map((act) => ({ act, kind: null, key: actionKey({ on: 'ticket', act, ticketId, version }) }));
  const { menu, isMore } = menuOf(items, locale);
  if (!isMore) return menu;
  const more = { text: inWords(MORE, locale), key: actionKey({ on: 'ticket', act: 'more', ticketId, version }) };
  return [...menu.slice(0, MENU - 1), more];
}

export interface MenuItem {
  readonly act: Act;
  /** Of the task; null: the act is on the ticket. */
  readonly kind: TaskKind | null;
  readonly key: string;
}
/** As many as either platform shows. */
const MENU = 3;
/** What is so rare that its place is the page. */
const RARE = 60;
/** What no card leads to: it can be done at any time, and nobody waits for it. */
const ASIDE = 90;
export const MORE = { zh: '更多', en: 'More' };

/** @returns `isMore`: not all has room, or belongs there */
export function menuOf(items: readonly MenuItem[], locale: Locale) {
  const offered = items.filter(({ act }) => rowOf(act).weight < ASIDE);
  const often = offered.filter(({ act }) => rowOf(act).weight < RARE);
  const menu = often.slice(0, MENU).map(({ act, kind, key }) => ({ text: inWords(actWords(act, kind), locale), key }));
  return { menu, isMore: menu.length < offered.length };
}

const MINUTE = 60_000;

/** Labels have at most five characters: more does not fit on a phone beside the value. */
export function stateFacts(view: TicketView, locale: Locale): CardFact[] {
  const { ticket } = view;
  const fact = (zh: string, en: string, value: string): CardFact[] =>
    value ? [{ label: inWords({ zh, en }, locale), value }] : [];
  const old = ticket.links.find(({ kind }) => kind === 'follows')?.number ?? null;
  const filed = [
    ...fact('提交时间', 'Filed', localDateTime(ticket.filedAt, view.offsetMinutes)),
    ...followsFact(old, locale),
  ];
  // A card may stand for hours before it can be changed: "under a minute" would be wrong at once.
  const elapsed = view.now - ticket.filedAt;
  if (isOver(ticket.status)) {
    const spent = (ticket.closedAt ?? view.now) - ticket.filedAt;
    return [
      ...fact('结果', 'End', ticket.outcome ? inWords(OUTCOME_WORDS[ticket.outcome], locale) : ''),
      ...fact('总用时', 'Took', elapsedText(spent, locale)),
      ...filed,
    ];
  }
  return [
    ...fact('当前环节', 'Step', stepNames(view, locale)),
    ...withPerson(view, locale),
    ...fact('已用时', 'Open', elapsed < MINUTE ? '' : elapsedText(elapsed, locale)),
    ...filed,
  ];
}

/** Who decides, confirms or corrects is no handler. */
const WITH: Readonly<Partial<Record<Status, Words>>> = {
  approving: { zh: '审批人', en: 'Approver' },
  confirming: { zh: '等待', en: 'Waits for' },
  returned: { zh: '等待', en: 'Waits for' },
};

function withPerson(view: TicketView, locale: Locale): CardFact[] {
  const people = onIt(view.ticket);
  const [first] = people;
  if (first === undefined) return [];
  const label = inWords(WITH[view.ticket.status] ?? { zh: '处理人', en: 'With' }, locale);
  const fact = { label, value: namesText(people, view.names, locale) };
  const account = people.length === 1 ? view.accounts?.(first) : undefined;
  return [account === undefined ? fact : { ...fact, account }];
}
