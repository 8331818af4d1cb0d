/** What a ticket holds besides its columns comes back from its rows: who was added, and who stands in for whom. */
import { expect, it } from '@jest/globals';
import { type TaskJoinRow, taskPersonRows, taskRow, ticketFrom, ticketRow } from '../../src/ticket/ticketCodec.ts';
import { aDirectory, anApproval, aTemplate, filed, id, type Story, then, users } from '../support/flow.ts';

const throughRows = ({ ticket }: Story) => {
  const rows = ticket.tasks.flatMap((task): TaskJoinRow[] =>
    taskPersonRows(ticket.id, task)
      .sort((a, b) => a.person_id - b.person_id)
      .map(({ person_id, role }) => ({ ...taskRow(ticket.id, task), person_id, role })),
  );
  return ticketFrom(ticketRow({ ticket, lastHash: '' }), rows).ticket;
};

it('加签, 委托, 代理 and 转交 as rows', () => {
  const directory = aDirectory({ away: { dee: 'eve' } });
  let story = filed(aTemplate([anApproval('check', users('ann', 'bo'), { mode: 'all' })]), { directory });
  story = then(story, 'ann', { type: 'add_sign', how: 'before', people: [id('dee')] });
  story = then(story, 'bo', { type: 'transfer', person: id('cy') });
  story = then(story, 'cy', { type: 'delegate', person: id('ken') });
  expect(story.ticket.tasks.map(({ via, parent, transfers }) => [via, parent, transfers])).toEqual([
    [null, null, 0],
    [null, null, 1],
    ['before', 2, 0],
    ['delegate', 3, 0],
  ]);
  expect(story.ticket.tasks[1]?.former).toEqual([id('bo')]);
  expect(story.ticket.tasks[2]?.people).toEqual([
    { personId: id('dee'), role: 'assignee' },
    { personId: id('eve'), role: 'substitute', for: id('dee') },
  ]);
  expect(throughRows(story)).toEqual(story.ticket);
});

it('to-do lists have what a person can act on: the added and their substitutes, not who waits for them', () => {
  const directory = aDirectory({ away: { dee: 'eve' } });
  const story = then(filed(aTemplate([anApproval('check', users('ann'))]), { directory }), 'ann', {
    type: 'add_sign',
    how: 'before',
    people: [id('dee')],
  });
  const open = story.ticket.tasks.flatMap((task) => taskPersonRows(1, task)).filter((row) => row.open === 1);
  expect(open.map((row) => row.person_id)).toEqual([id('dee'), id('eve')]);
});
