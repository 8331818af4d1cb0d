/** What somebody can say about a ticket now. */
import { askText } from '../card/askText.ts';
import { sayAct } from '../card/sayAct.ts';
import { AGAIN_WORDS } from '../card/words.ts';
import type { Act } from '../flow/acts.ts';
import { offersAgain } from '../flow/again.ts';
import { possibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { inTheirs, type Talk } from './talk.ts';

interface Seen {
  readonly ticket: Ticket;
  readonly template: Template;
}

export function actsText(talk: Talk, { ticket, template }: Seen): Words {
  const possible = possibleActs(template, ticket, talk.person.id, talk.directory, talk.now);
  const onTasks = possible.tasks.flatMap(({ n, acts }) => {
    const task = ticket.tasks.find((one) => one.n === n) ?? null;
    return acts.map((act) => ({ act, task }));
  });
  const all: { act: Act; task: Ticket['tasks'][number] | null }[] = [
    ...onTasks,
    ...possible.ticket.map((act) => ({ act, task: null })),
  ];
  const taking = all.some(({ act }) => act === 'claim');
  const lines = all
    .filter(({ act }) => act !== 'accept' || !taking)
    .map(({ act, task }) => inTheirs(talk, sayAct({ template, ticket, task }, act)));
  const again = offersAgain(ticket, talk.person.id, talk.now) ? [inTheirs(talk, AGAIN_WORDS)] : [];
  return askText.sayable(ticket.number, [...new Set([...again, ...lines])]);
}
