/** People whom the requester picks, over the API: the form offers them, filing verifies them, the ticket asks them. */
import { beforeAll, expect, it } from '@jest/globals';
import { setRole } from '../../src/people/role.ts';
import { eachSite, type Site } from '../support/site.ts';

const TEXT = `template: review
name: 评审
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: informed, type: people, label: 知会 }
flow:
  - { id: judge, approve: 评审, approver: { requester_picks: { role: 评审专家 }, min: 1, max: 2 }, mode: all }
`;

eachSite('picking approvers', (start) => {
  let site: Site;
  beforeAll(async () => {
    site = await start();
    const { db, people, cache } = site.office;
    const members = { people: ['hanmei', 'luoyi'].map(site.office.id), departments: [] };
    await setRole(db, { name: '评审专家', members, directory: people.current(), announcer: cache });
    await people.refresh();
    const { status, body } = await site.as('wugang')('publishTemplate', { body: { text: TEXT } });
    expect([status, body.findings.filter(({ severity }) => severity !== 'info')]).toEqual([200, []]);
  });

  it('the form offers those of the role', async () => {
    const { body } = await site.as('wangxiao')('templateForm', { params: { key: 'review' } });
    expect(body.form.fields.find(({ id }) => id === 'picks_judge')).toMatchObject({
      ...{ type: 'people', label: '评审的人选', required: true, writable: true, min: 1, max: 2 },
      options: ['hanmei', 'luoyi'].map((account) => ({
        value: String(site.office.id(account)),
        label: site.office.people.current().people.get(site.office.id(account))?.name,
      })),
    });
    expect(body.form.fields.find(({ id }) => id === 'informed')).toMatchObject({ type: 'people', options: [] });
  });

  it('somebody else is refused with the field’s name; those who were picked get the tasks', async () => {
    const file = (picks: number[]) =>
      site.as('wangxiao')('fileTicket', {
        body: {
          template: 'review',
          values: { title: '选型', picks_judge: picks, informed: [site.office.id('wugang')] },
        },
      });
    const refused = await file([site.office.id('wugang')]);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      fields: [{ field: 'picks_judge', text: expect.stringContaining('请从这些人里选') }],
    });
    const { status, body } = await file([site.office.id('luoyi')]);
    expect(status).toBe(201);
    const { tasks } = await site.office.ticket(body.id);
    expect(tasks.map(({ assigneeId }) => assigneeId)).toEqual([site.office.id('luoyi')]);
    const seen = await site.as('luoyi')('ticket', { params: { id: body.id } });
    expect(JSON.stringify(seen.body)).toContain('评审的人选');
  });
});
