/** Steps whose cards have no room for all that they offer. Nothing is lost: it stands behind 更多, and can be said. */
import type { Act } from '../acts.ts';
import { isWritable } from '../../form/check.ts';
import type { HandleNode, PeopleNode, Selector } from '../template.ts';
import type { Check } from './context.ts';

export const checkButtons: Check = ({ cards: [limits], placed, template, report }) => {
  for (const { spec, path } of limits ? placed : []) {
    const node = template.nodes[spec.id];
    if (!node || !('acts' in node) || !isPeople(node)) continue;
    const left = limits?.movedOff(node.kind, actsOf(node), fills(node)) ?? [];
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
  Object.values(fields).some((access) => access === 'editable' || access === 'required') ||
  form.some((field) => isWritable(field, {}));

/** Of whoever has the task in hand; `guard.ts` says more, about this ticket. */
function actsOf(node: PeopleNode): readonly Act[] {
  const { acts, kind } = node;
  if (kind === 'confirm') return ['agree', 'refuse', 'comment'];
  const also: Act[] = [
    ...(acts.returns ? (['return'] as const) : []),
    ...(acts.transfer === 'never' ? [] : (['transfer'] as const)),
    ...(acts.addSign === 'never' ? [] : (['add_sign', 'delegate'] as const)),
  ];
  if (kind === 'approve') return ['agree', 'refuse', 'comment', ...also];
  return ['complete', 'comment', 'pause', 'split', ...also, ...(isPool(node) ? (['release'] as const) : [])];
}

/** Whoever took it from several may give it back. */
const isPool = ({ strategy, people }: HandleNode): boolean => strategy === 'claim' && maySeveral(people);

function maySeveral(selector: Selector): boolean {
  switch (selector.kind) {
    case 'users':
      return selector.accounts.length > 1;
    case 'role':
    case 'department':
    case 'field':
    case 'requester_picks':
      return true;
    case 'together':
      return selector.all.length > 1 || selector.all.some(maySeveral);
    case 'first':
      return selector.cases.some(({ of }) => maySeveral(of));
    default:
      return false;
  }
}
