/** The nightly and the frequent sweeps on both databases: leavers (审批人离职), and years that were not published. */
import { expect, it } from '@jest/globals';
import { makeLeavers } from '../../src/automation/leavers.ts';
import { makeRecount } from '../../src/automation/provisional.ts';
import { importCalendar } from '../../src/people/calendar.ts';
import { syncDirectory } from '../../src/people/sync.ts';
import { box, theSandbox } from '../people/build.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';

const DAY = 86_400_000;
const announcer = { publish: () => undefined };

const TEMPLATE = `template: errand
name: 跑腿
form: [ { id: title, type: text, label: 标题, required: true } ]
flow:
  - id: go
    handle: 去办
    assignee: { user: chenwei }
    timeout: [ { after: 45 workdays, remind: assignee } ]
  - { id: check, approve: 核对, approver: { users: [zhaolei, chenwei] }, mode: sequence }
`;

async function begin(open: Parameters<typeof anOffice>[0]) {
  const office = await anOffice(open, { admins: ['sandbox/wangxiao'] });
  const { db, log, tickets, templates, people, clock } = office;
  await templates.publish(TEMPLATE, null, 'test');
  const by = office.id('wangxiao');
  const { ticketId } = await tickets.file(null, {
    by,
    requesterId: by,
    templateKey: 'errand',
    values: { title: '取件' },
  });
  return {
    ...office,
    ticketId,
    leavers: makeLeavers({ db, log, tickets, directory: people.current }),
    recount: makeRecount({ db, log, tickets }),
    async leave(account: string) {
      const all = theSandbox();
      const left = { ...all, people: all.people.filter((person) => person.account !== account) };
      await db.write((tx) => syncDirectory(tx, left, { workspaceId: 'sandbox', box, now: clock() }));
      await people.refresh();
    },
  };
}

eachDatabase('what is swept', (open) => {
  it('审批人离职: what a leaver had open goes to who comes next, once; the card and the record follow', async () => {
    const office = await begin(open);
    const leaver = office.id('chenwei');
    expect((await office.ticket(office.ticketId)).assigneeId).toBe(leaver);
    expect(await office.leavers()).toBe(0);
    await office.leave('chenwei');
    expect(await office.leavers()).toBe(1);
    const { assigneeId, tasks } = await office.ticket(office.ticketId);
    expect(office.people.current().people.get(assigneeId ?? -1)?.active).toBe(true);
    expect(tasks[0]?.people.map(({ personId }) => personId)).toEqual([assigneeId]);
    const open_ = await office.db.read((reader) =>
      reader.rows('SELECT person_id FROM task_person WHERE ticket_id = ? AND open = 1', [office.ticketId]),
    );
    expect(open_).toEqual([{ person_id: assigneeId }]);
    expect(await office.leavers()).toBe(0);
  });

  it('provisional due times are counted again when the year is published, and only then', async () => {
    const office = await begin(open);
    const before = (await office.ticket(office.ticketId)).timers[0];
    expect(before?.provisional).toBe(true);
    expect(await office.recount()).toBe(0);
    const off = ['2027-01-04', '2027-01-05'];
    const years = new Map([2026, 2027].map((year) => [year, { off: year === 2027 ? off : [], work: [] }]));
    await importCalendar(office.db, { kind: 'holidays', years }, announcer);
    await office.people.refresh();
    expect(await office.recount()).toBe(1);
    const [after] = (await office.ticket(office.ticketId)).timers;
    expect(after?.provisional).toBe(false);
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeGreaterThanOrEqual(DAY);
    const rows = await office.db.read((reader) => reader.rows('SELECT due_at FROM timer'));
    expect(rows).toEqual([{ due_at: after?.at }]);
    expect(await office.recount()).toBe(0);
  });
});
