/** The check against a company of 10,000 with planted gaps: it finds each of them and nothing else, in little time. */
import { expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import type { Directory, DirectoryDepartment, DirectoryPerson, PersonId } from '../../src/flow/directory.ts';
import { theCalendars } from '../support/calendar.ts';

const PEOPLE = 10_000;
const DEPARTMENTS = 500;
/** Ten times under the bound on one busy core: what this guards against is work per person and selector. */
const MOST_MS = 50_000;

const GONE = new Set([17, 230, 4_711, 9_999]);
/** Without a manager, beside number 1, who leads all. */
const UNLED = new Set([55, 5_500, 9_001]);
/** Departments without a head, on top of the tree, so that nobody above stands in. */
const HEADLESS = new Set([7, 8]);

const nameOf = (id: number) => `员工${id}`;
const departmentOf = (id: number) => (id * 7) % DEPARTMENTS;
/** A tree of the tenth: 1 leads 2…11, 2 leads 12…21, and so on. */
const managerOf = (id: number) => Math.floor((id - 2) / 10) + 1;

function company(): Directory {
  const people = Array.from({ length: PEOPLE }, (_, i): DirectoryPerson => {
    const id = i + 1;
    const account = `p${id}`;
    return {
      ...{ id, name: nameOf(id), active: !GONE.has(id), workspace: 'hq', account },
      places: GONE.has(id) ? [] : [{ workspace: 'hq', account }],
      departments: [String(departmentOf(id))],
      managers: id === 1 || UNLED.has(id) ? [] : [managerOf(id)],
    };
  });
  const members = new Map<number, PersonId[]>();
  for (const { id } of people) members.set(departmentOf(id), [...(members.get(departmentOf(id)) ?? []), id]);
  const departments = Array.from({ length: DEPARTMENTS }, (_, key): DirectoryDepartment => {
    const inside = members.get(key) ?? [];
    const isTop = key < 20;
    return {
      ...{ workspace: 'hq', key: String(key), name: `部门${key}`, path: `公司/部门${key}` },
      parent: isTop ? null : String(key % 20),
      heads: HEADLESS.has(key % 20) ? [] : inside.slice(0, 2),
      members: inside,
    };
  });
  const roles = [
    { name: '财务', members: [3, 4, 17] },
    { name: '空角色', members: [] },
    { name: '都走了', members: [17, 230] },
    { name: '全员', members: people.map(({ id }) => id) },
  ];
  return {
    revision: 1,
    people: new Map(people.map((one) => [one.id, one])),
    accounts: new Map(people.filter(({ active }) => active).map((one) => [`hq/${one.account}`, one.id])),
    departments: new Map(departments.map((one) => [`hq/${one.key}`, one])),
    roles: new Map(roles.map((one) => [one.name, one])),
    rotas: new Map(),
    substitutes: new Map(),
    calendars: theCalendars(),
    admins: [1],
  };
}

const TEXT = `template: sample
name: 样例
filing:
  who: [ { role: 全员 }, { department: 部门1 } ]
form:
  - { id: title, type: text, label: 标题, required: true }
flow:
  - { id: led, approve: 直属上级, approver: { manager: requester } }
  - { id: chain, approve: 逐级, approver: { manager_chain: requester, up_to: { role: 财务 } } }
  - { id: head, approve: 部门负责人, approver: { department_head: requester }, mode: any }
  - { id: both, approve: 上级或财务, approver: { together: [ { manager: requester }, { role: 财务 } ] }, mode: any }
  - { id: nobody, approve: 空, approver: { role: 空角色 }, mode: any }
  - { id: gone, approve: 走, approver: { role: 都走了 }, mode: any }
  - { id: money, approve: 财务, approver: { role: 财务 }, mode: any }
  - { id: whole, approve: 部门, approver: { department: 部门1 }, mode: any }
  - { id: left, approve: 前同事, approver: { user: p4711 } }
  - { id: sure, approve: 有人兜底, approver: { manager: requester }, if_empty: { user: p1 } }
`;

it('finds every planted gap and no other', () => {
  const directory = company();
  const began = performance.now();
  const { findings } = checkTemplate(TEXT, directory);
  const ms = performance.now() - began;
  process.stdout.write(`the check against ${PEOPLE} people, ${DEPARTMENTS} departments: ${Math.round(ms)} ms\n`);
  const filers = PEOPLE - GONE.size;
  const active = [...directory.people.values()].filter((one) => one.active);
  const unled = active.filter(({ managers }) => managers.length === 0).map(({ name }) => name);
  const headless = active.filter(({ departments: [key] }) => HEADLESS.has(Number(key) % 20)).map(({ name }) => name);
  const alone = active.filter(({ id }) => isOnlyHead(directory, id)).map(({ name }) => name);
  const words = (names: readonly string[], step: string) =>
    `${names.length}/${filers} 人提报时，「${step}」找不到人：${names.slice(0, 3).join('、')}`;
  expect(findings.map(({ code, line, zh }) => `${line} ${code} ${zh}`)).toEqual([
    `8 nobody ${words(unled, '直属上级')}`,
    `9 nobody ${words(unled, '逐级')}`,
    `10 own_approval ${alone.length}/${filers} 人提报时，「部门负责人」的审批人是自己，将由其上级审批：${alone.join('、')}`,
    `10 nobody ${words(headless, '部门负责人')}`,
    '12 empty_role 角色「空角色」还没有成员',
    '13 empty_role 角色「都走了」还没有成员',
    '16 person_left 「p4711」已离职',
    // Who stands in for everybody else can't stand in for themselves.
    `17 nobody 1/${filers} 人提报时，「有人兜底」找不到人：员工1`,
  ]);
  expect(ms).toBeLessThan(MOST_MS);
});

function isOnlyHead(directory: Directory, id: PersonId): boolean {
  const [key] = directory.people.get(id)?.departments ?? [];
  const heads = directory.departments.get(`hq/${key ?? ''}`)?.heads ?? [];
  const here = heads.filter((head) => directory.people.get(head)?.active);
  return here.length === 1 && here[0] === id;
}
