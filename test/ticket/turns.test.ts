/** `round-robin`: each in turn, whoever got it last before a restart included, and without a lock. */
import { beforeAll, expect, it } from '@jest/globals';
import { aTemplate } from '../support/template.ts';
import { makeTurns } from '../../src/ticket/turns.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, type Office } from '../support/office.ts';

const FLOW = `  - { id: work, handle: 办理, assignee: { users: [chenwei, liuyang, zhaolei] }, strategy: round-robin }`;

eachDatabase('round-robin', (open) => {
  let office: Office;
  beforeAll(async () => {
    office = await anOffice(open);
    await office.templates.publish(aTemplate({ flow: FLOW }), null, 'test');
  });

  const file = async () => {
    const by = office.id('wangxiao');
    const templateKey = 'sample';
    const { ticketId } = await office.tickets.file(null, {
      by,
      requesterId: by,
      templateKey,
      values: { title: 't', kind: '甲' },
    });
    return (await office.ticket(ticketId)).assigneeId;
  };

  it('goes round by rising id, also when many are filed at once', async () => {
    const people = ['chenwei', 'liuyang', 'zhaolei'].map(office.id).sort((a, b) => a - b);
    expect([await file(), await file(), await file(), await file()]).toEqual([...people, people[0]]);
    const many = await Promise.all(Array.from({ length: 12 }, file));
    for (const person of people) {
      const share = many.filter((id) => id === person).length;
      // A filing that lost a race asked for a turn that nobody got.
      expect(share).toBeGreaterThanOrEqual(3);
    }
  });

  it('goes on after a restart where it stopped', async () => {
    const last = await file();
    const template = office.templates.current().get('sample');
    if (!template || last === null) throw new Error('nothing was filed');
    const people = ['chenwei', 'liuyang', 'zhaolei'].map(office.id).sort((a, b) => a - b);
    const next = await office.db.read((reader) => makeTurns().next(reader, template, 'work', people));
    expect(next).toBe(people[(people.indexOf(last) + 1) % people.length]);
    expect(await office.db.read((reader) => makeTurns().next(reader, template, 'nowhere', people))).toBe(people[0]);
  });
});
