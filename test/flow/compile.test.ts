/** The shipped templates pass, and compile to what template-language.md and approval-semantics.md say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import { compileTemplate } from '../../src/flow/compile.ts';
import { parseTemplate } from '../../src/flow/parse.ts';
import { makeScope } from '../../src/flow/scope.ts';
import type { Node, Template } from '../../src/flow/template.ts';
import type { Values } from '../../src/form/field.ts';
import { aDirectory, id, NOW } from '../support/flow.ts';
import { aTemplate, shipped } from '../support/template.ts';

const compiled = (text: string): Template => {
  const { template, findings } = checkTemplate(text);
  if (!template) throw new Error(findings.map(({ line, en }) => `${line}: ${en}`).join('\n'));
  return template;
};
const node = <K extends Node['kind']>(template: Template, nodeId: string, kind: K): Extract<Node, { kind: K }> => {
  const found = template.nodes[nodeId];
  if (found?.kind !== kind) throw new Error(`${nodeId} is ${found?.kind}`);
  return found as Extract<Node, { kind: K }>;
};
const scopeOf = (template: Template, form: Values) =>
  makeScope({ ticket: null, template, values: { form }, requesterId: id('rita'), directory: aDirectory(), now: NOW });

describe('it-repair', () => {
  const template = compiled(shipped('it-repair'));

  it('is the text of the language document', () => {
    const shared = new URL('../../../shared/design/template-language.md', import.meta.url);
    let document: string;
    try {
      document = readFileSync(shared, 'utf8');
    } catch {
      return; // The documents do not travel with a clone.
    }
    expect(document).toContain(shipped('it-repair'));
  });

  it('has no finding but what a later version will run', () => {
    const { findings } = checkTemplate(shipped('it-repair'));
    expect(findings.map(({ code, severity, line }) => `${code} ${severity} ${line}`)).toEqual([
      'not_yet_run info 52',
      'not_yet_run info 59',
      'not_yet_run info 74',
    ]);
  });

  it('files, numbers and opens as written', () => {
    expect(template).toMatchObject({
      ...{ key: 'it-repair', name: 'IT 报修', keywords: ['报修', '修电脑', 'IT'], number: 'IT-{yyyy}{MM}-{seq:4}' },
      filing: { who: null, limit: { count: 20, per: 'day' } },
      ...{ start: 'repair', order: ['repair', 'supervise', 'confirm'], service: true, admin: null },
      acts: { withdraw: 'any_time_with_reason', transfer: 'department' },
    });
  });

  it('has its form, with what the fields mean', () => {
    const byId = new Map(template.form.map((field) => [field.id, field]));
    expect([...byId.values()].map(({ id: field, type, means }) => [field, type, means])).toEqual([
      ['title', 'text', 'title'],
      ['detail', 'textarea', 'detail'],
      ['urgency', 'radio', 'urgency'],
      ['category', 'select', 'category'],
      ['occurred_at', 'datetime', 'occurred_at'],
      ['asset', 'text', 'asset'],
      ['reporter', 'person', null],
      ['files', 'attachment', null],
    ]);
    const scope = scopeOf(template, { category: '硬件故障' });
    expect(byId.get('occurred_at')?.default?.(scope)).toBe(NOW);
    expect(byId.get('reporter')?.default?.(scope)).toBe(id('rita'));
    expect(byId.get('urgency')?.default?.(scope)).toBe('一般');
    expect(byId.get('asset')?.visible?.(scope)).toBe(true);
    expect(byId.get('asset')?.visible?.(scopeOf(template, { category: '其他' }))).toBe(false);
  });

  it('has its nodes', () => {
    const repair = node(template, 'repair', 'handle');
    expect(repair).toMatchObject({ strategy: 'least-open', onReturn: 'same', next: 'supervise', returnsTo: [] });
    expect(repair.ifEmpty).toEqual({ kind: 'people', of: { kind: 'role', role: 'IT主管', in: null } });
    if (repair.people.kind !== 'first') throw new Error('a list');
    const holds = repair.people.cases.map(({ when }) => when?.(scopeOf(template, { category: '软件问题' })) ?? null);
    expect(holds).toEqual([false, true, false, null]);
    expect(node(template, 'supervise', 'approve')).toMatchObject({
      ...{ mode: 'any', control: true, dedupe: 'consecutive', selfApproval: 'superior', refuseNeeds: 'one' },
      ...{ onRefuse: { kind: 'to', target: 'repair' }, next: 'confirm', returnsTo: ['repair'] },
    });
    expect(node(template, 'confirm', 'confirm')).toMatchObject({
      ...{ people: { kind: 'requester' }, onRefuse: { kind: 'to', target: 'repair' }, next: null },
      // A person may go back to `supervise` where it has run; no `on_refuse` may.
      returnsTo: ['repair', 'supervise'],
    });
  });
});

describe('seal', () => {
  const template = compiled(shipped('seal'));
  it('has no finding', () => expect(checkTemplate(shipped('seal')).findings).toEqual([]));
  it('is an approval by the manager, then by two roles in sequence', () => {
    expect(template).toMatchObject({ service: false, start: 'manager', acts: { withdraw: 'until_first_act' } });
    expect(node(template, 'manager', 'approve')).toMatchObject({
      people: { kind: 'manager', of: 'requester', level: 1 },
      onRefuse: { kind: 'end' },
    });
    expect(node(template, 'stamp', 'approve')).toMatchObject({
      mode: 'sequence',
      control: true,
      returnsTo: ['manager'],
    });
    expect(template.form.find((field) => field.means === 'category')?.id).toBe('kind');
  });
});

it('texts are what was written, whatever YAML makes of them', () => {
  const template = compiled(
    aTemplate({
      form: `  - { id: title, type: text, label: 2024, default: 007 }
  - { id: kind, type: radio, label: 是, options: [007, 2024, 是, true, 1e3, ~, { value: 08, label: 八 }], default: 007 }
  - { id: many, type: checkbox, label: 多选, options: [1, 2.0], default: [2.0] }
  - { id: count, type: number, label: 数, default: 5 }
  - { id: on, type: switch, label: 开, default: true }
  - { id: day, type: date, label: 日, default: 2026-11-05 }
  - { id: at, type: datetime, label: 时, default: 2026-11-05 09:30 }`,
      flow: '  - { id: b, approve: 2024, approver: { users: [007, ann] }, mode: all }',
    }),
  );
  const [title, kind, many, count, on, day, at] = template.form;
  const scope = scopeOf(template, {});
  expect([title?.label, title?.default?.(scope), kind?.label]).toEqual(['2024', '007', '是']);
  expect(kind?.options.map(({ value, label }) => `${value} ${label}`)).toEqual(
    ...[['007 007', '2024 2024', '是 是', 'true true', '1e3 1e3', '~ ~', '08 八']],
  );
  expect(many?.options.map(({ value }) => value)).toEqual(['1', '2.0']);
  expect([kind, many, count, on, day].map((field) => field?.default?.(scope))).toEqual([
    '007',
    ['2.0'],
    5,
    true,
    '2026-11-05',
  ]);
  expect(at?.default?.(scope)).toBe(Date.UTC(2026, 10, 5, 1, 30));
  expect(template.nodes.b).toMatchObject({ name: '2024', people: { kind: 'users', accounts: ['007', 'ann'] } });
});

it('nested flows go on where their branch goes on', () => {
  const template = compiled(
    aTemplate({
      flow: `  - id: tier
    branch: 分级
    cases:
      - { name: 小额, when: form.total < 5000, flow: [] }
      - name: 大额
        when: form.total > 90000
        flow:
          - { id: no, end: 不予, outcome: refused }
      - name: 其他
        flow:
          - { id: law, approve: 法务, approver: { user: dee } }
          - { id: cash, approve: 财务, approver: { user: eve } }
  - { id: done, notify: 通知, to: requester, text: "{form.title} 好了" }`,
    }),
  );
  expect(template.order).toEqual(['tier', 'no', 'law', 'cash', 'done']);
  expect(node(template, 'tier', 'branch').cases.map(({ to }) => to)).toEqual([null, 'no', 'law']);
  expect(template.order.map((one) => template.nodes[one]?.next)).toEqual(['done', null, 'cash', 'done', null]);
  expect(node(template, 'cash', 'approve').returnsTo).toEqual(['law']);
  expect(node(template, 'no', 'end').outcome).toBe('refused');
  expect(node(template, 'done', 'notify').text(scopeOf(template, { title: '电脑' }))).toBe('电脑 好了');
});

it('what ran on every way left is known to have run', () => {
  const text = (cases: string) =>
    aTemplate({
      flow: `  - id: way
    branch: 分支
    cases:
${cases}
  - { id: last, confirm: 确认, when: work.ok, on_refuse: { to: work } }`,
    });
  const work =
    'flow: [ { id: work, handle: 办理, assignee: { user: ann }, form: [ { id: ok, type: switch, label: 好 } ] } ]';
  const ends = `      - { name: 不行, when: form.urgent, flow: [ { id: e, end: 结束 } ] }\n      - { name: 行, ${work} }`;
  expect(checkTemplate(text(ends)).findings).toEqual([]);
  const passes = `      - { name: 不行, when: form.urgent, flow: [] }\n      - { name: 行, ${work} }`;
  expect(checkTemplate(text(passes)).findings.map(({ code }) => code)).toEqual([
    'may_not_have_run',
    'target_not_earlier',
  ]);
});

it('a guard lets a node read what may not have run', () => {
  const text = (when: string) =>
    aTemplate({
      flow: `  - { id: work, handle: 办理, when: form.urgent, assignee: { user: ann }, form: [ { id: ok, type: switch, label: 好 } ] }
  - { id: last, confirm: 确认, when: ${when} }`,
    });
  expect(checkTemplate(text('is_set(work.ok) && work.ok')).findings).toEqual([]);
  expect(checkTemplate(text('work.ok && is_set(work.ok)')).findings.map(({ code }) => code)).toEqual([
    'may_not_have_run',
  ]);
});

it('a confirmation that is refused goes back to the last who handled', () => {
  const handle = (nodeId: string) => `  - { id: ${nodeId}, handle: 办理, assignee: { user: ann } }`;
  const approve = '  - { id: ok, approve: 审批, approver: { user: bo } }';
  const flow = [handle('first'), handle('second'), approve, '  - { id: last, confirm: 确认 }'].join('\n');
  expect(node(compiled(aTemplate({ flow })), 'last', 'confirm').onRefuse).toEqual({ kind: 'to', target: 'second' });
  const none = compiled(aTemplate({ flow: `${approve}\n  - { id: last, confirm: 确认 }` }));
  expect(node(none, 'last', 'confirm').onRefuse).toEqual({ kind: 'end' });
});

it('a BOM, CRLF and a comment at the end change nothing', () => {
  const text = `\uFEFF${shipped('seal').replaceAll('\n', '\r\n')}# end`;
  expect(checkTemplate(text).findings).toEqual([]);
  const faulty = checkTemplate(text.replace('kind, ', 'Kind, ')).findings;
  expect(faulty.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(['bad_id 15:11']);
  const first = checkTemplate(`\uFEFF${aTemplate().replace('sample', 'Sample')}`).findings;
  expect(first.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(['bad_key 1:11']);
});

it('compiling without the check refuses what the check refuses', () => {
  const { spec } = parseTemplate(aTemplate().replace('label: 加急', 'label: 加急, visible: form.nothing'));
  if (!spec) throw new Error('it parses');
  expect(() => compileTemplate(spec, 3)).toThrow('Template sample was not checked: unknown_field at form.2.visible');
  const { spec: good } = parseTemplate(shipped('seal'));
  if (!good) throw new Error('it parses');
  expect(compileTemplate(good, 3)).toMatchObject({ key: 'seal', version: 3 });
});
