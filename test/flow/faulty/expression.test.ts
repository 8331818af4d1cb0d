/** Faulty templates: expressions and fields. What is found, and exactly where. */
import { approval, type Fault, field, judge, more, node } from '../../support/fault.ts';
import { aTemplate, FLOW_LINES, FORM_LINES } from '../../support/template.ts';

const EXPRESSIONS: Fault[] = [
  [
    'an unknown field',
    field('{ id: a, type: text, label: A, visible: form.kynd == "甲" }'),
    'unknown_field_near',
    '10:50',
    'kind',
  ],
  [
    'an unknown name',
    field('{ id: a, type: text, label: A, visible: frm.kind == "甲" }'),
    'unknown_name_near',
    '10:45',
    'form',
  ],
  [
    'an unknown function',
    field('{ id: a, type: number, label: A, formula: summ(form.total) }'),
    'unknown_name_near',
    '10:47',
    'sum',
  ],
  [
    'a function that does not fit',
    field('{ id: a, type: number, label: A, formula: sum(form.total) }'),
    'unknown_function',
    '10:47',
  ],
  [
    'a text where yes or no is needed',
    field('{ id: a, type: text, label: A, visible: form.kind }'),
    'wrong_result',
    '10:45',
  ],
  [
    'types that do not fit',
    field('{ id: a, type: number, label: A, formula: form.total + form.title }'),
    'type_mismatch',
    '10:47',
  ],
  [
    'an unfinished expression',
    field('{ id: a, type: text, label: A, visible: form.kind == }'),
    'expression_syntax',
    '10:57',
  ],
  [
    'an option that does not exist',
    field('{ id: a, type: text, label: A, visible: form.kind == "丁" }'),
    'unknown_option',
    '10:58',
  ],
  [
    'a status that does not exist',
    more('rules:', '  - { name: x, on: ticket.closed, if: ticket.status == "完成", do: [ { urgency: x } ] }'),
    'unknown_status',
    '18:56',
  ],
  [
    'a pattern that may never end',
    field('{ id: a, type: text, label: A, visible: form.title.matches("(?=a)b") }'),
    'bad_pattern',
    '10:64',
  ],
  [
    'loops in loops',
    field(`{ id: a, type: number, label: A, formula: 'size(["a"].map(x, ["b"].map(y, ["c"].map(z, z))))' }`),
    'expression_too_costly',
    '10:79',
  ],
  [
    'the ticket before it is filed',
    field('{ id: a, type: text, label: A, visible: ticket.number == "x" }'),
    'not_in_scope',
    '10:45',
  ],
  ['a task on arriving', approval('  when: assignee.name == "x"'), 'not_in_scope', '20:11'],
  [
    'the form of a node that may be skipped',
    approval('  when: work.risky').replace('handle: 办理', 'handle: 办理\n    when: form.urgent'),
    ...(['may_not_have_run', '21:11'] as const),
  ],
  [
    'the form of a later node',
    aTemplate({ flow: `  - { id: b, confirm: 确认, when: work.risky }\n${FLOW_LINES}` }),
    'may_not_have_run',
    '11:33',
  ],
  [
    'a brace that stays open',
    node('- { id: b, notify: N, to: requester, text: "{form.title" }'),
    'unclosed_brace',
    '17:47',
  ],
  [
    'a misspelt field in a text',
    node('- { id: b, notify: N, to: requester, text: "你好 {form.titel}" }'),
    'unknown_field_near',
    '17:56',
    'title',
  ],
  [
    'formulas in a ring',
    aTemplate({
      form: `${FORM_LINES}\n  - { id: a, type: number, label: A, formula: form.b }\n  - { id: b, type: number, label: B, formula: form.a }`,
    }),
    'formula_loop',
    '10:47',
  ],
];

const FIELDS: Fault[] = [
  ['an id twice', field('{ id: total, type: text, label: A }'), 'duplicate_id', '10:11'],
  ['a reserved field id', field('{ id: constructor, type: text, label: A }'), 'reserved_id', '10:11'],
  ['a choice without options', field('{ id: a, type: radio, label: A }'), 'options_missing', '10:5'],
  ['options of a text', field('{ id: a, type: text, label: A, options: [x] }'), 'options_unused', '10:36'],
  ['an option twice', field('{ id: a, type: radio, label: A, options: [x, y, x] }'), 'duplicate_option', '10:53'],
  ['a table without columns', field('{ id: a, type: table, label: A }'), 'columns_missing', '10:5'],
  [
    'columns of a text',
    field('{ id: a, type: text, label: A, columns: [ { id: x, type: text, label: X } ] }'),
    'columns_unused',
    '10:36',
  ],
  [
    'a sum of texts',
    field('{ id: a, type: table, label: A, columns: [ { id: x, type: text, label: X, sum: true } ] }'),
    'sum_needs_number',
    '10:84',
  ],
  [
    'a default that is no option',
    field('{ id: a, type: radio, label: A, options: [红, 绿], default: 红色 }'),
    'bad_default',
    '10:63',
    '红',
  ],
  ['a default that is no number', field('{ id: a, type: number, label: A, default: ten }'), 'bad_default', '10:47'],
  ['a default that is no date', field('{ id: a, type: date, label: A, default: 2026-02-30 }'), 'bad_default', '10:45'],
  ['min over max', field('{ id: a, type: number, label: A, min: 5, max: 4 }'), 'min_over_max', '10:43'],
  ['a meaning twice', field('{ id: a, type: text, label: A, means: title }'), 'duplicate_meaning', '10:43'],
  [
    'nobody can fill it in',
    field('{ id: a, type: text, label: A, required: true, readonly: true }'),
    'required_readonly',
    '10:62',
  ],
  ['no title', aTemplate().replace('id: title', 'id: subject'), 'no_title', '3:1'],
  ['a type of a later version', field('{ id: a, type: richtext, label: A }'), 'not_yet_supported', '10:20'],
  [
    'a field that nothing encrypts yet',
    field('{ id: a, type: text, label: A, encrypt: true }'),
    'not_yet_supported',
    '10:36',
  ],
  [
    'a remote list',
    field('{ id: a, type: select, label: A, options: { url: "https://x" } }'),
    'not_yet_supported',
    '10:47',
  ],
  ['a number without counter', more('number: IT-{yyyy}'), 'bad_number', '17:9'],
  ['a number with an unknown part', more('number: IT-{year}-{seq:4}'), 'bad_number', '17:12'],
];

judge({ expressions: EXPRESSIONS, fields: FIELDS });
