/** A sub-flow may give its ticket files (`template-language.md`, `give`), on both databases: each has rows of its own. */
import { expect, it } from '@jest/globals';
import { makeTimers } from '../../src/automation/timers.ts';
import { addAttachment, ticketAttachments } from '../../src/ticket/attachments.ts';
import { makeErrands } from '../../src/ticket/errands.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';

const FORM = `form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: files, type: attachment, label: 附件, max: 3 }`;
const CHILD = `template: shipping
name: 寄送
${FORM}
flow:
  - { id: work, handle: 寄出, assignee: { user: chenwei } }
`;
const PARENT = `template: contract
name: 合同
${FORM}
flow:
  - { id: send, subflow: 寄给对方, template: shipping, give: { title: =form.title, files: =form.files } }
`;

eachDatabase('files that a flow gives on', (open) => {
  it('S26, S46: the sub-ticket shows them as its own, and its parent keeps them', async () => {
    const office = await anOffice(open, { admins: ['sandbox/wugang'] });
    const { db, clock, log, tickets, templates, people, id } = office;
    for (const text of [CHILD, PARENT]) {
      const { findings, published } = await templates.publish(text, null, 'test');
      expect([published, findings.filter(({ severity }) => severity === 'error')]).toEqual([expect.anything(), []]);
    }
    const by = id('wangxiao');
    const scan = await db.write((tx) =>
      addAttachment(tx, {
        ...{ personId: by, draftId: null, name: '合同.pdf', mime: 'application/pdf', source: null },
        stored: { key: 'k', sha256: 's', size: 9 },
      }),
    );
    const { ticketId } = await tickets.file(null, {
      ...{ by, requesterId: by, templateKey: 'contract' },
      values: { title: '年度框架', files: [scan] },
    });
    const errands = makeErrands({ tickets, templates, directory: people.current });
    await makeTimers({ db, clock, log, tickets, errands })();
    const [child] = (await office.ticket(ticketId)).children;
    const given = await office.ticket(child?.ticketId ?? -1);
    const of = (ticket: number) => db.read((reader) => ticketAttachments(reader, ticket));
    const [own] = await of(given.id);
    expect(own).toMatchObject({ name: '合同.pdf', storage_key: 'k', size: 9 });
    expect(given.values['form']?.['files']).toEqual([own?.id]);
    expect((await of(ticketId)).map((row) => row.id)).toEqual([scan]);
  });
});
