/** 催办, 抄送, 拿回, many at once, and many people at once (`approval-semantics.md`), on real databases. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fold } from '../../src/flow/fold.ts';
import { Refused } from '../../src/lib/refusal.ts';
import { bulkAgree } from '../../src/ticket/bulkAgree.ts';
import type { ActCommand } from '../../src/ticket/commands.ts';
import { copiedTo, todoOf } from '../../src/ticket/lists.ts';
import { mayOnTicket } from '../../src/ticket/permission.ts';
import { loadEvents } from '../../src/ticket/ticketStore.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, type Office } from '../support/office.ts';
import { aTemplate } from '../support/template.ts';

const FLOW = `  - { id: work, handle: 办理, assignee: { users: [chenwei, liuyang] }, form: [ { id: note, type: text, label: 说明 } ] }
  - { id: both, approve: 会签, approver: { users: [zhaolei, sunli] }, mode: all }
  - { id: last, approve: 控制, approver: { users: [zhengjie] }, control: true }`;
const VALUES = { title: '采购', kind: '甲' };

/** What became of it: `done`, or the refusal and whom it names. */
const end = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refused) return [error.refusal.refused, error.refusal.facts['by']].filter(Boolean).join(' ');
      throw error;
    },
  );

eachDatabase('hands', (open, dialect) => {
  let office: Office;
  beforeAll(async () => {
    office = await anOffice(open);
    await office.templates.publish(
      aTemplate({ flow: FLOW, more: 'acts: { withdraw: any_time_with_reason }' }),
      null,
      'test',
    );
  });

  const file = async () => {
    const by = office.id('wangxiao');
    return (await office.tickets.file(null, { by, requesterId: by, templateKey: 'sample', values: VALUES })).ticketId;
  };
  const openTask = async (ticketId: number, who: string) => {
    const { tasks } = await office.ticket(ticketId);
    const task = tasks.find(
      ({ state, people }) => state === 'open' && people.some(({ personId }) => personId === office.id(who)),
    );
    if (!task) throw new Error(`${who} has nothing to do in ${ticketId}`);
    return task;
  };
  const act = async (ticketId: number, who: string, type: 'claim' | 'release' | 'complete' | 'agree') => {
    const { n } = await openTask(ticketId, who);
    const command = { type, by: office.id(who), task: n, values: {}, comment: '' } as ActCommand;
    return office.act(ticketId, command);
  };
  const isItsEvents = async (ticketId: number) =>
    expect(fold(await office.db.read((reader) => loadEvents(reader, ticketId)))).toEqual(await office.ticket(ticketId));
  const todo = async (who: string) =>
    (await office.db.read((reader) => todoOf(reader, office.id(who), { limit: 100 }))).map(({ id }) => id);
  /** In the both-must-agree step. */
  const approving = async () => {
    const ticketId = await file();
    await act(ticketId, 'chenwei', 'complete');
    return ticketId;
  };

  it('认领: a task that is given back is in its candidates’ lists again', async () => {
    const ticketId = await file();
    await act(ticketId, 'chenwei', 'claim');
    expect(await todo('liuyang')).not.toContain(ticketId);
    await act(ticketId, 'chenwei', 'release');
    expect(await todo('liuyang')).toContain(ticketId);
    expect(await todo('chenwei')).toContain(ticketId);
    await isItsEvents(ticketId);
  });

  it('催办: counted with the task, and a second one is refused with the time', async () => {
    const ticketId = await file();
    const urge = () => office.act(ticketId, { type: 'urge', by: office.id('wangxiao') });
    await urge();
    expect(await end(urge())).toBe('urged_lately');
    office.pass(30 * 60_000);
    await urge();
    expect((await office.ticket(ticketId)).tasks[0]?.urged?.count).toBe(2);
    await isItsEvents(ticketId);
  });

  describe('抄送', () => {
    it('lets them look and no more, and is a list of its own', async () => {
      const [first, second] = [await file(), await file()];
      const tangmin = office.id('tangmin');
      expect(await end(office.tickets.see(tangmin, first))).toBe('ticket_not_found');
      for (const ticketId of [first, second])
        await office.act(ticketId, { type: 'cc', by: office.id('wangxiao'), people: [tangmin], comment: '' });
      await expect(office.tickets.see(tangmin, first)).resolves.toMatchObject({ ticket: { id: first } });
      const page = (limit: number, before?: number) =>
        office.db.read((reader) => copiedTo(reader, tangmin, { limit, ...(before ? { before } : {}) }));
      expect((await page(10)).map(({ id }) => id)).toEqual([second, first]);
      expect((await page(10, second)).map(({ id }) => id)).toEqual([first]);
      const comment = { type: 'comment', by: tangmin, comment: '好', files: [] } as const;
      expect(await end(office.act(first, comment))).toBe('not_allowed');
      const { ticket } = await office.tickets.see(tangmin, first);
      expect(mayOnTicket(office.people.current(), tangmin, 'ticket.view', ticket)).toBeNull();
      await isItsEvents(first);
    });

    it('the list is read off an index', async () => {
      const sql = `SELECT t.id FROM ticket_cc c JOIN ticket t ON t.id = c.ticket_id
        WHERE c.person_id = 1 AND c.ticket_id < 9 ORDER BY c.ticket_id DESC LIMIT 3`;
      const plan = await office.db.read((reader) =>
        reader.rows<Record<string, unknown>>(`EXPLAIN ${dialect === 'sqlite' ? 'QUERY PLAN ' : ''}${sql}`),
      );
      const text = JSON.stringify(plan);
      expect(text).not.toMatch(/filesort|TEMP B-TREE|SCAN/);
      expect(text).toMatch(dialect === 'sqlite' ? /SEARCH c USING .*INDEX/ : /PRIMARY/);
    });
  });

  it('拿回: the ticket is as it was, the lists too, and everything is in its events', async () => {
    const ticketId = await approving();
    expect(await todo('zhaolei')).toContain(ticketId);
    office.pass(60_000);
    await office.act(ticketId, { type: 'take_back', by: office.id('chenwei') });
    expect([(await todo('zhaolei')).includes(ticketId), (await todo('chenwei')).includes(ticketId)]).toEqual([
      false,
      true,
    ]);
    await isItsEvents(ticketId);
    await act(ticketId, 'chenwei', 'complete');
    await act(ticketId, 'sunli', 'agree');
    expect(await end(office.act(ticketId, { type: 'take_back', by: office.id('chenwei') }))).toBe(
      'too_late_to_take_back',
    );
    await office.act(ticketId, { type: 'take_back', by: office.id('sunli') });
    await act(ticketId, 'sunli', 'agree');
    await act(ticketId, 'zhaolei', 'agree');
    expect((await openTask(ticketId, 'zhengjie')).node).toBe('last');
    await isItsEvents(ticketId);
  });

  describe('Bulk', () => {
    const item = async (ticketId: number, who: string) => {
      const { n, version } = await openTask(ticketId, who);
      return { ticketId, task: n, version };
    };

    it('each by itself: what is refused holds up nothing, and all of it can be sent again', async () => {
      const [first, second, third] = [await approving(), await approving(), await approving()];
      const items = await Promise.all([first, second, third].map((id) => item(id, 'sunli')));
      await act(second, 'sunli', 'agree');
      const origin = { source: 'test', key: `bulk-${first}`, part: 'agreeToMany' };
      const by = office.id('sunli');
      const results = await bulkAgree(office.tickets, origin, by, items);
      expect(results.map((one) => ('done' in one ? 'done' : one.refused.refused))).toEqual([
        'done',
        'task_over',
        'done',
      ]);
      const before = await office.count('event');
      expect(await bulkAgree(office.tickets, origin, by, items)).toEqual(results);
      expect(await office.count('event')).toBe(before);
    });

    it('not at control steps, and no more than 50', async () => {
      const ticketId = await approving();
      await act(ticketId, 'sunli', 'agree');
      await act(ticketId, 'zhaolei', 'agree');
      const last = await item(ticketId, 'zhengjie');
      const [result] = await bulkAgree(office.tickets, null, office.id('zhengjie'), [last]);
      expect(result).toMatchObject({ refused: { refused: 'not_in_bulk', facts: { step: '控制' } } });
      const many = Array.from({ length: 51 }, () => last);
      expect(await end(bulkAgree(office.tickets, null, office.id('zhengjie'), many))).toBe('bad_input');
    });
  });

  describe('Concurrency', () => {
    const name = (who: string) => office.people.current().people.get(office.id(who))?.name ?? '';

    it('20 claim one task at once: one wins, the others are told by name', async () => {
      const ticketId = await file();
      const { n } = await openTask(ticketId, 'chenwei');
      const claim = (i: number) =>
        end(office.act(ticketId, { type: 'claim', by: office.id(i % 2 === 0 ? 'chenwei' : 'liuyang'), task: n }));
      const ends = await Promise.all(Array.from({ length: 20 }, (_, i) => claim(i)));
      expect(ends.filter((one) => one === 'done')).toHaveLength(1);
      const winner = (await office.ticket(ticketId)).assigneeId === office.id('chenwei') ? 'chenwei' : 'liuyang';
      // To the winner, who clicked ten times, it is theirs already.
      expect(new Set(ends)).toEqual(new Set(['done', 'not_now', `already_claimed ${name(winner)}`]));
      await isItsEvents(ticketId);
    });

    it('会签: two agree at once, and both count', async () => {
      for (let i = 0; i < 5; i += 1) {
        const ticketId = await approving();
        const agree = async (who: string) => end(act(ticketId, who, 'agree'));
        expect(await Promise.all([agree('sunli'), agree('zhaolei')])).toEqual(['done', 'done']);
        const { tasks, visits } = await office.ticket(ticketId);
        expect(tasks.filter(({ state }) => state === 'done:agree')).toHaveLength(2);
        expect(visits['last']).toBe(1);
        await isItsEvents(ticketId);
      }
    });

    it('withdraw against agree: the first committed wins, the other is told the fact', async () => {
      const ends = new Set<string>();
      for (let i = 0; i < 5; i += 1) {
        const ticketId = await approving();
        await act(ticketId, 'sunli', 'agree');
        const { n } = await openTask(ticketId, 'zhaolei');
        const agree = () =>
          office.act(ticketId, { type: 'agree', by: office.id('zhaolei'), task: n, values: {}, comment: '' });
        const withdraw = () =>
          office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '不需要了' });
        const both = i % 2 === 0 ? [end(agree()), end(withdraw())] : [end(withdraw()), end(agree())];
        for (const one of await Promise.all(both)) ends.add(one);
        const { status } = await office.ticket(ticketId);
        expect(status).toBe('withdrawn');
        await isItsEvents(ticketId);
      }
      ends.delete('done');
      // Who agrees too late hears who withdrew it; who withdraws later withdraws what was agreed to.
      for (const one of ends) expect(one).toBe(`task_over ${name('wangxiao')}`);
    });

    it('take back against the next one’s act: one of them wins', async () => {
      for (let i = 0; i < 5; i += 1) {
        const ticketId = await approving();
        const back = () => end(office.act(ticketId, { type: 'take_back', by: office.id('chenwei') }));
        const agree = () => end(act(ticketId, 'sunli', 'agree'));
        const ends = await Promise.all(i % 2 === 0 ? [back(), agree()] : [agree(), back()]);
        expect(ends.filter((one) => one === 'done')).toHaveLength(1);
        await isItsEvents(ticketId);
      }
    });
  });
});
