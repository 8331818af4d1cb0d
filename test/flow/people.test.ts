/** What the check says of people, against a directory. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import type { Directory } from '../../src/flow/directory.ts';
import type { Rota, Weekly } from '../../src/worktime/rota.ts';
import { aDirectory, id } from '../support/flow.ts';
import { aTemplate } from '../support/template.ts';

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const at = (hour: number) => hour * 60;
const weekly = (name: string, turns: Weekly<number>['turns']): Rota<number> => ({
  name,
  pattern: { kind: 'weekly', turns },
  changes: [],
});
const inTurn = (name: string, members: readonly number[]): Rota<number> => ({
  name,
  pattern: { kind: 'rotation', members, days: 7, from: '2026-01-05', handover: 0 },
  changes: [],
});
const rotas = [
  inTurn('轮班', [id('ann'), id('dee')]),
  inTurn('空班', [id('dee'), 0]),
  weekly('白班', [{ weekdays: DAYS, from: at(9), to: at(18), members: [id('ann')] }]),
  weekly('白班夜班', [
    { weekdays: DAYS, from: at(9), to: at(18), members: [id('ann')] },
    { weekdays: DAYS, from: at(18), to: at(9), members: [id('bo'), id('dee')] },
  ]),
];
const company = aDirectory({ roles: { 财务: ['ann'], 空: [] }, rotas, gone: ['dee', 'eve'] });
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
  ['a role that is there', '{ role: 财务 }', ['own_approval 11:27']],
  ['a misspelt role', '{ role: 财物 }', ['unknown_role_near 11:45']],
  ['a role without members', '{ role: 空 }', ['empty_role 11:45']],
  ['a misspelt department', '{ department: IT步 }', ['unknown_department_near 11:51']],
  ['a department by its path', '{ department: 总公司/IT部 }', []],
  ['an ambiguous department', '{ department_head: IT部 }', ['ambiguous_department 11:56']],
  ['a department where everybody left', '{ department: 法务部 }', ['empty_department 11:51']],
  ['the head above, where a department has none', '{ department_head: 法务部 }', ['nobody 11:27']],
  ['an unknown account', '{ user: zoe }', ['unknown_account 11:45']],
  ['an account in other letters', '{ user: ANN }', ['own_approval 11:27']],
  [
    'a misspelt role at the end of a chain',
    '{ manager_chain: requester, up_to: { role: 财物 } }',
    ['nobody 11:27', 'unknown_role_near 11:80'],
  ],
  ['a rota on which somebody always is', '{ duty: 白班夜班 }', []],
  ['a misspelt rota', '{ duty: 白班夜般 }', ['unknown_rota_near 11:45']],
  ['a rota of nobody', '{ duty: 空班 }', ['empty_rota 11:45']],
  ['a rota in which somebody left', '{ duty: 轮班 }', ['rota_gap 11:45']],
  ['a rota that leaves hours out', '{ duty: 白班 }', ['rota_gap 11:45']],
  ['somebody who left', '{ users: [dee] }', ['person_left 11:47']],
])('%s', (_, selector, expected) => {
  const directory = selector.includes('head: IT部') ? twins : company;
  const mode = selector.includes('chain') ? 'mode: sequence' : 'mode: any';
  const { findings } = checkTemplate(approver(selector, mode), directory);
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

it('says when a rota has nobody', () => {
  const gap = (rota: string) => checkTemplate(approver(`{ duty: ${rota} }`), company).findings[0]?.zh;
  expect(gap('白班')).toContain('如周一 00:00');
  expect(gap('轮班')).toContain('轮到第 2 位时');
  expect(checkTemplate(approver('{ duty: 白班 }', 'mode: any, if_empty: { user: ann }'), company).findings).toEqual([]);
});

describe('whoever would approve their own ticket', () => {
  const found = (selector: string, rest: string) =>
    checkTemplate(approver(selector, rest), company).findings.map(({ code, zh }) => `${code} ${zh}`);
  const superior = 'own_approval 1/7 人提报时，「审批」的审批人是自己，将由其上级审批：ann';
  it.each<[string, string, string]>([
    ['is replaced by their superior', 'mode: any', superior],
    [
      'may be allowed to',
      'mode: any, self_approval: allow',
      'own_approval_allowed 1/7 人提报时，可以在「审批」审批自己的工单：ann',
    ],
    [
      'may pass by',
      'mode: any, self_approval: skip',
      'own_approval_skipped 1/7 人提报时，「审批」只有自己是审批人，会自动跳过：ann',
    ],
    ['never under control', 'mode: any, self_approval: skip, control: true', superior],
  ])('%s', (_, rest, expected) => {
    expect(found('{ role: 财务 }', rest).filter((one) => !one.startsWith('no_effect'))).toEqual([expected]);
  });

  it('finds nobody where nobody is above them; among others they are left out', () => {
    expect(found('{ user: boss }', 'mode: any')).toEqual(['nobody 1/7 人提报时，「审批」找不到人：boss']);
    expect(found('{ user: boss }', 'mode: any, if_empty: { user: ann }')).toEqual([]);
    expect(found('{ users: [boss, ann] }', 'mode: any')).toEqual([]);
  });
});

it('an account that means several people on several platforms is told of, and can be named with its platform', () => {
  const both: Directory = { ...company, accounts: new Map([...company.accounts, ['plant/ann', id('bo')]]) };
  const seen = (account: string) =>
    checkTemplate(approver(`{ user: ${account} }`), both).findings.map(({ code }) => code);
  expect(seen('ann')).toEqual(['own_approval', 'ambiguous_account']);
  expect(seen('plant/ann')).toEqual(['own_approval']);
  expect(seen('plant/zoe')).toEqual(['unknown_account']);
});

it('each entry of a list is looked at by itself, and who stands in as well', () => {
  const list = `[ { when: 'form.kind == "甲"', manager: requester }, { department_head: requester, level: 3 } ]`;
  const found = (rest: string) =>
    checkTemplate(approver(list, rest), company).findings.map(
      ({ code, column, zh }) => `${code} ${column} ${zh.slice(0, 3)}`,
    );
  expect(found('mode: any')).toEqual(['nobody 39 2/7', 'nobody 89 7/7']);
  expect(found('mode: any, if_empty: { manager: requester }')).toEqual(['nobody 39 2/7', 'nobody 89 2/7']);
});
