/** Tickets as the API shows them in lists. */
import { STATUS_WORDS, TASK_WORDS } from '../../card/words.ts';
import { inWords } from '../../lib/locale.ts';
import type { Listed, TodoItem } from '../../ticket/lists.ts';
import type { Receipt as Kept } from '../../ticket/tickets.ts';
import type { Receipt, TicketLine, TodoLine } from '../contract/ticket.ts';
import { presentPerson } from './people.ts';
import type { Reader } from './reader.ts';

export type TemplateNames = (key: string) => string;

export function presentLine(line: Listed, { directory, locale }: Reader, nameOf: TemplateNames): TicketLine {
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    status: line.status,
    statusText: inWords(STATUS_WORDS[line.status], locale),
    urgency: line.urgency,
    template: { key: line.templateKey, name: nameOf(line.templateKey) },
    requester: presentPerson(directory, line.requesterId),
    assignee: line.assigneeId === null ? null : presentPerson(directory, line.assigneeId),
    filedAt: line.filedAt,
    version: line.version,
  };
}

export function presentTodo(item: TodoItem, reader: Reader, nameOf: TemplateNames): TodoLine {
  const kind = item.kind as TodoLine['kind'];
  return {
    ...presentLine(item, reader, nameOf),
    task: item.task,
    kind,
    kindText: inWords(TASK_WORDS[kind], reader.locale),
    openedAt: item.openedAt,
  };
}

export const presentReceipt = ({ ticketId, number, status, version }: Kept): Receipt => ({
  id: ticketId,
  number,
  status,
  version,
});
