/** Questions in a chat: my tickets, my to-dos, one ticket by its number; and withdrawing by word. */
import { askText } from '../card/askText.ts';
import { taskListText, ticketListText } from '../card/listText.ts';
import { isOver, type TaskKind } from '../flow/ticket.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import { idOfNumber, requestedBy, todoOf } from '../ticket/lists.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import { loadTicket } from '../ticket/ticketStore.ts';

import { onTicketAction } from './acting.ts';
import { inTheirs, say, type Said, type Talk } from './talk.ts';

const LISTED = 10;

export async function myTickets(talk: Talk): Promise<Said> {
  const listed = await requestedBy(talk.tx, talk.person.id, { limit: LISTED });
  const lines = listed.map(({ number, title, status, assigneeId }) => ({
    number,
    title,
    status,
    with: isOver(status) || assigneeId === null ? '' : (talk.directory.people.get(assigneeId)?.name ?? ''),
  }));
  return say(talk, [ticketListText(lines, lines.length, talk.locale)]);
}

export async function myTodo(talk: Talk): Promise<Said> {
  const listed = await todoOf(talk.tx, talk.person.id, { limit: LISTED });
  const lines = listed.map(({ number, title, kind, requesterId, openedAt }) => ({
    number,
    title,
    kind: kind as TaskKind,
    requester: talk.directory.people.get(requesterId)?.name ?? '',
    openedAt,
  }));
  return say(talk, [taskListText(lines, lines.length, talk.now, talk.locale)]);
}

/** Withdraws the ticket of that number, or the only one that is still running. @throws Refused */
export async function withdrawByWord(talk: Talk, number: string): Promise<Said> {
  const { tx, person } = talk;
  const running = (await requestedBy(tx, person.id, { limit: 50 })).filter(({ status }) => !isOver(status));
  const said = number.toUpperCase();
  const named = said ? running.filter((ticket) => ticket.number.toUpperCase() === said) : running;
  const [ticket, another] = named;
  if (!ticket) throw new Refused(refuse('nothing_to_withdraw'));
  if (another) return say(talk, [askText.whichToWithdraw(named.map((one) => `${one.number} ${one.title}`).join('\n'))]);
  return onTicketAction(talk, { on: 'ticket', act: 'withdraw', ticketId: ticket.id, version: ticket.version });
}

/** Bounded, and tried only where a word begins: a message may be 100,000 digits long. */
const NUMBER = /(?<![A-Za-z0-9-])[A-Za-z0-9]{1,32}(?:-[A-Za-z0-9]{1,32}){1,6}/;

/** A text with a ticket's number in it: how that ticket stands, in words. */
export async function ticketNamed(talk: Talk, text: string): Promise<Said | null> {
  const number = NUMBER.exec(text)?.[0]?.toUpperCase();
  const id = number ? await idOfNumber(talk.tx, number) : null;
  const stored = id === null ? null : await loadTicket(talk.tx, id);
  if (!stored || mayOnTicket(talk.directory, talk.person.id, 'ticket.view', stored.ticket)) return null;
  const { ticket } = stored;
  const template = await talk.templates.at(talk.tx, ticket.template.key, ticket.template.version);
  const view = await talk.renderer.ofTicket(talk.tx, { ticket, template }, talk.person.id, null);
  if (!view) return null;
  const { title, emphasis, body, facts, url } = view.card;
  const english = talk.locale === 'en';
  const said = say(
    talk,
    [
      `${ticket.number} ${title}${english ? ` (${emphasis})` : `（${emphasis}）`}`,
      body,
      ...facts.map(({ label, value }) => `${label}${english ? ': ' : '：'}${value}`),
    ],
    { ticketId: ticket.id },
  );
  return { ...said, answer: { ...said.answer, link: { text: inTheirs(talk, askText.ticketPage), url } } };
}
