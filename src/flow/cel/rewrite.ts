/** What the template language means differently from plain CEL, set in the parsed tree before it is checked. */
import { statusOf } from '../statusName.ts';
import { childrenOf, type Node, pathOf, textOf } from './ast.ts';
import type { Layout } from './layout.ts';
import { isComprehension } from './reads.ts';

export type Misuse =
  | { readonly kind: 'status'; readonly node: Node; readonly value: string }
  | {
      readonly kind: 'option';
      readonly node: Node;
      readonly value: string;
      readonly field: string;
      readonly choices: readonly string[];
    };

const set = (node: Node, args: unknown) => {
  (node as { args: unknown }).args = args;
};

/** Integer literals become double, except in an index and as a method's own argument. */
export function widenIntegers(node: Node, keep = false): void {
  if (node.op === 'value') {
    if (typeof node.args === 'bigint' && !keep) set(node, Number(node.args));
    return;
  }
  const direct = node.op === 'rcall' && !isComprehension(node) ? (node.args as [string, Node, Node[]])[2] : [];
  const index = node.op === '[]' || node.op === '[?]' ? (node.args as [Node, Node])[1] : null;
  for (const child of childrenOf(node)) {
    widenIntegers(
      child,
      child === index || (keep && node.op !== 'call') || (direct.includes(child) && child.op === 'value'),
    );
  }
}

/** Comparisons with literals: a status becomes its code; an option that does not exist is reported. */
export function settleLiterals(node: Node, layout: Layout): Misuse[] {
  const found: Misuse[] = [];
  const visit = (at: Node) => {
    if (['==', '!=', 'in'].includes(at.op)) {
      const [left, right] = at.args as [Node, Node];
      found.push(...compare(left, right, layout), ...compare(right, left, layout));
    }
    childrenOf(at).forEach(visit);
  };
  visit(node);
  return found;
}

function compare(side: Node, other: Node, layout: Layout): Misuse[] {
  const path = pathOf(side);
  const literals = other.op === 'list' ? childrenOf(other) : [other];
  const isStatus = path?.root === 'ticket' && path.field === 'status';
  const field = path ? layout.forms.get(path.root)?.fields.get(path.field) : undefined;
  const choices = field?.shape.choices;
  if (!isStatus && !choices) return [];
  return literals.flatMap((node): Misuse[] => {
    const value = textOf(node);
    if (value === null || value === '') return [];
    if (isStatus) {
      const status = statusOf(value);
      if (status === null) return [{ kind: 'status', node, value }];
      set(node, status);
      return [];
    }
    return !choices || choices.includes(value)
      ? []
      : [{ kind: 'option', node, value, field: field.shape.label, choices }];
  });
}
