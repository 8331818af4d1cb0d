/** What the check says of people, against a directory. */
import { expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import type { Directory } from '../../src/flow/directory.ts';
import { aDirectory } from '../support/flow.ts';
import { aTemplate } from '../support/template.ts';

const company = aDirectory({ roles: { 财务: ['ann'], 空: [] }, gone: ['dee', 'eve'] });
const twins: Directory = {
  ...company,
  departments: new Map([
    ...company.departments,
    [
      'hq/it2',
      { workspace: 'hq', key: 'it2', name: 'IT部', path: '总公司/分公司/IT部', parent: 'all', heads: [], members: [] },
    ],
  ]),
};
const approver = (selector: string, rest = 'mode: any') =>
  aTemplate({ flow: `  - { id: b, approve: 审批, approver: ${selector}, ${rest} }` });

it.each<[string, string, string[]]>([
  ['a role that is there', '{ role: 财务 }', []],
  ['a misspelt role', '{ role: 财物 }', ['unknown_role_near 11:45']],
  ['a role without members', '{ role: 空 }', ['empty_role 11:45']],
  ['a misspelt department', '{ department: IT步 }', ['unknown_department_near 11:51']],
  ['a department by its path', '{ department: 总公司/IT部 }', []],
  ['an ambiguous department', '{ department_head: IT部 }', ['ambiguous_department 11:56']],
  ['a department where everybody left', '{ department: 法务部 }', ['empty_department 11:51']],
  ['the head above, where a department has none', '{ department_head: 法务部 }', []],
  ['an unknown account', '{ user: zoe }', ['unknown_account 11:45']],
  ['an account in other letters', '{ user: ANN }', []],
  ['somebody who left', '{ users: [dee] }', ['person_left 11:47']],
])('%s', (_, selector, expected) => {
  const directory = selector.includes('head: IT部') ? twins : company;
  const { findings } = checkTemplate(approver(selector), directory);
  expect(findings.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(expected);
});

it('says for how many people a step finds nobody', () => {
  const { findings, template } = checkTemplate(approver('{ manager: requester }'), company);
  expect(findings).toEqual([
    expect.objectContaining({ code: 'nobody', severity: 'warning', zh: '2/7 人提报时，「审批」找不到人：boss、adam' }),
  ]);
  expect(template).not.toBeNull();
  // Where somebody stands in, that was thought of.
  expect(checkTemplate(approver('{ manager: requester }', 'if_empty: { user: ann }'), company).findings).toEqual([]);
});

it('looks at names inside expressions, too', () => {
  const text = aTemplate({
    flow: `  - { id: b, confirm: 确认, when: 'has_role(requester, "财物") || in_department(requester, "IT步")' }`,
  });
  expect(checkTemplate(text, company).findings.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
    'unknown_role_near 11:54',
    'unknown_department_near 11:88',
  ]);
});

it('counts only those who may file', () => {
  const text = approver('{ manager: requester }') + 'filing: { who: [ { role: 财务 }, { department: IT部 } ] }\n';
  expect(checkTemplate(text, company).findings).toEqual([]);
});
