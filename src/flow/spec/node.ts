/** The nodes of a flow as written: each has an id and exactly one kind key, whose value is its name. */
import { z } from 'zod';
import { duration, expression, flag, id, message, strict, text } from './basic.ts';
import { form } from './field.ts';
import { ifEmpty, selector } from './people.ts';

export const NODE_KINDS = [
  'handle',
  'approve',
  'confirm',
  'branch',
  'parallel',
  'notify',
  'call',
  'subflow',
  'wait',
  'end',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

const timeoutShape = {
  after: duration('多久以后'),
  remind: selector.describe('提醒谁').optional(),
  escalate: selector.describe('告知谁').optional(),
  transfer: selector.describe('转交给谁').optional(),
  return: text('退回到的节点').optional(),
  approve: flag('自动通过').optional(),
  refuse: flag('自动拒绝').optional(),
  close: z.enum(['auto_closed', 'no_reply', 'done']).describe('关闭，值为结果').optional(),
};
export const timeout = z.array(strict(timeoutShape)).min(1).describe('超时阶梯');

export const acts = strict({
  withdraw: z.enum(['until_first_act', 'any_time_with_reason', 'never']).describe('撤回').optional(),
  reopen: z
    .union([duration('多久内可重开'), z.literal('never')])
    .describe('关闭后多久内可重开，never 不可')
    .optional(),
  take_back: z
    .union([duration('多久内可拿回'), z.literal('never')])
    .describe('办理后多久内可拿回，never 不可')
    .optional(),
  transfer: z.enum(['anyone', 'department', 'team', 'never']).describe('可转交给谁').optional(),
  add_sign: z.enum(['advice', 'binding', 'never']).describe('加签').optional(),
  urge: flag('催办').optional(),
}).describe('可以做的操作');

const base = {
  id: id('节点 id，小写字母开头，全流程唯一'),
  when: expression('满足时才进入，否则跳过').optional(),
  timeout: timeout.optional(),
  form: form.describe('本节点填写的表单').optional(),
  fields: z
    .record(z.string(), z.enum(['hidden', 'readonly', 'editable', 'required']))
    .describe('提报表单的字段在本节点的权限')
    .optional(),
  after_return: z.enum(['rerun', 'resume', 'ask']).describe('退回后再次提交').optional(),
  acts: acts.optional(),
};
const onRefuse = z
  .union([z.literal('end'), strict({ to: text('更早的节点或 filing') })])
  .describe('拒绝后：end 结束，或 { to: 更早的节点 }');
const plain = z.union([z.string(), z.number(), z.boolean()]);
const record = (of: z.ZodType<string | number | boolean>) => z.record(z.string(), of);
const takes = z.record(id('取回后的名称'), z.string());

export const handle = strict({
  ...base,
  handle: text('办理节点名称'),
  assignee: selector,
  strategy: z.enum(['claim', 'round-robin', 'least-open', 'all', 'dispatcher']).describe('多人时如何分派').optional(),
  on_return: z.enum(['same', 'anew']).describe('退回后：同一人，或重新分派').optional(),
  if_empty: ifEmpty.optional(),
});
export const approve = strict({
  ...base,
  approve: text('审批节点名称'),
  approver: selector,
  mode: z
    .string()
    .regex(/^(?:any|all|sequence|\d{1,3}%|min \d{1,2})$/, 'mode')
    .describe('any 或签，all 会签，sequence 依次，60%，min 2')
    .optional(),
  on_refuse: onRefuse.optional(),
  refuse_needs: z.enum(['one', 'all']).describe('或签中几人拒绝才算拒绝').optional(),
  dedupe: z.enum(['none', 'consecutive', 'first', 'last']).describe('审批人去重').optional(),
  self_approval: z.enum(['allow', 'skip', 'superior']).describe('审批人是提报人自己时').optional(),
  control: flag('控制节点：从不自动通过').optional(),
  if_empty: ifEmpty.optional(),
});
export const confirm = strict({
  ...base,
  confirm: text('确认节点名称'),
  by: selector.optional(),
  on_refuse: onRefuse.optional(),
  if_empty: ifEmpty.optional(),
});
export const notify = strict({ ...base, notify: text('抄送节点名称'), to: selector, text: message('通知内容') });
export const call = strict({
  ...base,
  call: text('调用节点名称'),
  url: message('地址').optional(),
  connector: text('内置连接器').optional(),
  send: record(plain).describe('发送的内容').optional(),
  take: takes.describe('取回的内容：名称 → 回答中的路径，如 data.rate').optional(),
  retries: z.number().int().min(0).max(20).describe('失败后再试几次').optional(),
  on_error: z
    .union([z.enum(['admin', 'continue', 'refuse']), strict({ to: text('更早的节点或 filing') })])
    .describe('失败时：admin 由流程管理员重试或跳过，continue 继续，refuse 按拒绝处理，{ to: 更早的节点 } 退回')
    .optional(),
});
export const subflow = strict({
  ...base,
  subflow: text('子流程节点名称'),
  template: text('子流程的模板'),
  requester: selector.optional(),
  give: record(plain).describe('带给子工单的内容').optional(),
  take: takes.describe('从子工单取回的内容：名称 → 表达式，如 =child.form.login').optional(),
  blocking: flag('等待子工单完成').optional(),
  on_refuse: onRefuse.optional(),
  on_parent_return: z.enum(['cancel', 'keep']).describe('退回越过本节点时：取消子工单，或保留').optional(),
});
export const wait = strict({
  ...base,
  wait: text('等待节点名称'),
  until: expression('等到何时').optional(),
  for: duration('等多久').optional(),
  when_true: expression('等到条件成立').optional(),
});
export const end = strict({
  ...base,
  end: text('结束节点名称'),
  outcome: z.enum(['closed', 'refused', 'approved']).describe('结果，默认 closed').optional(),
});

export type CallSpec = z.infer<typeof call>;
export type SubflowSpec = z.infer<typeof subflow>;
export type WaitSpec = z.infer<typeof wait>;
export type TimeoutSpec = z.infer<typeof timeout>;
type BaseSpec = z.infer<z.ZodObject<typeof base, z.core.$strict>>;
export interface CaseSpec {
  name: string;
  when?: string | undefined;
  flow: NodeSpec[];
}
export interface BranchSpec extends BaseSpec {
  branch: string;
  cases: CaseSpec[];
  every?: boolean | undefined;
}
export interface ParallelSpec extends BaseSpec {
  parallel: string;
  branches: { name: string; flow: NodeSpec[] }[];
  join?: 'all' | 'any' | number | undefined;
  one_refusal_ends_all?: boolean | undefined;
}
export type HandleSpec = z.infer<typeof handle>;
export type ApproveSpec = z.infer<typeof approve>;
export type ConfirmSpec = z.infer<typeof confirm>;
export type NotifySpec = z.infer<typeof notify>;
export type EndSpec = z.infer<typeof end>;
export type NodeSpec =
  | HandleSpec
  | ApproveSpec
  | ConfirmSpec
  | BranchSpec
  | ParallelSpec
  | NotifySpec
  | CallSpec
  | SubflowSpec
  | WaitSpec
  | EndSpec;

const node: z.ZodType<NodeSpec> = z.lazy(() =>
  z.union([
    ...([handle, approve, confirm] as const),
    strict({
      ...base,
      branch: text('条件分支名称'),
      cases: z
        .array(strict({ name: text('分支名称'), when: expression('条件，最后一个不写').optional(), flow }))
        .min(1)
        .describe('取第一个成立的分支'),
      every: flag('所有成立的分支都走').optional(),
    }),
    strict({
      ...base,
      parallel: text('并行分支名称'),
      branches: z
        .array(strict({ name: text('分支名称'), flow }))
        .min(1)
        .describe('同时进行的分支'),
      join: z
        .union([z.enum(['all', 'any']), z.number().int().min(1)])
        .describe('几个分支到齐')
        .optional(),
      one_refusal_ends_all: flag('一处拒绝即全部结束').optional(),
    }),
    ...([notify, call, subflow, wait, end] as const),
  ]),
);
export const flow: z.ZodType<NodeSpec[]> = z.lazy(() => z.array(node).max(200)).describe('流程节点，按顺序执行');

/** Which kind a node is; undefined when it names none. */
export const kindOf = (spec: object): NodeKind | undefined => NODE_KINDS.find((kind) => kind in spec);
