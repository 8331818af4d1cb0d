/** Publishing: what is found among the published ones comes with the answer. */
import { expect, it } from '@jest/globals';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';
import { aTemplate, FORM_LINES } from '../support/template.ts';

const PARENT = `template: joining
name: 入职
form: [ { id: title, type: text, label: 标题 } ]
flow: [ { id: s, subflow: 开通, template: sample, give: { title: x, kind: 甲 } } ]`;

eachDatabase('a template that others file', (open) => {
  it('is published, and the answer says which of them no longer fits', async () => {
    const { templates } = await anOffice(open);
    const flow = '  - { id: work, handle: 办理, assignee: { user: chenwei } }';
    await templates.publish(aTemplate({ flow }), null, 'test');
    await templates.publish(PARENT, null, 'test');
    const form = `${FORM_LINES}\n  - { id: reason, type: text, label: 事由, required: true }`;
    const { findings, published } = await templates.publish(aTemplate({ form, flow }), null, 'test');
    expect(published).toMatchObject({ key: 'sample', version: 2 });
    const told = findings.find(({ code }) => code === 'parent_breaks');
    expect(told).toMatchObject({ severity: 'warning', line: 1 });
    expect(told?.zh).toMatch(/「入职」.*事由/);
  });
});
