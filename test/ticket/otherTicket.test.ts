/** Acts on two tickets, on both databases: merge, duplicate, filing again. Invariant 8: the second hears by a command of its own. */
import { expect, it } from '@jest/globals';
import { makeTimers } from '../../src/automation/timers.ts';
import { Refused } from '../../src/lib/refusal.ts';
import { makeErrands } from '../../src/ticket/errands.ts';
import { mayOnTicket } from '../../src/ticket/permission.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, aRepair } from '../support/office.ts';

async function begin(open: Parameters<typeof anOffice>[0]) {
  const office = await anOffice(open, { admins: ['sandbox/zhouming'] });
  const { db, clock, log, tickets, templates, people, id } = office;
  const errands = makeErrands({ tickets, templates, directory: people.current });
  const named = async (ticketId: number) => ({ ticketId, number: (await office.ticket(ticketId)).number });
  return {
    ...office,
    sweep: makeTimers({ db, clock, log, tickets, errands }),
    named,
    merge: async (from: number, into: number, by = 'zhouming') =>
      tickets.act(null, from, { type: 'merge', by: id(by), other: await named(into), comment: '' }),
    refusal: (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'done',
        (error: unknown) => {
          if (!(error instanceof Refused)) throw error;
          return error.refusal.refused;
        },
      ),
  };
}

eachDatabase('another ticket', (open) => {
  it('hears of what was merged into it, and its requester may read there', async () => {
    const office = await begin(open);
    const [from, into] = [await office.file('wangxiao'), await office.file('linxia')];
    await office.merge(from.ticketId, into.ticketId);
    expect(await office.ticket(from.ticketId)).toMatchObject({ status: 'closed', outcome: 'merged' });
    await office.sweep();
    const other = await office.ticket(into.ticketId);
    expect(other.links).toMatchObject([{ kind: 'merged_from', number: from.number, readerId: office.id('wangxiao') }]);
    expect(mayOnTicket(office.people.current(), office.id('wangxiao'), 'ticket.view', other)).toBeNull();
    await office.tickets.see(office.id('wangxiao'), into.ticketId);
    expect(await office.sweep()).toBe(0);
  });

  it('must be there, to be seen by who acts, and not over', async () => {
    const office = await begin(open);
    const [from, into] = [await office.file('wangxiao'), await office.file('linxia')];
    const handler = (await office.ticket(from.ticketId)).assigneeId ?? -1;
    const hidden = { type: 'merge', by: handler, other: await office.named(into.ticketId), comment: '' } as const;
    const own = (await office.ticket(into.ticketId)).tasks.some((task) =>
      task.people.some(({ personId }) => personId === handler),
    );
    expect(await office.refusal(office.tickets.act(null, from.ticketId, hidden))).toBe(
      own ? 'done' : 'ticket_not_found',
    );
    const none = { type: 'merge', by: office.id('zhouming'), other: { ticketId: 999_999, number: 'X' }, comment: '' } as const; // prettier-ignore
    const third = await office.file('hejing');
    expect(await office.refusal(office.tickets.act(null, third.ticketId, none))).toBe('ticket_not_found');
    const requester = office.id('linxia');
    await office.tickets.act(null, into.ticketId, { type: 'withdraw', by: requester, comment: '好了' });
    expect(await office.refusal(office.merge(third.ticketId, into.ticketId))).toBe('ticket_closed');
  });

  it('two that are merged into each other at once: one of them goes on', async () => {
    const office = await begin(open);
    const [a, b] = [await office.file('wangxiao'), await office.file('linxia')];
    const done = await Promise.all([
      office.refusal(office.merge(a.ticketId, b.ticketId)),
      office.refusal(office.merge(b.ticketId, a.ticketId)),
    ]);
    expect(done.sort()).toEqual(['done', 'ticket_closed']);
    const states = [await office.ticket(a.ticketId), await office.ticket(b.ticketId)].map(({ status }) => status);
    expect(states.filter((status) => status === 'closed')).toHaveLength(1);
  });

  it('is filed again after it was withdrawn: both name each other', async () => {
    const office = await begin(open);
    const first = await office.file('wangxiao');
    const by = office.id('wangxiao');
    await office.tickets.act(null, first.ticketId, { type: 'withdraw', by, comment: '写错了' });
    const again = { by, requesterId: by, templateKey: 'it-repair', values: aRepair, follows: first.ticketId };
    const second = await office.tickets.file(null, again);
    await office.sweep();
    expect((await office.ticket(second.ticketId)).links).toMatchObject([{ kind: 'follows', number: first.number }]);
    expect((await office.ticket(first.ticketId)).links).toMatchObject([{ kind: 'followed_by', number: second.number }]);
    const strange = { ...again, by: office.id('hejing'), requesterId: office.id('hejing') };
    expect(await office.refusal(office.tickets.file(null, strange))).toBe('ticket_not_found');
  });

  it('is filed again once, however many try at once and before it hears of it', async () => {
    const office = await begin(open);
    const by = office.id('wangxiao');
    const first = await office.file('wangxiao');
    const again = { by, templateKey: 'it-repair', values: aRepair, follows: first.ticketId };
    expect(await office.refusal(office.tickets.file(null, again))).toBe('not_over');
    await office.tickets.act(null, first.ticketId, { type: 'withdraw', by, comment: '写错了' });
    const tries = await Promise.all([1, 2, 3, 4].map(() => office.refusal(office.tickets.file(null, again))));
    expect(tries.sort()).toEqual(['done', ...Array.from({ length: 3 }, () => 'filed_again_already')]);
    await office.sweep();
    expect((await office.ticket(first.ticketId)).links).toHaveLength(1);
    expect(await office.refusal(office.tickets.file(null, again))).toBe('filed_again_already');
    expect(await office.count('ticket_again')).toBe(1);
  });

  it('the flow admin whom only the template names may see its tickets and put them right', async () => {
    const office = await begin(open);
    const text = `template: own\nname: 自管\nadmin: { user: gaofeng }\nform: [ { id: title, type: text, label: 标题, required: true } ]\nflow: [ { id: go, handle: 去办, assignee: { user: chenwei } } ]\n`;
    await office.templates.publish(text, null, 'test');
    const by = office.id('wangxiao');
    const filing = { by, requesterId: by, templateKey: 'own', values: { title: 'x' } };
    const { ticketId } = await office.tickets.file(null, filing);
    const admin = office.id('gaofeng');
    const twice = await office.tickets.file(null, filing);
    await office.merge(twice.ticketId, ticketId, 'gaofeng');
    expect((await office.ticket(twice.ticketId)).outcome).toBe('merged');
    await office.tickets.see(admin, ticketId);
    await office.tickets.act(null, ticketId, { type: 'force_close', by: admin, comment: '演练' });
    expect((await office.ticket(ticketId)).outcome).toBe('forced');
    expect(await office.refusal(office.tickets.see(office.id('hejing'), ticketId))).toBe('ticket_not_found');
  });
});
