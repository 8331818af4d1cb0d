/** Approvals: how several people decide is chosen, never assumed; what is under control is never passed by itself. */
import { hasChain, isChain } from '../compile/people.ts';
import type { FieldSpec } from '../spec/field.ts';
import type { SelectorSpec } from '../spec/people.ts';
import type { Check } from './context.ts';

export const checkApprovals: Check = ({ spec: { form }, placed, report }) => {
  for (const { spec, path, kind } of placed) {
    if ('approver' in spec) {
      if (spec.mode === undefined && maybeSeveral(spec.approver, form))
        report('mode_missing', [...path, 'approver'], {}, { atKey: true });
      if (spec.mode !== undefined && spec.mode !== 'sequence' && hasChain(spec))
        report('chain_goes_in_turn', [...path, 'mode'], { mode: spec.mode }, { fix: 'sequence' });
      if (spec.control && spec.if_empty === 'approve') report('auto_pass_on_control', [...path, 'if_empty']);
      spec.timeout?.forEach((step, i) => {
        if (spec.control && step.approve) report('auto_pass_on_control', [...path, 'timeout', i, 'approve']);
      });
    }
    if ('assignee' in spec && isChain(spec.assignee))
      report('chain_only_approves', [...path, 'assignee'], { kind }, { atKey: true });
    if ('by' in spec && spec.by !== undefined && isChain(spec.by))
      report('chain_only_approves', [...path, 'by'], { kind }, { atKey: true });
    if (!('approver' in spec) && 'if_empty' in spec && spec.if_empty === 'approve') {
      report('auto_pass_of_work', [...path, 'if_empty'], { kind });
    }
  }
};

/** Whether a selector can find more than one person, so that somebody must say how they decide. A chain says it itself. */
export function maybeSeveral(selector: SelectorSpec, form: readonly FieldSpec[]): boolean {
  if (typeof selector === 'string') return false;
  const some = (all: readonly SelectorSpec[]): boolean => all.some((one) => maybeSeveral(one, form));
  if (Array.isArray(selector)) return some(selector);
  if ('users' in selector) return selector.users.length > 1;
  if ('together' in selector) return selector.together.length > 1 || some(selector.together);
  if ('requester_picks' in selector) return selector.max !== 1;
  if ('field' in selector)
    return form.some(({ id, type, max }) => id === selector.field && type === 'people' && max !== 1);
  return ['role', 'department', 'department_head', 'duty'].some((kind) => kind in selector);
}
