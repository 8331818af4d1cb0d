/** Every finding the check knows: severity and words, `{fact}` filled in. A new finding is one line here and one small check. */
import type { Severity } from './finding.ts';

type Entry = readonly [Severity, zh: string, en: string];

// prettier-ignore
export const FINDINGS = {
  // the text
  too_large: ['error', '模板超过 256 KiB，请拆分', 'The template is larger than 256 KiB: split it'],
  line_too_long: ['error', '这一行太长（最多 {max} 个字符），请分行', 'This line is too long (at most {max} characters): break it'],
  yaml_syntax: ['error', 'YAML 写法有误：{detail}', 'Not valid YAML: {detail_en}'],
  tab_indent: ['error', 'YAML 不能用制表符缩进，请改为空格', 'YAML cannot be indented with tabs: use spaces'],
  several_documents: ['error', '一个文件只能有一个模板，请去掉「---」之后的内容', 'One file holds one template: remove what follows “---”'],
  empty_template: ['error', '模板是空的', 'The template is empty'],
  too_deep: ['error', '嵌套太深（最多 {max} 层）', 'Nested too deeply (at most {max} levels)'],
  too_many_aliases: ['error', '锚点引用太多或展开后太大（最多 {max} 处引用）', 'Too many aliases, or they expand to too much (at most {max} aliases)'],
  unknown_anchor: ['error', '没有名为 {name} 的锚点', 'There is no anchor named {name}'],
  duplicate_key: ['error', '「{key}」写了两次，请保留一处', '“{key}” stands here twice: keep one'],
  unknown_key: ['error', '这里没有「{key}」这一项', 'There is no key “{key}” here'],
  unknown_key_near: ['error', '这里没有「{key}」这一项，是不是「{near}」？', 'There is no key “{key}” here. Did you mean “{near}”?'],
  empty_value: ['error', '「{key}」后面没有内容', '“{key}” has no value'],
  mangled_expression: ['error', '这个表达式被 YAML 拆散了，请用单引号括起来', 'YAML takes this expression apart: put it in single quotes'],
  full_width_punctuation: ['error', '这里有全角标点「{mark}」，请改为半角', 'There is a full-width “{mark}” here: use the half-width one'],
  missing_key: ['error', '缺少「{key}」', '“{key}” is missing'],
  wrong_type: ['error', '这里应为{expected}', 'This must be {expected_en}'],
  wrong_value: ['error', '「{value}」不可用，可用的有：{allowed}', '“{value}” is not possible here. Possible: {allowed}'],
  wrong_value_near: ['error', '没有「{value}」，是不是「{near}」？可用的有：{allowed}', 'There is no “{value}”. Did you mean “{near}”? Possible: {allowed}'],
  bad_id: ['error', '「{value}」不能作为 id：须以小写字母开头，只含小写字母、数字和下划线', '“{value}” cannot be an id: start with a lower-case letter, then lower-case letters, digits and underscores'],
  bad_key: ['error', '「{value}」不能作为模板标识：以小写字母开头，只用小写字母、数字和连字符，最多 40 个', '“{value}” cannot name a template: start with a lower-case letter, then lower-case letters, digits and hyphens, at most 40'],
  bad_duration: ['error', '「{value}」不是时长：写 4h、90m、4h wall、7d wall 或 3 workdays', '“{value}” is not a duration: write 4h, 90m, 4h wall, 7d wall or 3 workdays'],
  bad_percent: ['error', '「{value}」不是百分比：写 80%', '“{value}” is not a percentage: write 80%'],
  bad_mode: ['error', '「{value}」不是审批方式：写 any、all、sequence、60% 或 min 2', '“{value}” is not a mode: write any, all, sequence, 60% or min 2'],
  bad_limit: ['error', '「{value}」不是限额：写 20 per day（或 week、month）', '“{value}” is not a limit: write 20 per day (or week, month)'],
  bad_number: ['error', '工单编号格式有误：{detail}', 'The number pattern is wrong: {detail_en}'],
  out_of_range: ['error', '数值或长度超出范围（{limit}）', 'The value or its length is out of range ({limit})'],
  invalid: ['error', '这里的内容不对：{detail}', 'This is not right: {detail}'],
  too_many_findings: ['error', '问题太多，其余 {count} 处未列出', 'Too many findings: {count} more are not listed'],

  // expressions
  expression_syntax: ['error', '表达式写法有误：{detail}', 'The expression cannot be read: {detail_en}'],
  unknown_name: ['error', '表达式中没有「{name}」', 'Nothing is named “{name}” here'],
  unknown_name_near: ['error', '表达式中没有「{name}」，是不是「{near}」？', 'Nothing is named “{name}” here. Did you mean “{near}”?'],
  unknown_field: ['error', '{of} 没有「{name}」', '{of} has no “{name}”'],
  unknown_field_near: ['error', '{of} 没有「{name}」，是不是「{near}」？', '{of} has no “{name}”. Did you mean “{near}”?'],
  unknown_function: ['error', '没有可这样使用的函数 {name}', 'No function {name} fits here'],
  type_mismatch: ['error', '类型不合：{detail}', 'Types do not fit: {detail_en}'],
  wrong_result: ['error', '表达式的结果是{found}，这里需要{wanted}', 'The expression gives {found_en}, {wanted_en} is needed here'],
  unknown_status: ['error', '没有「{value}」这个状态。可用的有：{allowed}', 'There is no status “{value}”. Possible: {allowed}'],
  unknown_option: ['error', '「{field}」没有选项「{value}」，可用的有：{allowed}', '“{field}” has no option “{value}”. Possible: {allowed}'],
  expression_too_costly: ['error', '表达式太长或太复杂，请拆开', 'The expression is too long or too complex: take it apart'],
  bad_pattern: ['error', '这个正则不能用：请写成固定文本，不用前后断言和反向引用', 'This pattern cannot be used: write it as a literal, without look-around and back-references'],
  not_in_scope: ['error', '这里还不能使用「{name}」：{why}', '“{name}” cannot be used here: {why_en}'],
  may_not_have_run: ['error', '节点「{node}」此时可能还没有执行，请先用 is_set({ref}) 判断', 'Node “{node}” may not have run yet: guard with is_set({ref})'],
  unclosed_brace: ['error', '「{」没有对应的「}」', 'There is a “{” without its “}”'],

  // form
  reserved_id: ['error', '「{id}」是保留字，请换一个 id', '“{id}” is a reserved word: choose another id'],
  duplicate_id: ['error', 'id「{id}」重复', 'The id “{id}” is used twice'],
  options_missing: ['error', '「{field}」需要 options', '“{field}” needs options'],
  options_unused: ['error', '{type} 类型不用 options', 'A field of type {type} has no options'],
  duplicate_option: ['error', '选项「{value}」重复', 'The option “{value}” stands here twice'],
  columns_missing: ['error', '表格「{field}」需要 columns', 'Table “{field}” needs columns'],
  columns_unused: ['error', '只有 table 类型有 columns', 'Only a table has columns'],
  bad_default: ['error', '默认值「{value}」不适合{type}', 'The default “{value}” does not fit {type}'],
  min_over_max: ['error', 'min 大于 max，永远填不对', 'min is larger than max: no value can fit'],
  duplicate_meaning: ['error', '已有字段表示「{means}」：{field}', '“{means}” is already meant by {field}'],
  formula_loop: ['error', '公式互相引用：{loop}', 'The formulas depend on each other: {loop}'],
  sum_needs_number: ['error', '只有 number、money 和 rating 列可以合计', 'Only number, money and rating columns have a sum'],
  no_title: ['warning', '没有表示 title 的字段，工单将以模板名称为标题', 'No field means title: tickets will be titled with the template’s name'],
  required_readonly: ['error', '「{field}」必填却只读，又没有默认值，永远填不了', '“{field}” is required but readonly, and has no default: nobody can fill it in'],

  // flow
  no_kind: ['error', '节点需要且只能有一个类型：{kinds}', 'A node needs exactly one kind: {kinds}'],
  several_kinds: ['error', '节点只能有一个类型，这里有：{found}', 'A node has exactly one kind, here are: {found}'],
  no_selector: ['error', '人员写法需要且只能有一个：{kinds}', 'A selector needs exactly one of: {kinds}'],
  not_yet_supported: ['error', '这个版本还不能运行：{what}，请先换一种写法', 'This version cannot run {what_en} yet: use something else for now'],
  not_yet_run: ['info', '{what}已检查，将在后续版本生效', '{what_en}: checked, and will take effect in a later version'],
  bad_people: ['error', '「{value}」不是人员写法：写 {allowed}，或 { role: 角色 } 等', '“{value}” names no people: write {allowed}, or { role: … } and the like'],
  unreachable: ['error', '节点「{node}」永远走不到', 'Node “{node}” can never be reached'],
  unknown_node: ['error', '没有节点「{node}」', 'There is no node “{node}”'],
  unknown_node_near: ['error', '没有节点「{node}」，是不是「{near}」？', 'There is no node “{node}”. Did you mean “{near}”?'],
  target_not_earlier: ['error', '「{node}」不是在每条路径上都先于这里，不能退回到它', '“{node}” does not come before this on every way: nothing can go back to it'],
  target_cannot_wait: ['error', '「{node}」没有人办理，不能退回到它', 'Nobody acts at “{node}”: nothing can go back to it'],
  handler_not_earlier: ['error', '「{node}」不是在每条路径上都先于这里，此时可能还没有人处理过它', '“{node}” does not come before this on every way: nobody may have handled it yet'],
  handler_has_no_people: ['error', '「{node}」没有处理人', 'Nobody handles “{node}”'],
  branch_without_default: ['error', '分支没有默认情况（最后一个不写 when）', 'The branch has no default: let the last case have no `when`'],
  branch_gap: ['error', '分支没有覆盖：{value} 不满足任何情况', 'The branch leaves a gap: {value_en} matches no case'],
  two_defaults: ['error', '不写 when 的只能是最后一个，后面的永远轮不到', 'Only the last may have no `when`: what follows is never reached'],
  list_without_default: ['error', '人员列表没有默认（最后一个不写 when）', 'The list has no default: let the last entry have no `when`'],
  list_gap: ['error', '人员列表没有覆盖：{value} 不满足任何一项', 'The list leaves a gap: {value_en} matches no entry'],
  case_never_holds: ['warning', '这个情况不会成立：{value} 已被前面的情况取走', 'This case can never hold: {value_en} is taken by an earlier one'],
  case_taken: ['warning', '前面的情况已经取走了所有会满足它的内容，轮不到它，请删掉或往前移', 'Earlier cases take all that would satisfy this one: remove it or move it up'],
  always_holds: ['warning', '这个条件总是成立，后面的永远轮不到，请改条件，或去掉 when 作为默认', 'This condition always holds, so nothing after it is ever reached: change it, or drop the `when` to make it the default'],
  always_holds_alone: ['warning', '这个条件总是成立，可以去掉', 'This condition always holds: leave it out'],
  cases_overlap: ['info', '{value} 同时满足「{earlier}」和「{later}」，会走前面的「{earlier}」；如果不是本意，请把条件错开', '{value_en} fits both “{earlier}” and “{later}” and goes to the first: part them if that is not what you mean'],
  cases_not_decided: ['info', '无法断定这里有没有轮不到的情况：{what} 不能逐一推演，请用演练确认', 'Whether a case here is never reached was not decided: {what_en} cannot be tried one by one. Rehearse it'],
  mode_missing: ['error', '可能有多名审批人，请写明 mode：any 或签、all 会签、sequence 依次', 'There may be several approvers: say the mode: any, all or sequence'],
  chain_goes_in_turn: ['error', '逐级审批只能依次进行，mode 不能是 {mode}，请去掉它或写 sequence', 'A manager chain goes one by one: leave the mode {mode} out, or write sequence'],
  chain_only_approves: ['error', '逐级上报只用于审批节点，{kind} 节点请换一种人员写法', 'A manager chain is for approvals: name the people of a {kind} node in another way'],
  auto_pass_on_control: ['error', '控制节点不能自动通过', 'A control node cannot be passed automatically'],
  auto_pass_of_work: ['error', '{kind} 节点不能自动通过，请选人员或 admin', 'A {kind} node cannot pass by itself: choose people or admin'],
  timeout_order: ['error', '超时阶梯须按时间从短到长', 'The steps of a timeout go from short to long'],
  one_action: ['error', '这里需要且只能有一个动作：{keys}', 'Exactly one of these is needed: {keys}'],
  on_or_when: ['error', '规则需要 on 或 when 之一', 'A rule has either `on` or `when`'],
  never_holds: ['warning', '这个条件在任何选择下都不成立', 'This condition holds for no choice at all'],
  use_branch: ['info', '相邻两个节点的 when 互斥，用 branch 更清楚', 'The `when`s of these neighbours exclude each other: a branch says it better'],

  // branches, waiting, calls and sub-flows
  target_in_branch: ['error', '「{node}」在另一个并行分支里，不能退回到它，请退回到分支之前或同一分支里的节点', '“{node}” stands in a branch that is closed from here: go back to a node before the split or in the same branch'],
  loop_nobody_acts: ['error', '没人处理时，流程会在这里和「{node}」之间一直循环：请把其中一步改为关闭、转交或提醒', 'While nobody acts, the flow turns between here and “{node}” for ever: let one of them close, transfer or remind instead'],
  duplicate_name: ['warning', '这里已有名为「{name}」的分支，请换一个名称', 'A branch here is named “{name}” already: choose another name'],
  join_too_many: ['error', '只有 {count} 个分支，等不到 {join} 个', 'There are only {count} branches: {join} of them can never arrive'],
  join_never: ['error', '分支「{name}」总会结束整个流程，汇合等不齐：请把 end 放到汇合之后，或减少 join', 'Branch “{name}” always ends the whole flow, so the join waits in vain: put the end after the join, or join fewer'],
  parallel_of_one: ['warning', '只有一个分支，不必并行：请直接写它的节点', 'There is only one branch: write its nodes without `parallel`'],
  branch_does_nothing: ['warning', '分支「{name}」里没有节点，请删掉', 'Branch “{name}” does nothing: remove it'],
  branch_joins_at_once: ['warning', '分支「{name}」里没有节点，会立即算作到齐，其他分支因此可能被取消：请删掉或写上节点', 'Branch “{name}” is empty and joins at once, which may cancel the others: remove it, or give it nodes'],
  wait_for_one: ['error', '等待节点需要且只能有一个：{keys}', 'A wait needs exactly one of: {keys}'],
  wait_never_changes: ['error', '等待期间没有什么能改变这个条件，不成立就会一直等下去：请换成会变化的内容，或用 until、for', 'Nothing can change this condition while it waits, so it may wait for ever: ask for what can change, or use until or for'],
  until_unset: ['warning', '「{field}」可能没有填，那样就完全不等：请设为必填，或加 when: is_set(form.{id})', '“{field}” may be unset, and then nothing is waited for: make it required, or add when: is_set(form.{id})'],
  call_one_target: ['error', '需要 url 或 connector，且只能有一个', 'Exactly one of url and connector is needed'],
  bad_url: ['error', '「{url}」不是网址：写 https://…', '“{url}” is no address: write https://…'],
  url_not_https: ['error', '「{url}」不加密：请用 https', '“{url}” is not encrypted: use https'],
  url_private: ['warning', '「{host}」是内网地址，服务默认拒绝访问：请换成公网地址', '“{host}” is a private address, which the service refuses by default: use a public one'],
  unknown_template: ['error', '没有模板「{key}」', 'There is no template “{key}”'],
  unknown_template_near: ['error', '没有模板「{key}」，是不是「{near}」？', 'There is no template “{key}”. Did you mean “{near}”?'],
  template_not_here: ['warning', '这里没有模板「{key}」，发布之前请先发布它', 'There is no template “{key}” here: publish it before this one'],
  template_not_here_near: ['warning', '这里没有模板「{key}」，是不是「{near}」？', 'There is no template “{key}” here. Did you mean “{near}”?'],
  subflow_cycle: ['error', '子流程互相提报，永无止境：{loop}', 'These sub-flows file each other without end: {loop}'],
  give_missing: ['error', '模板「{template}」的必填项没有给：{fields}（请在 give 里写上 {ids}）', 'Template “{template}” needs what is not given: {fields} (add to give: {ids})'],
  give_readonly: ['error', '模板「{template}」的「{field}」是只读或自动计算的，不能给值：请去掉', '“{field}” of template “{template}” is readonly or computed and takes no value: leave it out'],
  timeout_without_task: ['error', '{kind} 节点没有待办，超时不会发生：请写在有人办理的节点上', 'A {kind} node has no task that could be late: write the timeout where somebody acts'],
  timeout_after_final: ['error', '前一步已经离开这个节点，这一步永远轮不到', 'The step before leaves this node, so this one never comes'],
  timeout_order_unsure: ['warning', '与前一步单位不同，通常会先到：请用同一种时长，或调换顺序', 'In another unit than the step before, and usually sooner: use one unit, or change the order'],
  refuse_of_work: ['error', '办理节点不能被拒绝：请用 return 或 close', 'Work cannot be refused: use return or close'],
  no_effect: ['warning', '「{key}」在这里不起作用：{why}', '“{key}” has no effect here: {why_en}'],
  mode_too_many: ['error', '只有 {count} 名审批人，凑不够 {min} 人', 'There are only {count} approvers: {min} can never agree'],
  access_readonly: ['error', '「{field}」是只读字段，在节点里也不能填：请去掉字段的 readonly', '“{field}” is readonly, also at nodes: drop the field’s readonly'],
  access_computed: ['error', '「{field}」由公式计算，不能填写：请改为 readonly 或 hidden', '“{field}” is computed and cannot be filled in: make it readonly or hidden here'],
  never_filled: ['warning', '「{field}」只读又没有默认值，永远是空的：请加 default 或去掉 readonly', '“{field}” is readonly without default and stays empty for ever: add a default, or drop readonly'],
  no_assignee_yet: ['error', '走到这里时还没有人承办过，assignee 找不到人：请换一种人员写法', 'Nobody has had a task before this, so assignee is nobody: name the people in another way'],

  // times
  status_never: ['warning', '这个流程的工单不会处于「{value}」，规则不会触发：请换一个状态', 'A ticket of this flow is never {value_en}, so the rule never fires: choose another status'],
  event_never: ['warning', '「{event}」不会发生，规则不会触发：{why}', '“{event}” never happens, so the rule never fires: {why_en}'],
  rule_after_close: ['warning', '超时处理会更早关闭工单，规则不会触发：请缩短这里的时间', 'The timeout closes the ticket earlier, so the rule never fires: shorten this'],
  rule_files_itself: ['error', '每张新工单都会再提报一张，永无止境：请换模板或加 if', 'Each new ticket would file the next without end: choose another template, or add an `if`'],
  rules_loop: ['warning', '规则会互相触发：{loop}，请用 if 收窄其中一条', 'These rules set each other off: {loop}. Narrow one of them with an `if`'],
  sla_without_target: ['warning', '没有 first_response 也没有 resolution，服务级别不起作用', 'Without first_response and resolution, the service level does nothing'],
  target_missing: ['warning', '「{field}」为 {value} 时没有时限，请补上', 'There is no target for “{field}” = {value}: add it'],
  response_after_resolution: ['warning', '首次响应时限比解决时限还长，请检查', 'The first response may take longer than the resolution: check the targets'],
  timeout_after_target: ['warning', '这一步在解决时限之后才到，来不及补救：请提前', 'This step comes only after the resolution target: let it come earlier'],
  rule_after_target: ['warning', '这条规则在首次响应时限之后才触发，来不及补救：请提前', 'This rule fires only after the first response target: let it fire earlier'],

  // cards
  card_text_cut: ['warning', '「{text}」在{platform}卡片上最多显示 {max} 个字，会变成「{cut}」', '“{text}” has room for {max} characters on a {platform_en} card and becomes “{cut}”'],
  card_many_options: ['warning', '{platform}卡片最多放 {max} 个选项，「{field}」有 {count} 个：会改为在聊天里询问', 'A {platform_en} card has room for {max} options, “{field}” has {count}: the chat asks instead'],
  card_too_many_fields: ['warning', '{platform}卡片最多显示 {max} 行，以下只在工单页面显示：{fields}', 'A {platform_en} card shows {max} lines; these are shown on the ticket’s page only: {fields}'],
  card_asks_elsewhere: ['info', '{platform}卡片不能填写：{fields}，会在聊天里逐项询问，或打开页面填写', 'A {platform_en} card cannot ask for: {fields}. The chat asks for them one by one, or the page does'],

  // people
  unknown_role: ['error', '没有角色「{name}」', 'There is no role “{name}”'],
  unknown_role_near: ['error', '没有角色「{name}」，是不是「{near}」？', 'There is no role “{name}”. Did you mean “{near}”?'],
  empty_role: ['warning', '角色「{name}」还没有成员', 'The role “{name}” has no members'],
  unknown_department: ['error', '没有部门「{name}」', 'There is no department “{name}”'],
  unknown_department_near: ['error', '没有部门「{name}」，是不是「{near}」？', 'There is no department “{name}”. Did you mean “{near}”?'],
  ambiguous_department: ['error', '有 {count} 个部门叫「{name}」，请写路径，如 {example}', '{count} departments are named “{name}”: write the path, e.g. {example}'],
  empty_department: ['warning', '部门「{name}」没有可以找的人', 'There is nobody to ask in department “{name}”'],
  unknown_account: ['error', '没有账号「{name}」', 'There is no account “{name}”'],
  person_left: ['error', '「{name}」已离职', '“{name}” has left'],
  unknown_person_field: ['error', '没有人员字段「{field}」', 'There is no person field “{field}”'],
  wrong_survey: ['error', '没有调查「{name}」', 'There is no survey “{name}”'],
  nobody: ['warning', '{count}/{total} 人提报时，「{node}」找不到人：{example}', 'For {count} of {total} people, “{node}” finds nobody: {example}'],
} as const satisfies Record<string, Entry>;

export type FindingCode = keyof typeof FINDINGS;
export type Facts = Readonly<Record<string, string | number>>;

const fill = (pattern: string, facts: Facts): string =>
  pattern.replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole));

export function findingWords(code: FindingCode, facts: Facts): { severity: Severity; zh: string; en: string } {
  const [severity, zh, en] = FINDINGS[code];
  return { severity, zh: fill(zh, facts), en: fill(en, facts) };
}

/** The `_near` twin of a code where a near name is known. */
export type NearCode = { [C in FindingCode]: `${C}_near` extends FindingCode ? C : never }[FindingCode];
export const nearly = (code: NearCode, near: string | null): FindingCode => (near === null ? code : `${code}_near`);
