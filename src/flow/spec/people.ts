/** Who: selectors. A selector has exactly one kind key; a list means the first entry whose `when` holds. */
import { z } from 'zod';
import { expression, strict, text } from './basic.ts';

type Or<T> = T | undefined;
interface Guarded {
  when?: Or<string>;
}
type Relative = 'requester' | 'assignee';
export type SelectorMap = Guarded &
  (
    | { user: string }
    | { users: string[] }
    | { role: string; in?: Or<string> }
    | { department: string }
    | { department_head: string; level?: Or<number> }
    | { manager: Relative; level?: Or<number> }
    | { manager_chain: Relative; up_to: number | { role: string } }
    | { field: string }
    | { handler_of: string }
    | { duty: string }
    | { requester_picks: SelectorSpec; min?: Or<number>; max?: Or<number> }
    | { together: SelectorSpec[] }
  );
export type SelectorSpec = Relative | SelectorMap | (Relative | SelectorMap)[];

const when = expression('列表中：满足时取这一项，最后一项不写即为默认').optional();
const level = z.number().int().min(1).max(10).describe('向上第几级，默认 1').optional();
const relative = z.enum(['requester', 'assignee']).describe('requester 提报人，assignee 承办人');
/** @param least 0: nobody need be picked */
const count = (description: string, least: 0 | 1) =>
  z.number().int().min(least).max(50).describe(description).optional();

const one: z.ZodType<Relative | SelectorMap> = z.lazy(() =>
  z.union([
    relative,
    strict({ user: text('账号'), when }),
    strict({ users: z.array(text('账号')).min(1).describe('账号列表'), when }),
    strict({ role: text('角色名称'), in: expression('只取负责该部门的成员').optional(), when }),
    strict({ department: text('部门名称或路径，取全部成员'), when }),
    strict({ department_head: text('requester、assignee 或部门名称：取其负责人'), level, when }),
    strict({ manager: relative.describe('谁的直属上级'), level, when }),
    strict({
      manager_chain: relative.describe('从谁开始逐级上报'),
      up_to: z
        .union([z.number().int().min(1).max(10), strict({ role: text('角色名称') })])
        .describe('到第几级或到哪个角色'),
      when,
    }),
    strict({ field: text('表单中的人员字段'), when }),
    strict({ handler_of: text('节点 id：取最近处理过该节点的人'), when }),
    strict({ duty: text('值班表名称'), when }),
    strict({
      requester_picks: selector,
      min: count('最少选几人，默认 1，0 可以不选', 0),
      max: count('最多选几人', 1),
      when,
    }),
    strict({ together: z.array(selector).min(1).describe('合并多组人员'), when }),
  ]),
);

export const selector: z.ZodType<SelectorSpec> = z
  .lazy(() => z.union([one, z.array(one).min(1).describe('取第一个 when 成立的')]))
  .describe('人员');

export type IfEmptySpec = 'approve' | 'admin' | SelectorSpec;
export const ifEmpty: z.ZodType<IfEmptySpec> = z
  .union([z.enum(['approve', 'admin']), selector])
  .describe('找不到人时：approve 自动通过，admin 流程管理员，或另选人员');
