/** The one transaction: what is accepted is whole, once, and in its own chain; what is refused leaves nothing. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fold } from '../../src/flow/fold.ts';
import { Refused } from '../../src/lib/refusal.ts';
import { chainHash } from '../../src/ticket/eventCodec.ts';
import { todoOf } from '../../src/ticket/lists.ts';
import { loadEvents } from '../../src/ticket/ticketStore.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, aRepair, type Office } from '../support/office.ts';

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused)) throw new Error(`Not refused: ${String(error)}`);
  return error.refusal.refused;
};

eachDatabase('commands', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await anOffice(open);
  });

  const aTicket = async () => {
    const receipt = await office.file('wangxiao');
    const ticket = await office.ticket(receipt.ticketId);
    const task = ticket.tasks[0];
    if (!task?.assigneeId) throw new Error('nobody was given the task');
    return { ...receipt, n: task.n, handler: task.assigneeId };
  };

  it('files a ticket that its events rebuild, chained by hash (S31, S46)', async () => {
    const { ticketId, number } = await office.file('wangxiao');
    expect(number).toMatch(/^IT-202611-\d{4}$/);
    const ticket = await office.ticket(ticketId);
    expect(ticket).toMatchObject({ title: '打印机卡纸', urgency: '一般', category: '硬件故障', status: 'pending' });
    const events = await office.db.read((reader) => loadEvents(reader, ticketId));
    expect(fold(events)).toEqual(ticket);
    const rows = await office.db.read((reader) =>
      reader.rows<{ body: string; hash: string }>('SELECT body, hash FROM event WHERE ticket_id = ? ORDER BY seq', [
        ticketId,
      ]),
    );
    let hash = '';
    for (const row of rows) expect(row.hash).toBe((hash = chainHash(hash, row.body)));
    expect(rows.map(({ body }) => body).join()).not.toContain('出纸口'); // What can be erased is not in the chain.
  });

  it('least-open spreads tickets over the engineers (S35)', async () => {
    const first = await aTicket();
    const second = await aTicket();
    expect([first.handler, second.handler].sort()).toEqual([office.id('chenwei'), office.id('liuyang')].sort());
  });

  it('a command delivered again changes nothing and gets the first answer (invariant 3)', async () => {
    const origin = { source: 'test', key: 'file-1' };
    const first = await office.file('wangxiao', aRepair, origin);
    const before = await office.count('ticket');
    expect(await office.file('wangxiao', aRepair, origin)).toEqual(first);
    expect(await office.count('ticket')).toBe(before);
  });

  it('a command delivered 20 times at once has one effect', async () => {
    const { ticketId, n, handler } = await aTicket();
    const origin = { source: 'test', key: `accept-${ticketId}` };
    const accept = () => office.act(ticketId, { type: 'accept', by: handler, task: n }, origin);
    const answers = await Promise.all(Array.from({ length: 20 }, accept));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const events = await office.db.read((reader) => loadEvents(reader, ticketId));
    expect(events.filter(({ type }) => type === 'task.accepted')).toHaveLength(1);
    expect(fold(events)).toEqual(await office.ticket(ticketId));
  });

  it('20 who complete one task at once: one wins, the others are told who was first (invariant 4)', async () => {
    const { ticketId, n, handler } = await aTicket();
    const values = { solution: '换了搓纸轮', effort: 1, core: false };
    const tries = Array.from({ length: 20 }, (_, i) =>
      office
        .act(
          ticketId,
          { type: 'complete', by: handler, task: n, values, comment: '' },
          { source: 'test', key: `c-${ticketId}-${i}` },
        )
        .then(
          () => 'won',
          (error: unknown) =>
            error instanceof Refused ? `${error.refusal.refused} ${error.refusal.facts['by'] ?? ''}` : String(error),
        ),
    );
    const ends = await Promise.all(tries);
    expect(ends.filter((end) => end === 'won')).toHaveLength(1);
    const name = office.people.current().people.get(handler)?.name ?? '';
    expect(new Set(ends.filter((end) => end !== 'won'))).toEqual(new Set([`task_over ${name}`]));
  });

  it('a transferred task leaves the one who had it: to-do lists and events agree (转交)', async () => {
    const { ticketId, n, handler } = await aTicket();
    const to = office.id(handler === office.id('chenwei') ? 'liuyang' : 'chenwei');
    await office.act(ticketId, { type: 'transfer', by: handler, task: n, person: to, comment: '今天不在公司' });
    const ticket = await office.ticket(ticketId);
    expect(ticket.assigneeId).toBe(to);
    expect(fold(await office.db.read((reader) => loadEvents(reader, ticketId)))).toEqual(ticket);
    const todo = async (id: number) =>
      (await office.db.read((reader) => todoOf(reader, id, { limit: 100 }))).map((item) => item.id);
    expect(await todo(handler)).not.toContain(ticketId);
    expect(await todo(to)).toContain(ticketId);
    // Who had it still sees how it goes on.
    expect((await office.tickets.see(handler, ticketId)).ticket.id).toBe(ticketId);
  });

  it('a reader never meets one moment’s ticket with another’s tasks', async () => {
    const { ticketId, n, handler } = await aTicket();
    let reading = true;
    const mixed: unknown[] = [];
    const read = async () => {
      while (reading) {
        const { status, tasks } = await office.ticket(ticketId);
        const accepted = tasks[0]?.acceptedAt !== null;
        if ((status === 'processing') !== accepted) mixed.push({ status, accepted });
      }
    };
    const readers = [read(), read(), read()];
    await office.act(ticketId, { type: 'accept', by: handler, task: n });
    await office.ticket(ticketId);
    reading = false;
    await Promise.all(readers);
    expect(mixed).toEqual([]);
  });

  it('a refusal leaves nothing behind, no inbox row either', async () => {
    const { ticketId, n } = await aTicket();
    const before = [await office.count('event'), await office.count('outbox'), await office.count('inbox')];
    const stranger = { type: 'accept', by: office.id('wangxiao'), task: n } as const;
    expect(await refusalOf(office.act(ticketId, stranger, { source: 'test', key: 'no' }))).toBe('not_your_task');
    expect([await office.count('event'), await office.count('outbox'), await office.count('inbox')]).toEqual(before);
  });

  it('an old message that was never accepted is refused; one that was gets its answer', async () => {
    const origin = { source: 'test', key: 'stale-1' };
    const first = await office.file('wangxiao', aRepair, origin);
    expect(await office.file('wangxiao', aRepair, { ...origin, stale: true })).toEqual(first);
    expect(await refusalOf(office.file('wangxiao', aRepair, { source: 'test', key: 'stale-2', stale: true }))).toBe(
      'replayed',
    );
  });

  describe('bad input', () => {
    it.each([
      ['a required field is missing', { ...aRepair, detail: '' }, 'bad_input'],
      ['an option that is none', { ...aRepair, category: '咖啡机' }, 'bad_input'],
      ['a field that does not exist', { ...aRepair, colour: 'red' }, 'bad_input'],
      ['a file that is not there', { ...aRepair, files: [4711] }, 'bad_input'],
    ])('%s is refused with the field', async (_, values, code) => {
      const before = await office.count('ticket');
      expect(await refusalOf(office.file('wangxiao', values))).toBe(code);
      expect(await office.count('ticket')).toBe(before);
    });

    it('unknown people, templates, tickets and tasks are refused', async () => {
      const { ticketId, handler } = await aTicket();
      expect(await refusalOf(office.file('nobody'))).toBe('unknown_person');
      expect(
        await refusalOf(
          office.tickets.file(null, {
            by: office.id('wangxiao'),
            requesterId: office.id('wangxiao'),
            templateKey: 'nope',
            values: {},
          }),
        ),
      ).toBe('template_not_found');
      expect(await refusalOf(office.act(999_999, { type: 'accept', by: handler, task: 1 }))).toBe('ticket_not_found');
      expect(await refusalOf(office.act(ticketId, { type: 'accept', by: handler, task: 999 }))).toBe('task_not_found');
      // To a stranger a foreign ticket and a missing one look alike.
      expect(await refusalOf(office.act(ticketId, { type: 'accept', by: office.id('tangmin'), task: 1 }))).toBe(
        'ticket_not_found',
      );
    });

    it('words without end are refused, and control characters are not kept', async () => {
      const { ticketId } = await aTicket();
      const comment = (text: string) =>
        ({ type: 'comment', by: office.id('wangxiao'), comment: text, files: [] }) as const;
      expect(await refusalOf(office.act(ticketId, comment('长'.repeat(2001))))).toBe('bad_input');
      await office.act(ticketId, comment('第一行\u0007\r\n第二行  '));
      const events = await office.db.read((reader) => loadEvents(reader, ticketId));
      expect(events.at(-1)?.personal).toEqual({ text: '第一行\n第二行' });
    });

    it('a ticket that is over takes no more acts', async () => {
      const { ticketId, n, handler } = await aTicket();
      await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '自己好了' });
      expect(await office.ticket(ticketId)).toMatchObject({ status: 'withdrawn', outcome: 'withdrawn' });
      expect(await refusalOf(office.act(ticketId, { type: 'accept', by: handler, task: n }))).toMatch(
        /ticket_closed|task_over/,
      );
    });

    it('filing more often than the template allows is refused (filing.limit)', async () => {
      for (let i = 0; i < 20; i += 1) await office.file('hanmei');
      expect(await refusalOf(office.file('hanmei'))).toBe('filing_limit');
      office.pass(24 * 3_600_000);
      await expect(office.file('hanmei')).resolves.toMatchObject({ status: 'pending' });
    });
  });

  it('filing in somebody else’s name needs the right to (代提)', async () => {
    const input = {
      by: office.id('tangmin'),
      requesterId: office.id('wangxiao'),
      templateKey: 'it-repair',
      values: aRepair,
    };
    expect(await refusalOf(office.tickets.file(null, input))).toBe('not_allowed');
  });
});
