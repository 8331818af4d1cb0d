/** Events as they are stored: what is personal stands apart, and a ticket of which it was erased is still its events. */
import { expect, it } from '@jest/globals';
import { fold } from '../../src/flow/fold.ts';
import { decodeEvent, encodeEvents, ERASED, NO_HASH } from '../../src/ticket/eventCodec.ts';
import { filed, type Story, then } from '../support/flow.ts';
import { later, written } from '../support/written.ts';

/** One of each kind that holds words or values of people. */
function full(): Story {
  const template = written(`
  - { id: rate, call: 查, url: "https://erp.example.com/rate", take: { value: rate }, when: form.urgent }
  - { id: sub, subflow: 子, template: other, take: { login: =child.form.login } }
  - { id: work, handle: 办理, assignee: { users: [ann, bo] }, acts: { transfer: anyone } }`);
  let story = filed(template, { values: { title: '绝密', kind: '甲', urgent: true } });
  const call = () => ({ type: 'answered', key: story.ticket.calls[0]?.key ?? '' }) as const;
  story = later(story, { ...call(), outcome: { ok: false, reason: '绝密' } });
  story = then(story, 'adam', { type: 'retry', comment: '绝密' });
  story = later(story, { ...call(), outcome: { ok: true, status: 200, body: { rate: '绝密' } } });
  const key = story.ticket.children[0]?.key ?? '';
  story = later(story, { type: 'child_filed', key, ticketId: 7, number: 'O-7' });
  const values = { form: { login: '绝密' } };
  story = later(story, { type: 'child_over', key, status: 'closed', outcome: 'done', values });
  story = then(story, 'ann', { type: 'claim' });
  story = then(story, 'ann', { type: 'release', comment: '绝密' });
  story = then(story, 'bo', { type: 'transfer', person: 5, comment: '绝密' });
  story = then(story, 'rita', { type: 'comment', comment: '绝密' });
  return then(story, 'rita', { type: 'withdraw', comment: '绝密' });
}

it('come back as they were', () => {
  const { events, ticket } = full();
  const { rows, values } = encodeEvents(1, NO_HASH, events);
  const decoded = rows.map((row) => decodeEvent(row, values.find(({ n }) => n === row.seq) ?? null));
  expect(decoded).toEqual(events);
  expect(fold(decoded)).toEqual(ticket);
});

it('rebuild the ticket without what was erased, and without a word of it', () => {
  const { events, ticket } = full();
  const { rows } = encodeEvents(1, NO_HASH, events);
  const rebuilt = fold(rows.map((row) => decodeEvent(row, null)));
  expect(JSON.stringify(rebuilt)).not.toContain('绝密');
  expect(rebuilt).toMatchObject({ status: ticket.status, tasks: ticket.tasks, title: ERASED });
  expect(rows.map(({ body }) => body).join()).not.toContain('绝密');
});
