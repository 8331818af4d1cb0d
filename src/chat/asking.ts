/** Questions in a chat: my tickets, my to-dos, one ticket by its number. */
import { askText } from '../card/askText.ts';
import { taskListText, ticketListText } from '../card/listText.ts';
import { isOver, type TaskKind } from '../flow/ticket.ts';
import { idOfNumber, requestedBy, todoOf } from '../ticket/lists.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import { NUMBER } from './actWords.ts';
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
