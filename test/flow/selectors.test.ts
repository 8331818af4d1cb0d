/** template-language, "People": every selector as it is written, resolved against a directory; a row is named by what it writes. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import type { Directory } from '../../src/flow/directory.ts';
import { type Around, type Found, resolve } from '../../src/flow/resolve.ts';
import { makeScope } from '../../src/flow/scope.ts';
import type { ApproveNode } from '../../src/flow/template.ts';
import type { Rota } from '../../src/worktime/rota.ts';
import { aDirectory, filed, id, type Name, nameById, NOW, tasksIn, then, tries } from '../support/flow.ts';
import { aTemplate } from '../support/template.ts';

const DAY = 86_400_000;
/** Each a week; the week of NOW, a Monday, is ann's. */
const rota: Rota<number> = {
  name: '网络值班',
  pattern: { kind: 'rotation', members: [id('ann'), 0, id('dee')], days: 7, from: '2026-11-02', handover: 0 },
  changes: [{ from: '2026-11-04', to: '2026-11-04', members: [id('cy')] }],
};
const company = aDirectory({ roles: { 财务: ['dee', 'ann'], 总经理: ['boss'], 空: [] }, rotas: [rota] });
const approval = (selector: string, rest = 'mode: any') =>
  aTemplate({ flow: `  - { id: b, approve: 审批, approver: ${selector}, ${rest} }` });

/** With somebody at work before, so that there is an assignee. */
const second = (selector: string) =>
  aTemplate({
    flow: `  - { id: w, handle: 办理, assignee: { user: ann } }\n  - { id: b, approve: 审批, approver: ${selector}, mode: sequence }`,
  });

function compiled(text: string, directory: Directory | null = null) {
  const { template, findings } = checkTemplate(text, directory);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (!template) throw new Error(JSON.stringify(errors));
  return template;
}

interface Seen {
  now?: number;
  directory?: Directory;
  requester?: Name;
  assignee?: Name;
  values?: Around['values'];
}
function found(selector: string, seen: Seen = {}): Found {
  const { directory = company, requester = 'rita', assignee, values = {}, now = NOW } = seen;
  const template = compiled(second(selector));
  const known = { ticket: null, values, requesterId: id(requester), directory, now };
  const scope = () => makeScope({ ...known, template });
  const around: Around = { ...known, assigneeId: assignee ? id(assignee) : null, scope };
  return resolve((template.nodes['b'] as ApproveNode).people, around);
}
const names = (selector: string, seen: Seen = {}) => found(selector, seen).people.map(nameById);

// Rest parameters: jest takes a row that is shorter than the parameters for one that waits for `done`.
describe('a selector as it is written', () => {
  it.each<[string, Name[], Seen?]>([
    ['requester', ['rita']],
    ['assignee', ['ann'], { assignee: 'ann' }],
    ['assignee', []],
    ['{ user: ANN }', ['ann']],
    ['{ users: [bo, ann] }', ['bo', 'ann']],
    ['{ users: [bo, bo] }', ['bo']],
    ['{ role: 财务 }', ['dee', 'ann']],
    ['{ role: 财务 }', ['dee'], { directory: aDirectory({ roles: { 财务: ['dee', 'ann'] }, gone: ['ann'] }) }],
    ['{ department: IT部 }', ['rita', 'ann', 'bo', 'cy', 'ken']],
    ['{ department: 总公司/法务部 }', ['dee', 'eve']],
    ['{ department_head: requester }', ['ken']],
    ['{ department_head: requester, level: 2 }', ['boss']],
    ['{ department_head: assignee }', ['eve'], { assignee: 'dee' }],
    ['{ department_head: 法务部 }', ['eve']],
    ['{ department_head: 总公司/法务部, level: 2 }', ['boss']],
    ['{ manager: requester }', ['ken']],
    ['{ manager: requester, level: 2 }', ['boss']],
    ['{ manager: requester, level: 3 }', []],
    ['{ manager: assignee }', ['eve'], { assignee: 'dee' }],
    ['{ manager: assignee }', []],
    ['{ field: mentor }', ['bo'], { values: { form: { mentor: id('bo') } } }],
    ['{ field: mentor }', []],
    ['{ handler_of: w }', []],
    ['{ duty: 网络值班 }', ['ann']],
    ['{ duty: 网络值班 }', ['cy'], { now: NOW + 2 * DAY }],
    ['{ duty: 网络值班 }', ['ann'], { now: NOW + 3 * DAY }],
    ['{ duty: 网络值班 }', [], { now: NOW + 7 * DAY }],
    ['{ duty: 网络值班 }', ['dee'], { now: NOW + 14 * DAY }],
    ['{ duty: 网络值班 }', [], { now: NOW + 14 * DAY, directory: aDirectory({ rotas: [rota], gone: ['dee'] }) }],
    ['{ duty: 机房值班 }', []],
    ['{ together: [ { manager: requester }, { role: 财务 }, { user: ann } ] }', ['ken', 'dee', 'ann']],
  ])('%s: %j', (...[selector, expected, seen]) => {
    expect(names(selector, seen)).toEqual(expected);
  });

  it('{ role: 财务, in: … }: those responsible for the department, else for the one above it', () => {
    const within = (requester: Name) => names('{ role: 财务, in: requester.department }', { requester });
    expect(within('eve')).toEqual(['dee']);
    expect(within('rita')).toEqual(['ann']);
    expect(within('boss')).toEqual([]);
    const head = aDirectory({ roles: { 财务: ['boss', 'ann'] } });
    expect(names('{ role: 财务, in: requester.department }', { requester: 'eve', directory: head })).toEqual(['boss']);
  });
});

describe('{ manager_chain: … }', () => {
  const gone = (...who: Name[]) => aDirectory({ roles: { 总经理: ['boss'], 空: [] }, gone: who });
  it.each<[string, Name[], string, Seen?]>([
    ['{ manager_chain: requester, up_to: 1 }', ['ken'], 'up_to: 1'],
    ['{ manager_chain: requester, up_to: 2 }', ['ken', 'boss'], 'up_to: 2'],
    ['{ manager_chain: requester, up_to: 3 }', ['ken', 'boss'], 'up_to: 3; ends at level 2'],
    ['{ manager_chain: requester, up_to: { role: 总经理 } }', ['ken', 'boss'], 'up_to: role 总经理'],
    ['{ manager_chain: requester, up_to: { role: 空 } }', ['ken', 'boss'], 'up_to: role 空; ends at level 2'],
    ['{ manager_chain: requester, up_to: 3 }', [], 'ends at level 0', { requester: 'boss' }],
    ['{ manager_chain: assignee, up_to: 1 }', ['eve'], 'manager_chain: assignee, up_to: 1', { assignee: 'dee' }],
    ['{ manager_chain: assignee, up_to: 1 }', [], 'ends at level 0'],
    ['{ manager_chain: requester, up_to: 1 }', ['boss'], 'up_to: 1', { directory: gone('ken') }],
    ['{ manager_chain: requester, up_to: 2 }', ['boss'], 'up_to: 2', { directory: gone('ken') }],
  ])('%s: %j, %s', (...[selector, expected, rule, seen]) => {
    const { people, rule: said } = found(selector, seen);
    expect(people.map(nameById)).toEqual(expected);
    expect(said).toContain(rule);
  });

  it('has nobody twice and never the person themselves, in a ring of managers too', () => {
    const ring = aDirectory({ managers: { rita: ['ken'], ken: ['ann'], ann: ['rita'] } });
    expect(names('{ manager_chain: requester, up_to: 5 }', { directory: ring })).toEqual(['ken', 'ann']);
    expect(names('{ manager_chain: requester, up_to: { role: 财务 } }', { directory: ring })).toEqual(['ken', 'ann']);
  });

  it('asks one after the other without a mode, and a refusal decides at once', () => {
    const text = approval('{ manager_chain: requester, up_to: 3 }', 'if_empty: approve');
    const start = filed(compiled(text, company), { directory: company, values: { title: 't', kind: '甲' } });
    expect(tasksIn(start)).toEqual(['b: ken']);
    expect(tasksIn(start, 'waiting')).toEqual(['b: boss']);
    expect(tries(start, 'boss', { type: 'agree' })).toMatchObject({ refused: expect.any(String) });
    const after = then(start, 'ken', { type: 'agree' });
    expect(tasksIn(after)).toEqual(['b: boss']);
    expect(then(after, 'boss', { type: 'agree' }).ticket.status).toBe('closed');
    expect(then(start, 'ken', { type: 'refuse' }).ticket.status).toBe('refused');
  });

  it('{ duty: … } takes if_empty when nobody is on duty', () => {
    const text = approval('{ duty: 空 }', 'mode: any, if_empty: { user: cy }');
    expect(tasksIn(filed(compiled(text), { directory: company, values: { title: 't', kind: '甲' } }))).toEqual([
      'b: cy',
    ]);
  });

  it('takes if_empty when nobody is above', () => {
    const values = { title: 't', kind: '甲' };
    const of = (rest: string) => compiled(approval('{ manager_chain: requester, up_to: 2 }', rest));
    const passed = filed(of('if_empty: approve'), { directory: company, requester: 'boss', values });
    expect(passed.ticket.status).toBe('closed');
    const other = filed(of('if_empty: { user: cy }'), { directory: company, requester: 'boss', values });
    expect(tasksIn(other)).toEqual(['b: cy']);
  });

  it.each<[string, string, string[]]>([
    ['no mode', 'if_empty: admin', []],
    ['sequence', 'mode: sequence', []],
    ['another mode', 'mode: all', ['chain_goes_in_turn 11:95']],
  ])('the check, with %s', (_, rest, expected) => {
    const { findings } = checkTemplate(approval('{ manager_chain: requester, up_to: { role: 总经理 } }', rest));
    expect(findings.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(expected);
  });

  it('the check: a chain in a list, a union or if_empty goes in turn as well, and only approves', () => {
    const codes = (text: string) => checkTemplate(text).findings.map(({ code }) => code);
    const chain = '{ manager_chain: requester, up_to: 2 }';
    expect(codes(approval(`{ together: [ ${chain}, { user: a } ] }`, 'mode: any'))).toEqual(['chain_goes_in_turn']);
    expect(codes(approval('{ user: a }', `if_empty: ${chain}`))).toEqual([]);
    expect(codes(approval('{ user: a }', `mode: all, if_empty: ${chain}`))).toEqual(['chain_goes_in_turn']);
    expect(codes(aTemplate({ flow: `  - { id: b, handle: 办, assignee: ${chain} }` }))).toEqual([
      'chain_only_approves',
    ]);
    expect(codes(aTemplate({ flow: `  - { id: b, confirm: 确认, by: ${chain} }` }))).toEqual(['chain_only_approves']);
    expect(codes(aTemplate({ flow: `  - { id: b, notify: 告知, to: ${chain}, text: 好 }` }))).toEqual([]);
  });
});
