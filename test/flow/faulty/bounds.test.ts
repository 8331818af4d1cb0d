/** Faulty templates: what a text may not be, however it is written; and reading what may not have run. */
import { approval, branch, type Fault, field, judge, more, node } from '../../support/fault.ts';
import { aTemplate, FLOW_LINES } from '../../support/template.ts';

const BOUNDS: Fault[] = [
  ['a line without end', more(`description: ${'长'.repeat(10_001)}`), 'line_too_long', '17:1'],
  ['maps in maps', more(`description: ${'{ a: '.repeat(50)}1${' }'.repeat(50)}`), 'too_deep', '17:214'],
  ['an anchor again and again', more(`keywords: [ &a x${', *a'.repeat(51)} ]`), 'too_many_aliases', '17:219'],
  ['a parser’s warning', `%FOO bar\n---\n${aTemplate()}`, 'yaml_syntax', '1:1'],
  ['a tag of its own', more('description: !secret x'), 'yaml_syntax', '17:14'],
  ['an empty key', field('{ id: a, type: text, label: A, : x }'), 'yaml_syntax', '10:36'],
  ['a list as a key', more('? [a, b]', ': x'), 'yaml_syntax', '17:3'],
  ['what a prototype answers to', more('__proto__: { a: b }'), 'yaml_syntax', '17:1'],
  [
    'a merge of maps, which YAML 1.2 does not know',
    field('{ <<: { id: a }, id: b, type: text, label: A }'),
    'unknown_key',
    '10:7',
  ],
  ['a tab deep inside', aTemplate().replace('    handle: 办理', '\thandle: 办理'), 'tab_indent', '12:1'],
  ['an expression in two quotes', field(`{ id: a, type: text, label: A, visible: "甲" in ["甲", "乙"] }`), 'mangled_expression', '10:45', `  - { id: a, type: text, label: A, visible: '"甲" in ["甲", "乙"]' }`], // prettier-ignore
  ['a map in an expression', approval(`  when: {"甲": 1}["甲"] == 1`), 'mangled_expression', '20:11', `    when: '{"甲": 1}["甲"] == 1'`], // prettier-ignore
  ['a comment in an expression', approval('  when: form.title == "a #b"'), 'mangled_expression', '20:11', `    when: 'form.title == "a #b"'`], // prettier-ignore
  ['full-width brackets', field('｛ id: a, type: text, label: A ｝'), 'full_width_punctuation', '10:5', '  - { id: a, type: text, label: A }'], // prettier-ignore
  [
    'a full-width operator',
    approval('  when: form.total ＞ 5'),
    'full_width_punctuation',
    '20:22',
    '    when: form.total > 5',
  ],
];

const PARALLEL = [
  '- id: p',
  '  parallel: 并行',
  '  branches:',
  '    - { name: 甲, flow: [ { id: one, handle: 一, assignee: requester, form: [ { id: ok, type: switch, label: 好 } ] } ] }',
];
const READS: Fault[] = [
  [
    'the other branch, which runs beside',
    node(...PARALLEL, '    - { name: 乙, flow: [ { id: two, confirm: 二, when: one.ok } ] }'),
    ...(['may_not_have_run', '21:57'] as const),
  ],
  [
    'one branch of any, after the join',
    node(
      ...PARALLEL,
      '    - { name: 乙, flow: [ { id: two, confirm: 二 } ] }',
      '  join: any',
      '- { id: z, confirm: 三, when: one.ok }',
    ),
    ...(['may_not_have_run', '23:32'] as const),
  ],
  [
    'a node of one case, after the branch',
    branch(
      '{ name: x, when: form.urgent, flow: [ { id: one, handle: 一, assignee: requester, form: [ { id: ok, type: switch, label: 好 } ] } ] }',
      '{ name: y, flow: [] }',
    ).replace(/\n*$/, '\n  - { id: z, confirm: 三, when: one.ok }\n'),
    ...(['may_not_have_run', '22:32'] as const),
  ],
  [
    'the node of an earlier case',
    branch(
      '{ name: x, when: form.urgent, flow: [ { id: one, handle: 一, assignee: requester, form: [ { id: ok, type: switch, label: 好 } ] } ] }',
      '{ name: y, flow: [ { id: z, confirm: 三, when: one.ok } ] }',
    ),
    ...(['may_not_have_run', '21:55'] as const),
  ],
  ['a node’s own form, on arriving there', aTemplate({ flow: FLOW_LINES.replace('handle: 办理', 'handle: 办理\n    when: work.risky') }), 'may_not_have_run', '13:11'], // prettier-ignore
  ['guarded by another node', approval('  when: is_set(form.total) && work.risky').replace('handle: 办理', 'handle: 办理\n    when: form.urgent'), 'may_not_have_run', '21:33'], // prettier-ignore
  ['guarded on one side only', approval('  when: is_set(work) || work.risky').replace('handle: 办理', 'handle: 办理\n    when: form.urgent'), 'may_not_have_run', '21:27'], // prettier-ignore
  ['a later node in a message', aTemplate({ flow: `  - { id: n, notify: N, to: requester, text: "{work.result}" }\n${FLOW_LINES}` }), 'may_not_have_run', '11:48'], // prettier-ignore
  ['the people of a node that may be skipped', approval().replace('manager: requester', 'handler_of: work').replace('handle: 办理', 'handle: 办理\n    when: form.urgent'), 'handler_not_earlier', '20:29'], // prettier-ignore
  ['the handler of what nobody handles', node('- { id: e, notify: N, to: requester, text: x }', '- { id: b, approve: B, approver: { handler_of: e } }'), 'handler_has_no_people', '18:50'], // prettier-ignore
  ['a child outside of take', approval('  when: child.form.x == "a"'), 'not_in_scope', '20:11'],
  ['a list of people that hangs on what nobody knows', node('- id: b', '  approve: B', '  approver:', '    - { when: \'has_role(requester, "x")\', manager: requester }'), 'list_without_default', '19:5'], // prettier-ignore
  ['two cases that take all of a third', branch('{ name: x, when: form.total < 5, flow: [] }', '{ name: y, when: form.total < 3, flow: [] }', '{ name: z, flow: [] }'), 'case_never_holds', '21:26'], // prettier-ignore
];

judge({ bounds: BOUNDS, reads: READS });
