/** The library's syntax tree as far as we look at it, and the ways to walk it. */
import type { ASTNode } from '@marcbachmann/cel-js';

/** A node whose children may be read by position, whatever its operator. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
  readonly checkedType?: { readonly name: string };
}
export const asNode = (ast: ASTNode): Node => ast;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value;

/** Children in the order of the text. */
export function childrenOf(node: Node): Node[] {
  if (node.op === 'value' || node.op === 'id') return [];
  const parts = Array.isArray(node.args) ? (node.args as unknown[]).flat(2) : [node.args];
  return parts.filter(isNode);
}

export function walk(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of childrenOf(node)) walk(child, see);
}

/** `form.urgency` as its two words; null for anything else. */
export function pathOf(node: Node): { root: string; field: string } | null {
  if (node.op !== '.') return null;
  const [left, field] = node.args as [Node, string];
  return left.op === 'id' ? { root: String(left.args), field } : null;
}

/** A literal text; null for anything else. */
export const textOf = (node: Node): string | null =>
  node.op === 'value' && typeof node.args === 'string' ? node.args : null;
