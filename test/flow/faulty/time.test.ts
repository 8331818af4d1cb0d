/** Faulty templates: rules that cannot fire or set each other off, and service levels that do not fit. */
import { type Fault, judge, more } from '../../support/fault.ts';
import { aTemplate, FORM_LINES, itRepairWith } from '../../support/template.ts';

const rules = (...lines: string[]) => more('rules:', ...lines.map((line) => `  - ${line}`));
const TELL = 'do: [ { remind: { to: requester, text: x } } ]';
const APPROVAL = '  - { id: b, approve: 审批, approver: { manager: requester } }';
const WAITS = '  - { id: b, end: 结束 }';

const RULES: Fault[] = [
  ['a status that this flow never has', rules(`{ name: x, when: { status: 待确认, for: 2h }, ${TELL} }`), 'status_never', '18:32'], // prettier-ignore
  ['pending where nobody handles', aTemplate({ flow: APPROVAL, more: `rules:\n  - { name: x, when: { status: pending, for: 2h }, ${TELL} }` }), 'status_never', '13:32'], // prettier-ignore
  ['a condition on a status that this flow never has', rules(`{ name: x, on: status.changed, if: ticket.status == "审批中", ${TELL} }`), 'never_holds', '18:40'], // prettier-ignore
  ['a warning of no service level', rules(`{ name: x, on: sla.warning, ${TELL} }`), 'event_never', '18:20'],
  ['an answer to no survey', rules(`{ name: x, on: survey.answered, ${TELL} }`), 'event_never', '18:20'],
  ['a task where nobody acts', aTemplate({ flow: WAITS, more: `rules:\n  - { name: x, on: task.opened, ${TELL} }` }), 'event_never', '13:20'], // prettier-ignore
  ['later than the timeout', itRepairWith('rules:', `rules:\n  - { name: x, when: { status: 待确认, for: 5 workdays }, ${TELL} }`), 'rule_after_close', '60:42'], // prettier-ignore
  ['a ticket that files its like', rules('{ name: x, on: ticket.filed, do: [ { file_ticket: { template: sample, give: { title: x, kind: 甲 } } } ] }'), 'rule_files_itself', '18:67'], // prettier-ignore
  [
    'rules in a ring',
    rules(
      '{ name: 一, on: field.changed, do: [ { assign: { role: 财务 } } ] }',
      '{ name: 二, on: task.transferred, do: [ { set: { total: "1" } } ] }',
    ),
    'rules_loop',
    '18:13',
  ],
  ['a rule that sets itself off', rules('{ name: 一, on: field.changed, do: [ { urgency: x } ], repeat: true }'), 'rules_loop', '18:13'], // prettier-ignore
  [
    'a rule that sets what is computed',
    aTemplate({
      form: `${FORM_LINES}\n  - { id: a, type: number, label: A, formula: form.total }`,
      more: 'rules:\n  - { name: x, on: ticket.filed, do: [ { set: { a: "1" } } ] }',
    }),
    'access_computed',
    '19:49',
  ],
];

const sla = (...lines: string[]) => more('sla:', '  calendar: cn-workdays', ...lines.map((line) => `  ${line}`));
const LEVELS: Fault[] = [
  ['no target at all', more('sla: { calendar: cn-workdays }'), 'sla_without_target', '17:1'],
  ['no calendar', more('sla: { resolution: 8h }'), 'sla_without_calendar', '17:1'],
  ['a choice without target', itRepairWith('紧急: 8h, ', ''), 'target_missing', '56:3'],
  ['a warning beyond the end', sla('resolution: 8h', 'warn_at: 120%'), 'out_of_range', '20:12'],
  ['one of the warnings beyond the end', sla('resolution: 8h', 'warn_at: [50%, 0%]'), 'out_of_range', '20:18'],
  [
    'an answer later than the solution',
    sla('resolution: 4h', 'first_response: 8h'),
    'response_after_resolution',
    '20:19',
  ],
  [
    'a reminder after the target',
    sla('resolution: 4h').replace('handle: 办理', 'handle: 办理\n    timeout: [ { after: 6h, remind: assignee } ]'),
    'timeout_after_target',
    '13:25',
  ],
  ['a rule after the target', itRepairWith('since_filed: 2h', 'since_filed: 5h'), 'rule_after_target', '61:39'],
];

judge({ rules: RULES, levels: LEVELS });
