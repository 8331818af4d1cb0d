/** Faulty templates: what a parser and a schema see: syntax, keys, types, and expressions that YAML takes apart. What is found, and exactly where. */
import { approval, type Fault, field, judge, more, node } from '../../support/fault.ts';
import { aTemplate, itRepairWith } from '../../support/template.ts';

const TEXT: Fault[] = [
  ['an empty text', '', 'empty_template', '1:1'],
  ['comments only', '# nothing\n', 'empty_template', '1:1'],
  ['no map', 'hello', 'wrong_type', '1:1'],
  ['a tab', 'template: a\n\tname: b', 'tab_indent', '2:1'],
  ['a broken list', 'template: a\nname: [b', 'yaml_syntax', '2:9'],
  ['two documents', `${aTemplate()}---\na: 1`, 'several_documents', '17:1'],
  ['too large', `# ${'x'.repeat(262_144)}`, 'too_large', '1:1'],
  ['a key twice', more('name: x'), 'duplicate_key', '17:1'],
  ['an unknown key', more('colour: red'), 'unknown_key', '17:1'],
  ['a misspelt key', more('keyword: [x]'), 'unknown_key_near', '17:1', 'keywords'],
  [
    'a misspelt key deep inside',
    itRepairWith('strategy: least-open', 'stategy: least-open'),
    'unknown_key_near',
    '30:5',
    'strategy',
  ],
  ['a key without value', more('description:'), 'empty_value', '17:1'],
  ['an anchor that is not there', more('description: *x'), 'unknown_anchor', '17:14'],
  ['a missing key', field('{ id: a, type: text }'), 'missing_key', '10:5'],
];

const MANGLED: Fault[] = [
  [
    'a comma',
    field('{ id: a, type: text, label: A, visible: size(form.title, 3) > 1 }'),
    ...([
      'mangled_expression',
      '10:45',
      "  - { id: a, type: text, label: A, visible: 'size(form.title, 3) > 1' }",
    ] as const),
  ],
  [
    'a comma in a check',
    field('{ id: a, type: text, label: A, validate: [ { check: size(form.a, 3) > 1, message: m } ] }'),
    ...([
      'mangled_expression',
      '10:57',
      "  - { id: a, type: text, label: A, validate: [ { check: 'size(form.a, 3) > 1', message: m } ] }",
    ] as const),
  ],
  [
    'a leading !',
    field('{ id: a, type: text, label: A, visible: !form.urgent }'),
    ...(['mangled_expression', '10:45', "  - { id: a, type: text, label: A, visible: '!form.urgent' }"] as const),
  ],
  [
    'a leading quote',
    field('{ id: a, type: text, label: A, visible: "甲" == form.kind }'),
    ...(['mangled_expression', '10:45', `  - { id: a, type: text, label: A, visible: '"甲" == form.kind' }`] as const),
  ],
  [
    'brackets',
    field('{ id: a, type: text, label: A, visible: form.kind in ["甲", "乙"] }'),
    ...([
      'mangled_expression',
      '10:45',
      `  - { id: a, type: text, label: A, visible: 'form.kind in ["甲", "乙"]' }`,
    ] as const),
  ],
  ['a #', approval('  when: form.title == "a #b"'), 'mangled_expression', '20:11', `    when: 'form.title == "a #b"'`],
  [
    'a colon',
    approval('  when: form.urgent ? form.title == "x: y" : true'),
    ...(['mangled_expression', '20:11', `    when: 'form.urgent ? form.title == "x: y" : true'`] as const),
  ],
  [
    'a full-width comma between keys',
    field('{ id: a, type: text, label: 标题，help: x }'),
    ...(['full_width_punctuation', '10:35', '  - { id: a, type: text, label: 标题, help: x }'] as const),
  ],
  [
    'a full-width colon after a key',
    field('{ id: a, type: text, label：标题 }'),
    ...(['full_width_punctuation', '10:31', '  - { id: a, type: text, label: 标题 }'] as const),
  ],
  [
    'a full-width colon at the top',
    itRepairWith('name: IT 报修', 'name：IT 报修'),
    'full_width_punctuation',
    '3:5',
    'name: IT 报修',
  ],
  [
    'full-width quotes in an expression',
    field('{ id: a, type: text, label: A, visible: form.kind == “甲” }'),
    ...([
      'full_width_punctuation',
      '10:58',
      '  - { id: a, type: text, label: A, visible: form.kind == "甲" }',
    ] as const),
  ],
];

const SHAPES: Fault[] = [
  ['not a boolean', field('{ id: a, type: text, label: A, required: maybe }'), 'wrong_type', '10:46'],
  ['not a number', field('{ id: a, type: text, label: A, max: many }'), 'wrong_type', '10:41'],
  ['a misspelt type', field('{ id: a, type: txt, label: A }'), 'wrong_value_near', '10:20', 'text'],
  ['a bad id', field('{ id: A1, type: text, label: A }'), 'bad_id', '10:11'],
  ['a bad key', aTemplate().replace('sample', 'Sample 1'), 'bad_key', '1:11'],
  ['a node without kind', node('- id: b', '  approver: { manager: requester }'), 'no_kind', '17:5'],
  [
    'a misspelt kind',
    node('- id: b', '  aprove: B', '  approver: { manager: requester }'),
    'unknown_key_near',
    '18:5',
    'approve',
  ],
  ['a node with two kinds', approval('  confirm: B'), 'several_kinds', '17:5'],
  [
    'a misspelt selector',
    node('- id: b', '  approve: B', '  approver: { rol: 财务 }'),
    'unknown_key_near',
    '19:17',
    'role',
  ],
  [
    'a selector with two kinds',
    node('- id: b', '  approve: B', '  approver: { role: 财务, user: x }'),
    'no_selector',
    '19:15',
  ],
  ['no selector', node('- id: b', '  approve: B', '  approver: somebody'), 'bad_people', '19:15'],
  ['an approval without approver', node('- id: b', '  approve: B'), 'missing_key', '17:5'],
  ['a bad mode', approval('  mode: both'), 'bad_mode', '20:11'],
  [
    'a bad duration',
    node('- id: b', '  confirm: B', '  timeout:', '    - { after: 1 day, remind: assignee }'),
    'bad_duration',
    '20:18',
  ],
  ['a misspelt strategy', itRepairWith('least-open   ', 'leastopen'), 'wrong_value_near', '30:15', 'least-open'],
  ['a bad limit', more('filing: { limit: 20 a day }'), 'bad_limit', '17:18'],
  ['a bad percentage', itRepairWith('warn_at: 80%', 'warn_at: most'), 'bad_percent', '57:12'],
  [
    'a misspelt event',
    more('rules:', '  - { name: x, on: ticket.opend, do: [ { urgency: x } ] }'),
    'wrong_value_near',
    '18:20',
    'ticket.reopened',
  ],
  [
    'out of range',
    node('- id: b', '  approve: B', '  approver: { manager: requester, level: 0 }'),
    'out_of_range',
    '19:44',
  ],
];

judge({ text: TEXT, mangled: MANGLED, shapes: SHAPES });
