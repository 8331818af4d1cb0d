/** A whole template as written, and with it the parts that a later version will run: service levels, rules, surveys. */
import { z } from 'zod';
import { duration, expression, flag, id, message, percent, strict, text } from './basic.ts';
import { form } from './field.ts';
import { acts, flow } from './node.ts';
import { selector } from './people.ts';

export const EVENTS = [
  ...['ticket.filed', 'ticket.closed', 'ticket.reopened', 'status.changed'],
  ...['task.opened', 'task.done', 'task.transferred', 'comment.added'],
  ...['sla.warning', 'sla.breached', 'survey.answered', 'field.changed'],
] as const;

const target = z.union([duration('目标'), z.record(z.string(), duration('目标'))]);
const sla = strict({
  calendar: text('工作日历').optional(),
  by: expression('按哪个字段区分目标').optional(),
  first_response: target.describe('首次响应时限').optional(),
  resolution: target.describe('解决时限').optional(),
  warn_at: z
    .union([percent('预警比例'), z.array(percent('预警比例'))])
    .describe('用去时限的多少时预警，如 80%')
    .optional(),
  first_response_is: z.enum(['accept_or_reply', 'reply']).describe('什么算首次响应').optional(),
}).describe('服务级别');

const telling = (act: string, what: string) => strict({ to: selector, text: message(what) }).describe(act);
/** What a rule does: exactly one of these keys. */
const action = strict({
  remind: telling('提醒', '提醒内容').optional(),
  message: telling('发消息', '消息内容').optional(),
  card: strict({ to: selector }).describe('发卡片').optional(),
  email: strict({ to: selector, subject: message('邮件标题'), text: message('邮件正文') })
    .describe('发邮件')
    .optional(),
  todo: telling('建待办', '待办内容').optional(),
  assign: selector.optional(),
  escalate: telling('升级告知', '告知内容').optional(),
  set: z.record(z.string(), text('值，以 = 开头则为表达式')).describe('改字段：字段 id → 值').optional(),
  urgency: text('紧急程度').optional(),
  call: strict({
    url: text('地址').optional(),
    connector: text('连接器').optional(),
    send: z.record(z.string(), text('值')).describe('发送的内容').optional(),
  })
    .describe('调用外部地址')
    .optional(),
  survey: text('满意度调查 id').optional(),
  file_ticket: strict({
    template: text('模板'),
    give: z.record(z.string(), text('值')).describe('带给新工单的内容').optional(),
  })
    .describe('提报另一张工单')
    .optional(),
  post: strict({ group: text('群'), text: message('群消息') })
    .describe('发到群聊')
    .optional(),
});
const rule = strict({
  name: text('规则名称'),
  on: z.enum(EVENTS).describe('触发事件').optional(),
  when: strict({
    status: text('状态，中文或代码'),
    for: duration('在该状态停留').optional(),
    since_filed: duration('提报以后').optional(),
  })
    .describe('按状态和时间触发')
    .optional(),
  if: expression('附加条件').optional(),
  do: z.array(action).min(1).describe('执行的动作'),
  repeat: z
    .union([flag('重复'), duration('重复间隔')])
    .describe('可以多次触发，默认每张工单一次')
    .optional(),
});
const survey = strict({ to: selector, form });

export const template = strict({
  template: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'key')
    .describe('模板的固定标识，小写字母、数字和连字符，最多 40 个'),
  name: text('名称'),
  description: text('说明').optional(),
  keywords: z.array(text('关键词')).max(50).describe('在聊天中打开此表单的词').optional(),
  number: text('工单编号格式，如 IT-{yyyy}{MM}-{seq:4}').optional(),
  filing: strict({
    who: z
      .union([z.literal('everyone'), selector])
      .describe('谁可以提报')
      .optional(),
    limit: z
      .string()
      .regex(/^\d{1,4} per (?:day|week|month)$/, 'limit')
      .describe('每人限额，如 20 per day')
      .optional(),
  })
    .describe('提报')
    .optional(),
  form,
  flow,
  acts: acts.optional(),
  admin: selector.describe('流程管理员').optional(),
  sla: sla.optional(),
  rules: z.array(rule).max(100).describe('自动化规则').optional(),
  survey: z.record(id('调查 id'), survey).describe('满意度调查').optional(),
}).describe('派单流程模板');

export type TemplateSpec = z.infer<typeof template>;
export type RuleSpec = z.infer<typeof rule>;
export type ActsSpec = z.infer<typeof acts>;
