/** Keys that do nothing where they stand: nobody would notice, and somebody relied on them. */
import type { NodeKind, NodeSpec } from '../spec/node.ts';
import type { Path, PlacedNode } from '../order.ts';
import type { Check, CheckContext } from './context.ts';

const WITH_TASKS: readonly NodeKind[] = ['handle', 'approve', 'confirm'];
type Why = readonly [zh: string, en: string];
const NOBODY_ACTS: Why = ['这种节点没有人办理', 'nobody acts at such a node'];
const NOT_WAITED: Why = ['不等子工单完成（blocking: false）', 'the child is not waited for (blocking: false)'];

export const checkNoEffect: Check = (context) => {
  for (const node of context.placed) {
    const idle = [...withoutTasks(node), ...ofKind(node.spec)];
    for (const [key, [why, why_en]] of idle)
      context.report('no_effect', [...node.path, key], { key, why, why_en }, { atKey: true });
    checkModes(context, node.spec, node.path);
    checkAccess(context, node);
  }
  checkTemplateActs(context);
};

function withoutTasks({ spec, kind }: PlacedNode): [string, Why][] {
  if (WITH_TASKS.includes(kind)) return [];
  const keys = ['form', 'fields', 'acts', 'after_return'] as const;
  return keys.filter((key) => spec[key] !== undefined).map((key) => [key, NOBODY_ACTS]);
}

function ofKind(spec: NodeSpec): [string, Why][] {
  const found: [string, Why][] = [];
  if ('approve' in spec && spec.refuse_needs !== undefined && spec.mode !== 'any')
    found.push(['refuse_needs', ['只用于或签（mode: any）', 'it is for mode: any only']]);
  if ('subflow' in spec && spec.blocking === false) {
    for (const key of ['take', 'on_refuse'] as const) if (spec[key] !== undefined) found.push([key, NOT_WAITED]);
  }
  if (
    'branches' in spec &&
    spec.one_refusal_ends_all !== undefined &&
    !JSON.stringify(spec.branches).includes('"approve":')
  )
    found.push(['one_refusal_ends_all', ['分支里没有审批', 'no branch has an approval']]);
  if ('approve' in spec && spec.self_approval === 'skip' && spec.control)
    found.push(['self_approval', ['控制节点从不自动通过', 'a control node is never passed automatically']]);
  return found;
}

/** How many must agree: some, and no more than there are. */
function checkModes({ report }: CheckContext, spec: NodeSpec, path: Path): void {
  if (!('approve' in spec) || spec.mode === undefined) return;
  const [, percent, min] = /^(?:(\d+)%|min (\d+))$/.exec(spec.mode) ?? [];
  if (percent !== undefined && (Number(percent) < 1 || Number(percent) > 100))
    report('out_of_range', [...path, 'mode'], { limit: '1%–100%' });
  if (min === undefined) return;
  const { approver } = spec;
  const count = typeof approver === 'object' && 'users' in approver ? approver.users.length : null;
  if (Number(min) < 1) report('out_of_range', [...path, 'mode'], { limit: '≥ 1' });
  else if (count !== null && Number(min) > count)
    report('mode_too_many', [...path, 'mode'], { min, count }, { fix: 'all' });
}

/** What a node lets people write of the ticket's form: a readonly or computed field stays so everywhere. */
function checkAccess({ spec: template, report }: CheckContext, { spec, path }: PlacedNode): void {
  for (const [id, access] of Object.entries(spec.fields ?? {})) {
    const field = template.form.find((one) => one.id === id);
    if (!field || !['editable', 'required'].includes(access)) continue;
    if (field.formula !== undefined) report('access_computed', [...path, 'fields', id], { field: field.label });
    else if (field.readonly) report('access_readonly', [...path, 'fields', id], { field: field.label });
  }
}

function checkTemplateActs({ spec, placed, report }: CheckContext): void {
  const isSome = placed.some(({ kind }) => WITH_TASKS.includes(kind));
  if (isSome) return;
  for (const key of ['transfer', 'add_sign', 'urge', 'take_back'] as const) {
    if (spec.acts?.[key] === undefined) continue;
    const [why, why_en]: Why = ['流程里没有人办理的节点', 'nobody acts anywhere in this flow'];
    report('no_effect', ['acts', key], { key, why, why_en }, { atKey: true });
  }
}
