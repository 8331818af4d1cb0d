/** Faulty templates: the flow, its people and its times, and what a later version will run. What is found, and exactly where. */
import { approval, branch, type Fault, judge, more, node } from '../../support/fault.ts';
import { aTemplate, FLOW_LINES, itRepairWith } from '../../support/template.ts';

const FLOWS: Fault[] = [
  ['a node id twice', node('- { id: work, confirm: C }'), 'duplicate_id', '17:11'],
  ['a reserved node id', node('- { id: ticket, confirm: C }'), 'reserved_id', '17:11'],
  ['a node after the end', node('- { id: e, end: 结束 }', '- { id: c, confirm: C }'), 'unreachable', '18:11'],
  [
    'after a branch that always ends',
    node(
      '- id: b',
      '  branch: B',
      '  cases:',
      '    - { name: x, flow: [ { id: e, end: 结束 } ] }',
      '- { id: c, confirm: C }',
    ),
    'unreachable',
    '21:11',
  ],
  [
    'back to a later node',
    approval('  on_refuse: { to: c }').replace(/$/, '  - { id: c, confirm: C }'),
    'target_not_earlier',
    '20:22',
  ],
  [
    'back to a node that may be skipped',
    approval('  on_refuse: { to: work }').replace('handle: 办理', 'handle: 办理\n    when: form.urgent'),
    'target_not_earlier',
    '21:22',
  ],
  ['back to a misspelt node', approval('  on_refuse: { to: wrk }'), 'unknown_node_near', '20:22', 'work'],
  [
    'back to where nobody acts',
    node('- { id: n, notify: N, to: requester, text: x }', '- { id: c, confirm: C, on_refuse: { to: n } }'),
    'target_cannot_wait',
    '18:43',
  ],
  ['the handler of no node', node('- { id: b, approve: B, approver: { handler_of: x } }'), 'unknown_node', '17:50'],
  [
    'the handler of a later node',
    aTemplate({ flow: `  - { id: b, approve: B, approver: { handler_of: work } }\n${FLOW_LINES}` }),
    'handler_not_earlier',
    '11:50',
  ],
  [
    'the people of no field',
    node('- { id: b, approve: B, approver: { field: tutor } }'),
    'unknown_person_field',
    '17:45',
  ],
  [
    'the people of a text field',
    node('- { id: b, approve: B, approver: { field: title } }'),
    'unknown_person_field',
    '17:45',
  ],
  ['access to no field', approval('  fields: { titel: hidden }'), 'unknown_field_near', '20:15', 'title'],
  [
    'a choice that falls through',
    branch('{ name: x, when: form.kind == "甲", flow: [] }', '{ name: y, when: form.kind == "乙", flow: [] }'),
    'branch_gap',
    '18:5',
  ],
  ['a number that may fall through', branch('{ name: x, when: form.total > 5, flow: [] }'), 'branch_gap', '18:5'],
  ['two defaults', branch('{ name: x, flow: [] }', '{ name: y, flow: [] }'), 'two_defaults', '20:9'],
  [
    'a case that an earlier one takes',
    branch(
      ...['"丙"', '"丙"'].map((x, i) => `{ name: x${i}, when: form.kind == ${x}, flow: [] }`),
      '{ name: z, flow: [] }',
    ),
    'case_never_holds',
    '21:27',
  ],
  [
    'a case that never holds',
    branch('{ name: x, when: form.kind == "甲" && form.kind == "乙", flow: [] }', '{ name: z, flow: [] }'),
    'never_holds',
    '20:26',
  ],
  [
    'a list that falls through',
    node('- id: b', '  approve: B', '  approver:', '    - { when: form.kind == "甲", manager: requester }'),
    'list_gap',
    '19:5',
  ],
  [
    'a list without default',
    node('- id: b', '  approve: B', '  approver:', '    - { when: form.total > 5, manager: requester }'),
    'list_gap',
    '19:5',
  ],
  [
    'neighbours that exclude each other',
    node('- { id: b, confirm: B, when: form.kind == "甲" }', '- { id: c, confirm: C, when: form.kind == "乙" }'),
    'use_branch',
    '18:32',
  ],
];

const PEOPLE_AND_TIME: Fault[] = [
  [
    'several approvers without mode',
    node('- { id: b, approve: B, approver: { role: 财务 } }'),
    'mode_missing',
    '17:26',
  ],
  [
    'whoever stands in a field for several people, without mode',
    node('- { id: b, approve: B, approver: { field: mentor } }').replace('type: person', 'type: people'),
    'mode_missing',
    '17:26',
  ],
  [
    'a control node that passes by itself',
    approval('  control: true', '  if_empty: approve'),
    'auto_pass_on_control',
    '21:15',
  ],
  [
    'a control node that time passes',
    approval('  control: true', '  timeout: [ { after: 4h, approve: true } ]'),
    'auto_pass_on_control',
    '21:38',
  ],
  [
    'work that passes by itself',
    itRepairWith('if_empty: { role: IT主管 }', 'if_empty: approve'),
    'auto_pass_of_work',
    '31:15',
  ],
  [
    'a timeout with two actions',
    approval('  timeout: [ { after: 4h, remind: assignee, refuse: true } ]'),
    'one_action',
    '20:16',
  ],
  [
    'a timeout out of order',
    approval('  timeout: [ { after: 4h, remind: assignee }, { after: 2h, remind: assignee } ]'),
    'timeout_order',
    '20:58',
  ],
  ['a target for no option', itRepairWith('非常紧急: 15m', '十分紧急: 15m'), 'unknown_option', '55:37'],
  ['a rule without trigger', more('rules:', '  - { name: x, do: [ { urgency: x } ] }'), 'on_or_when', '18:7'],
  [
    'a rule with a status that does not exist',
    more('rules:', '  - { name: x, when: { status: 处理, for: 2h }, do: [ { urgency: x } ] }'),
    'unknown_status',
    '18:32',
  ],
  [
    'a survey that is not there',
    itRepairWith('- survey: satisfaction', '- survey: satisfied'),
    'wrong_survey',
    '72:17',
  ],
  [
    'a misspelt name in a rule',
    itRepairWith('{ticket.number} 已等待', '{ticket.nummer} 已等待'),
    'unknown_field_near',
    '63:64',
    'number',
  ],
];

const LATER: Fault[] = [['a connector', node('- { id: b, call: 调用, connector: erp }'), 'not_yet_supported', '17:24']];

judge({ flows: FLOWS, 'people and time': PEOPLE_AND_TIME, later: LATER });
