/** Steps whose cards have no room for all that they offer. Nothing is lost: it stands behind 更多, and can be said. */
import type { Act } from '../acts.ts';
import { isWritable } from '../../form/check.ts';
import type { FieldSpec } from '../spec/field.ts';
import type { NodeSpec } from '../spec/node.ts';
import type { PeopleNode } from '../template.ts';
import { isWritable as opens } from '../write.ts';
import { maybeSeveral } from './approvals.ts';
import type { Check } from './context.ts';

export const checkButtons: Check = ({ cards: [limits], spec: { form }, placed, template, report }) => {
  for (const { spec, path } of limits ? placed : []) {
    const node = template.nodes[spec.id];
    if (!node || !('acts' in node) || !isPeople(node)) continue;
    const left = limits?.movedOff(node.kind, actsOf(node, isPool(node, spec, form)), fills(node)) ?? [];
    if (left.length === 0) continue;
    const [acts, acts_en] = [left.map(({ zh }) => `「${zh}」`).join(''), left.map(({ en }) => `“${en}”`).join(', ')];
    const key = spec.form === undefined ? 'fields' : 'form';
    report('card_more_buttons', [...path, key], { node: node.name, acts, acts_en }, { atKey: true });
  }
};

const isPeople = (node: { readonly kind: string }): node is PeopleNode =>
  ['handle', 'approve', 'confirm'].includes(node.kind);

/** Something to fill in takes a button of its own. */
const fills = ({ form, fields }: PeopleNode): boolean =>
  Object.values(fields).some(opens) || form.some((field) => isWritable(field, {}));

/** Whoever took it from several may give it back. */
const isPool = (node: PeopleNode, spec: NodeSpec, form: readonly FieldSpec[]): boolean =>
  node.kind === 'handle' && node.strategy === 'claim' && 'assignee' in spec && maybeSeveral(spec.assignee, form);

/** Of whoever has the task in hand; `guard.ts` says more, about this ticket. */
function actsOf(node: PeopleNode, isPool: boolean): readonly Act[] {
  const { acts, kind } = node;
  if (kind === 'confirm') return ['agree', 'refuse', 'comment'];
  const also: Act[] = [
    ...(acts.returns ? (['return'] as const) : []),
    ...(acts.transfer === 'never' ? [] : (['transfer'] as const)),
    ...(acts.addSign === 'never' ? [] : (['add_sign', 'delegate'] as const)),
  ];
  if (kind === 'approve') return ['agree', 'refuse', 'comment', ...also];
  return ['complete', 'comment', 'pause', 'split', ...also, ...(isPool ? (['release'] as const) : [])];
}
