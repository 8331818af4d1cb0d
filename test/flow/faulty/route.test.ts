/** Faulty templates: ways through the flow, branches beside each other, waiting, calls and sub-flows. */
import { parseTemplate } from '../../../src/flow/parse.ts';
import { approval, type Fault, field, judge, more, node } from '../../support/fault.ts';
import { aTemplate, itRepairWith } from '../../support/template.ts';

const confirmed = (id: string) => `[ { id: ${id}, confirm: 确认 } ]`;
const parallel = (branches: readonly string[], ...rest: string[]) =>
  node('- id: p', '  parallel: 并行', '  branches:', ...branches.map((one) => `    - ${one}`), ...rest);
const two = [`{ name: 甲方, flow: ${confirmed('c')} }`, `{ name: 乙方, flow: ${confirmed('d')} }`];
const END = '[ { id: e, end: 结束 } ]';

const BESIDE: Fault[] = [
  ['a join of more than there are', parallel(two, '  join: 3'), 'join_too_many', '22:11', 'all'],
  ['a branch that always ends', parallel([`{ name: 甲方, flow: ${END} }`, ...two.slice(1)]), 'join_never', '20:17'],
  [
    'a branch that ends in each of its cases',
    parallel([
      `{ name: 甲方, flow: [ { id: x, branch: 分, cases: [ { name: 一, when: form.urgent, flow: ${END} }, { name: 二, flow: [ { id: f, end: 完 } ] } ] } ] }`,
      ...two.slice(1),
    ]),
    'join_never',
    '20:17',
  ],
  ['one branch', parallel(two.slice(0, 1)), 'parallel_of_one', '18:5'],
  ['an empty branch', parallel([...two, '{ name: 丙方, flow: [] }']), 'branch_does_nothing', '22:17'],
  [
    'an empty branch of any',
    parallel([...two, '{ name: 丙方, flow: [] }'], '  join: any'),
    'branch_joins_at_once',
    '22:17',
  ],
  ['a name twice', parallel([...two, `{ name: 甲方, flow: ${confirmed('e')} }`]), 'duplicate_name', '22:17'],
  [
    'the name of a case twice',
    node(
      ...['- id: p', '  branch: 分', '  cases:', `    - { name: 一, when: form.urgent, flow: ${confirmed('c')} }`],
      '    - { name: 一, flow: [] }',
    ),
    'duplicate_name',
    '21:17',
  ],
  [
    'back into a branch beside',
    parallel([...two.slice(0, 1), '{ name: 乙方, flow: [ { id: d, confirm: 确认, on_refuse: { to: c } } ] }']),
    'target_in_branch',
    '21:68',
  ],
  [
    'back into a branch that is over',
    parallel(two, '- { id: z, confirm: 确认, on_refuse: { to: c } }'),
    'target_in_branch',
    '22:44',
  ],
  [
    'back by time into a branch that is over',
    parallel(two, '- { id: z, confirm: 确认, timeout: [ { after: 4h, return: d } ] }'),
    'target_in_branch',
    '22:59',
  ],
  ['approvals are refused where there are none', parallel(two, '  one_refusal_ends_all: false'), 'no_effect', '22:5'],
];

const WAYS: Fault[] = [
  [
    'a ring that time turns',
    node(
      ...[
        '- id: a',
        '  approve: 审批',
        '  approver: { manager: requester }',
        '  timeout: [ { after: 4h, approve: true } ]',
      ],
      ...[
        '- id: b',
        '  approve: 复核',
        '  approver: { manager: requester }',
        '  timeout: [ { after: 4h, return: a } ]',
      ],
    ),
    'loop_nobody_acts',
    '24:37',
  ],
  [
    'a ring of refusals by time',
    node(
      ...[
        '- id: a',
        '  approve: 审批',
        '  approver: { manager: requester }',
        '  timeout: [ { after: 4h, approve: true } ]',
      ],
      ...['- id: b', '  approve: 复核', '  approver: { manager: requester }', '  on_refuse: { to: a }'],
      '  timeout: [ { after: 4h, refuse: true } ]',
    ),
    'loop_nobody_acts',
    '25:37',
  ],
  ['the assignee before there is one', aTemplate({ flow: '  - { id: b, approve: B, approver: { manager: assignee } }' }), 'no_assignee_yet', '11:47'], // prettier-ignore
  [
    'news for nobody',
    aTemplate({ flow: '  - { id: b, notify: B, to: assignee, text: x }' }),
    'no_assignee_yet',
    '11:29',
  ],
  ['more agreements than people', node('- { id: b, approve: B, approver: { users: [a, b] }, mode: min 3 }'), 'mode_too_many', '17:61', 'all'], // prettier-ignore
  ['no agreement at all', approval('  mode: 0%'), 'out_of_range', '20:11'],
  ['a refusal that needs more in a 会签', node('- { id: b, approve: B, approver: { role: 财务 }, mode: all, refuse_needs: all }'), 'no_effect', '17:61'], // prettier-ignore
  ['a form that nobody fills in', node('- { id: b, notify: N, to: requester, text: x, form: [ { id: y, type: text, label: Y } ] }'), 'no_effect', '17:49'], // prettier-ignore
  ['acts where nobody acts', node('- { id: b, end: N, acts: { withdraw: never } }'), 'no_effect', '17:22'],
  ['access to a readonly field', approval('  fields: { total: required }').replace('label: 金额', 'label: 金额, default: 1, readonly: true'), 'access_readonly', '20:22'], // prettier-ignore
  ['access to a computed field', approval('  fields: { total: editable }').replace('label: 金额', 'label: 金额, formula: 1 + 1'), 'access_computed', '20:22'], // prettier-ignore
  ['a field that stays empty', field('{ id: a, type: text, label: A, readonly: true }'), 'never_filled', '10:46'],
  ['a condition that always holds', node('- { id: b, confirm: B, when: form.total == 1 || form.total != 1 }'), 'always_holds_alone', '17:32'], // prettier-ignore
  ['a node that is never entered', node('- { id: b, confirm: B, when: form.total < 1 && form.total > 2 }'), 'never_holds', '17:32'], // prettier-ignore
  ['a field that never shows', field('{ id: a, type: text, label: A, visible: form.urgent && !form.urgent }'), 'never_holds', '10:45'], // prettier-ignore
];

const SHOWN = (flow: string) =>
  node(flow).replace('id: mentor, type: person,', 'id: mentor, type: person, visible: \'form.kind == "甲"\',');
const HIDDEN: Fault[] = [
  ['required where it never shows', SHOWN('- { id: b, confirm: B, when: form.kind == "乙", fields: { mentor: required } }'), 'required_hidden', '17:68'], // prettier-ignore
  ['required in a case where it never shows', SHOWN('- { id: b, branch: 分支, cases: [ { name: x, when: form.kind != "甲", flow: [ { id: c, confirm: C, fields: { mentor: required } } ] }, { name: y, flow: [] } ] }'), 'required_hidden', '17:117'], // prettier-ignore
  ['asking whom nobody could name', SHOWN('- { id: b, approve: B, approver: { field: mentor }, when: form.kind == "乙" }'), 'person_hidden', '17:45'], // prettier-ignore
];

const TIMEOUTS: Fault[] = [
  ['a step after the end', approval('  timeout: [ { after: 4h, refuse: true }, { after: 8h, remind: assignee } ]'), 'timeout_after_final', '20:45'], // prettier-ignore
  ['lateness of what never waits', node('- { id: b, notify: N, to: requester, text: x, timeout: [ { after: 4h, remind: requester } ] }'), 'timeout_without_task', '17:49'], // prettier-ignore
  ['a deed by waiting', itRepairWith('- { after: 1 workday,  remind: assignee }', '- { after: 1 workday,  approve: true }').replace(/^ *- \{ after: 3 workdays.*\n/m, ''), 'auto_pass_of_work', '49:39'], // prettier-ignore
  ['work that is refused', node('- { id: b, handle: H, assignee: requester, timeout: [ { after: 4h, refuse: true } ] }'), 'refuse_of_work', '17:70'], // prettier-ignore
  [
    'an approval that says no',
    approval('  timeout: [ { after: 4h, approve: false } ]'),
    'wrong_value',
    '20:38',
    'true',
  ],
  ['surely sooner in another unit', approval('  timeout: [ { after: 10h, remind: assignee }, { after: 4h wall, remind: assignee } ]'), 'timeout_order', '20:59'], // prettier-ignore
  ['usually sooner in another unit', approval('  timeout: [ { after: 3d wall, remind: assignee }, { after: 1 workday, remind: assignee } ]'), 'timeout_order_unsure', '20:63'], // prettier-ignore
];

const wait = (text: string) => node(`- { id: b, wait: 等, ${text} }`);
const WAITING: Fault[] = [
  ['waiting for nothing', node('- { id: b, wait: 等 }'), 'wait_for_one', '17:14'],
  ['waiting for two things', wait('for: 4h, until: now'), 'wait_for_one', '17:14'],
  ['waiting for what never changes', wait('when_true: form.urgent'), 'wait_never_changes', '17:34'],
  ['waiting for the form of a node that is over', wait('when_true: work.risky'), 'wait_never_changes', '17:34'],
  ['waiting for what is only written later', node('- { id: b, parallel: 并行, branches: [ { name: x, flow: [ { id: c, wait: 等, when_true: form.urgent } ] }, { name: y, flow: [ { id: d, confirm: D } ] } ] }', '- { id: e, parallel: 再并行, branches: [ { name: x, flow: [ { id: f, confirm: F } ] }, { name: y, flow: [ { id: g, confirm: G, fields: { urgent: editable } } ] } ] }'), 'wait_never_changes', '17:88'], // prettier-ignore
  ['waiting for a day that may be unset', wait('until: form.day'), 'until_unset', '17:30'],
];

const call = (text: string) => node(`- { id: b, call: 调用, ${text} }`);
const CALLS: Fault[] = [
  ['a call to nobody', node('- { id: b, call: 调用 }'), 'call_one_target', '17:14'],
  ['a call to two', call('url: "https://a.example.com/x", connector: erp'), 'call_one_target', '17:14'],
  ['no address', call('url: erp'), 'bad_url', '17:29'],
  ['another protocol', call('url: "ftp://a.example.com"'), 'bad_url', '17:29'],
  ['without encryption', call('url: "http://a.example.com/x"'), 'url_not_https', '17:29', 'https://a.example.com/x'],
  ['to the own machine', call('url: "https://localhost:8080/x"'), 'url_private', '17:29'],
  ['to a private address', call('url: "https://192.168.1.5/x"'), 'url_private', '17:29'],
  ['to a private address in another guise', call('url: "https://2130706433/"'), 'url_private', '17:29'],
  ['to a private address without encryption', call('url: "http://erp.internal/x"'), 'url_private', '17:29'],
  ['to wherever the form says', call('url: "https://{form.title}.example.com/x"'), 'url_open_host', '17:29'],
  ['an address with a field that is not there', call('url: "https://a.example.com/{form.titel}"'), 'unknown_field_near', '17:58', 'title'], // prettier-ignore
  ['more retries than there are', call('url: "https://a.example.com/x", retries: 12'), 'too_many_retries', '17:65', '9'], // prettier-ignore
  ['a rule that calls nobody', more('rules:', '  - { name: x, on: ticket.closed, do: [ { call: { send: { a: b } } } ] }'), 'call_one_target', '18:43'], // prettier-ignore
];

judge({ beside: BESIDE, ways: WAYS, hidden: HIDDEN, timeouts: TIMEOUTS, waiting: WAITING, calls: CALLS });

const CHILD = `template: account
name: 开通账号
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: owner, type: person, label: 归属人, required: true }
  - { id: level, type: radio, label: 级别, options: [普通, 管理], required: true, default: 普通 }
  - { id: login, type: text, label: 登录名, readonly: true, default: x }
flow:
  - { id: open, handle: 开通, assignee: { role: IT }, form: [ { id: mail, type: text, label: 邮箱 } ] }`;
const RING = `template: ring
name: 环
form: [ { id: title, type: text, label: 标题 } ]
flow: [ { id: s, subflow: 再来, template: sample, give: { title: x, kind: 甲 } } ]`;
const spec = (text: string) => parseTemplate(text).spec!;
const templates = new Map([
  ['account', spec(CHILD)],
  ['ring', spec(RING)],
]);
const subflow = (text: string) => node(`- { id: s, subflow: 子, ${text} }`);
const GIVEN = 'template: account, give: { title: x, owner: =requester';

judge(
  {
    subflows: [
      ['a template that is not there', subflow('template: nothing-like-it'), 'unknown_template', '17:36'],
      ['a misspelt template', subflow('template: acount, give: { title: x, owner: =requester }'), 'unknown_template_near', '17:36', 'account'], // prettier-ignore
      ['itself', subflow('template: sample, give: { title: x, kind: 甲 }'), 'subflow_cycle', '17:36'],
      ['itself over another', subflow('template: ring, give: { title: x }'), 'subflow_cycle', '17:36'],
      ['what it needs is not given', subflow('template: account, give: { title: x }'), 'give_missing', '17:36'],
      ['nothing is given', subflow('template: account'), 'give_missing', '17:36'],
      ['a misspelt field is given', subflow(`${GIVEN}, titel: y }`), 'unknown_field_near', '17:82', 'title'],
      ['an option that does not exist', subflow(`${GIVEN}, level: 普通的 }`), 'unknown_option', '17:89', '普通'],
      ['a value for a readonly field', subflow(`${GIVEN}, login: y }`), 'give_readonly', '17:82'],
      ['what is not there is taken', subflow(`${GIVEN} }, take: { a: =child.form.logn }`), 'unknown_field_near', '17:107', 'login'], // prettier-ignore
      [
        'what a node there does not have',
        subflow(`${GIVEN} }, take: { a: =child.open.phone }`),
        'unknown_field',
        '17:107',
      ],
      [
        'results of what is not waited for',
        subflow(`${GIVEN} }, blocking: false, on_refuse: end`),
        'no_effect',
        '17:101',
      ],
      ['a rule that files nothing known', more('rules:', '  - { name: x, on: ticket.closed, do: [ { file_ticket: { template: acount } } ] }'), 'unknown_template_near', '18:68', 'account'], // prettier-ignore
    ],
  },
  { templates },
);

const PARENT = `template: joining
name: 入职
form: [ { id: title, type: text, label: 标题 } ]
flow: [ { id: s, subflow: 开通, template: sample, give: { title: x, kind: 甲 }, take: { of: =child.form.total } } ]`;
judge(
  {
    parents: [
      ['what a parent gives is no option any more', aTemplate().replace('[甲,', '[戊,'), 'parent_breaks', '1:11'],
      [
        'what a parent does not give',
        field('{ id: a, type: text, label: A, required: true }'),
        'parent_breaks',
        '1:11',
      ],
      ['what a parent takes is gone', aTemplate().replace('id: total', 'id: sum'), 'parent_breaks', '1:11'],
    ],
  },
  { templates: new Map([['joining', spec(PARENT)]]) },
);
