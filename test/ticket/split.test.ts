/** 拆分 split child, on both databases: what the new ticket takes along, and who may have which one filed. */
import { expect, it } from '@jest/globals';
import { makeTimers } from '../../src/automation/timers.ts';
import { addAttachment, ticketAttachments } from '../../src/ticket/attachments.ts';
import { makeErrands } from '../../src/ticket/errands.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, aRepair } from '../support/office.ts';

const SECRET = `template: payroll
name: 薪酬
filing: { who: [ { user: dengli } ] }
form:
  - { id: title, type: text, label: 标题, required: true }
flow:
  - { id: work, handle: 办理, assignee: { role: IT服务台 } }
`;

async function begin(open: Parameters<typeof anOffice>[0]) {
  const office = await anOffice(open, { admins: ['sandbox/zhouming'] });
  const { db, clock, log, tickets, templates, people, id } = office;
  await templates.publish(SECRET, null, 'test');
  const errands = makeErrands({ tickets, templates, directory: people.current });
  const sweep = makeTimers({ db, clock, log, tickets, errands });
  const photo = await db.write((tx) =>
    addAttachment(tx, {
      ...{ personId: id('wangxiao'), draftId: null, name: 'x.jpg', mime: 'image/jpeg', source: null },
      stored: { key: 'x', sha256: 'x', size: 1 },
    }),
  );
  const { ticketId } = await office.file('wangxiao', { ...aRepair, files: [photo] });
  const { assigneeId, tasks } = await office.ticket(ticketId);
  const handler = assigneeId ?? -1;
  const act = (more: object) =>
    office.act(ticketId, { ...{ by: handler, task: tasks[0]?.n ?? -1, values: {}, comment: '换硬盘' }, ...more } as Parameters<typeof office.act>[1]); // prettier-ignore
  await act({ type: 'accept' });
  return {
    ...office,
    handler,
    ticketId,
    /** @returns the child, and the last event of its parent */
    async splits(more: object = {}) {
      await act({ type: 'split', ...more });
      await sweep();
      const { children } = await office.ticket(ticketId);
      const child = children[0]?.ticketId ?? null;
      const { events } = await tickets.seeWhole(handler, ticketId);
      return { child: child === null ? null : await office.ticket(child), last: events.at(-1) };
    },
  };
}

eachDatabase('split child', (open) => {
  it('takes along what is known, files as well: both tickets have theirs', async () => {
    const office = await begin(open);
    const { child, last } = await office.splits();
    expect(last?.personal).toBeNull();
    expect(child).toMatchObject({ title: '换硬盘', category: '硬件故障', requesterId: office.handler });
    const of = (ticketId: number) => office.db.read((reader) => ticketAttachments(reader, ticketId));
    const [[own], [photo]] = [await of(child?.id ?? -1), await of(office.ticketId)];
    expect(own).toMatchObject({ name: photo?.name, storage_key: photo?.storage_key });
    expect(child?.values['form']?.['files']).toEqual([own?.id]);
    expect(own?.id).not.toBe(photo?.id);
  });

  it('in the requester’s name it is recorded who filed it (代提)', async () => {
    const office = await begin(open);
    const { child } = await office.splits({ person: office.id('wangxiao') });
    expect(child).toMatchObject({ requesterId: office.id('wangxiao'), filerId: office.handler });
  });

  it('of another template: only for whoever may file that', async () => {
    const office = await begin(open);
    const { child, last } = await office.splits({ template: 'payroll' });
    expect([child, last?.type]).toEqual([null, 'child.failed']);
  });
});
