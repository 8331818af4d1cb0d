/** Timers and errands on both databases: due once, heard once, whatever dies or comes twice. S50, invariants 3, 7 and 8. */
import { expect, it } from '@jest/globals';
import { LEASE_MS, makeTimers } from '../../src/automation/timers.ts';
import { makeErrands } from '../../src/ticket/errands.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, type Office } from '../support/office.ts';

const HOUR = 3_600_000;

const PARENT = `template: onboarding
name: 入职
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: start, type: date, label: 入职日 }
flow:
  - id: account
    subflow: 开通账号
    template: account
    give: { title: "为 {form.title} 开通账号", day: =form.start }
    take: { login: =child.form.login }
  - id: greet
    handle: 迎接
    assignee: requester
    timeout:
      - { after: 1h wall, remind: assignee }
      - { after: 2h wall, escalate: { manager: requester } }
      - { after: 4h wall, close: done }
acts: { withdraw: any_time_with_reason }
`;
const CHILD = `template: account
name: 账号
filing: { who: [ { role: IT主管 } ] }
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: day, type: date, label: 启用日 }
  - { id: login, type: text, label: 账号 }
flow:
  - { id: make, handle: 开通, assignee: { role: IT服务台 }, fields: { login: required } }
`;

async function begin(open: Parameters<typeof anOffice>[0]) {
  const office = await anOffice(open, { admins: ['sandbox/wangxiao'] });
  const { db, clock, log, tickets, templates, people } = office;
  await templates.publish(CHILD, null, 'test');
  await templates.publish(PARENT, null, 'test');
  const sweep = makeTimers({
    db,
    clock,
    log,
    tickets,
    errands: makeErrands({ tickets, templates, directory: people.current }),
  });
  const by = office.id('wangxiao');
  const begins = (values = { title: '新同事', start: '2026-12-01' }) =>
    tickets.file(null, { by, requesterId: by, templateKey: 'onboarding', values });
  return { ...office, sweep, begins, by };
}

const rows = ({ db }: Pick<Office, 'db'>) =>
  db.read((reader) => reader.rows<{ kind: string; due_at: number }>('SELECT kind, due_at FROM timer ORDER BY id'));
const childOf = async (office: Pick<Office, 'ticket'>, parentId: number) => {
  const { children } = await office.ticket(parentId);
  return { id: children[0]?.ticketId ?? -1, key: children[0]?.key ?? '' };
};

eachDatabase('what is due', (open) => {
  it('a sub-ticket is filed for whoever may not by hand, worked on, and brings its values back', async () => {
    const office = await begin(open);
    const { ticketId } = await office.begins();
    expect((await rows(office)).map(({ kind }) => kind)).toEqual(['file_child']);
    expect(await office.sweep()).toBe(1);
    const child = await childOf(office, ticketId);
    const ticket = await office.ticket(child.id);
    expect(ticket).toMatchObject({ title: '为 新同事 开通账号', parent: { ticketId, depth: 1 } });
    expect(ticket.values['form']).toMatchObject({ day: '2026-12-01' });
    const [task] = ticket.tasks;
    const handler = task?.people[0]?.personId ?? -1;
    await office.act(child.id, {
      ...{ type: 'complete', by: handler, task: task?.n ?? 0, comment: '' },
      values: { 'form.login': 'xin' },
    });
    expect((await rows(office)).map(({ kind }) => kind)).toEqual(['child_over']);
    expect(await office.sweep()).toBe(1);
    expect(await office.ticket(ticketId)).toMatchObject({ values: { account: { login: 'xin' } }, status: 'pending' });
    expect((await rows(office)).map(({ kind }) => kind)).toEqual(['timeout']);
  });

  it('what the child refuses is told to the parent in words, and the flow admin may skip it', async () => {
    const office = await begin(open);
    const { ticketId } = await office.begins({ title: 'x'.repeat(3), start: '' });
    await office.templates.publish(CHILD.replace('启用日 }', '启用日, required: true }'), null, 'test');
    await office.sweep();
    const ticket = await office.ticket(ticketId);
    const rescue = ticket.tasks.find(({ kind }) => kind === 'rescue');
    expect(rescue).toMatchObject({ state: 'open', people: [{ personId: office.by }] });
    await office.act(ticketId, { type: 'skip', by: office.by, task: rescue?.n ?? 0, comment: '' });
    expect((await office.ticket(ticketId)).tasks.at(-1)).toMatchObject({ node: 'greet', state: 'open' });
  });

  it('a ladder is climbed when its time comes, not before, and ends with the task', async () => {
    const office = await begin(open);
    const { ticketId } = await office.begins();
    await office.sweep();
    const child = await childOf(office, ticketId);
    await office.act(ticketId, {
      ...{ type: 'child_over', by: null, key: child.key, status: 'closed', outcome: 'done', values: {} },
    });
    office.pass(HOUR - 1);
    expect(await office.sweep()).toBe(0);
    office.pass(1);
    expect(await office.sweep()).toBe(1);
    expect(await office.sweep()).toBe(0);
    office.pass(HOUR);
    expect(await office.sweep()).toBe(1);
    // The service was down for a day: what is overdue is heard once, at recovery.
    office.pass(24 * HOUR);
    expect(await office.sweep()).toBe(1);
    expect(await office.ticket(ticketId)).toMatchObject({ status: 'closed', outcome: 'done', timers: [] });
    expect(await rows(office)).toEqual([]);
  });

  it('of two sweeps at once, and of one that died with its claims, each row is heard once', async () => {
    const office = await begin(open);
    const filed = await Promise.all(
      Array.from({ length: 12 }, (_, i) => office.begins({ title: `第${i}位`, start: '' })),
    );
    const heard = await Promise.all([office.sweep(), office.sweep()]);
    expect(heard.reduce((sum, n) => sum + n, 0)).toBe(12);
    expect(await office.count('ticket')).toBe(24);
    for (const { ticketId } of filed) expect((await childOf(office, ticketId)).id).toBeGreaterThan(0);
    // Claimed, and then nothing: after the lease it is due again.
    const { ticketId } = await office.begins({ title: '再一位', start: '' });
    await office.db.write((tx) =>
      tx.run('UPDATE timer SET due_at = ?, fence = fence + 1', [office.clock() + LEASE_MS]),
    );
    expect(await office.sweep()).toBe(0);
    office.pass(LEASE_MS);
    expect(await office.sweep()).toBe(1);
    expect((await childOf(office, ticketId)).id).toBeGreaterThan(0);
  });

  it('a row that is left over, and one that is heard again, change nothing', async () => {
    const office = await begin(open);
    const { ticketId } = await office.begins();
    const [row] = await office.db.read((reader) => reader.rows<Record<string, string | number>>('SELECT * FROM timer'));
    await office.sweep();
    const { version } = await office.ticket(ticketId);
    await office.db.write((tx) => tx.insert('timer', [{ ...row, due_at: office.clock() }]));
    expect(await office.sweep()).toBe(1);
    expect((await office.ticket(ticketId)).version).toBe(version);
    expect(await office.count('ticket')).toBe(2);
    expect(await rows(office)).toEqual([]);
  });
});
