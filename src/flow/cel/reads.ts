/** What an expression reads, and whether `is_set` guards it: `is_set(repair.core) && repair.core`. */
import { childrenOf, type Node, pathOf, textOf } from './ast.ts';

export interface ReadName {
  readonly root: string;
  readonly field: string | null;
  readonly offset: number;
  /** An `is_set` of the same node holds wherever this is read. */
  readonly guarded: boolean;
}
export interface CallName {
  readonly name: string;
  readonly offset: number;
  /** Literal text arguments, null for others. */
  readonly texts: readonly (string | null)[];
  readonly textOffsets: readonly number[];
}

type Known = ReadonlySet<string>;
interface Facts {
  /** Nodes known to have run where the expression is true, and where it is false. */
  readonly whenTrue: Known;
  readonly whenFalse: Known;
}
const NONE: Known = new Set();
const union = (a: Known, b: Known): Known => (a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]));
const both = (a: Known, b: Known): Known => new Set([...a].filter((name) => b.has(name)));

export function readsOf(root: Node, bound: ReadonlySet<string> = NONE): { reads: ReadName[]; calls: CallName[] } {
  const reads: ReadName[] = [];
  const calls: CallName[] = [];
  const visit = (node: Node, known: Known, hidden: ReadonlySet<string>): Facts => {
    const path = pathOf(node);
    if (path || node.op === 'id') {
      const name = path?.root ?? String(node.args);
      const guarded = known.has(name);
      if (!hidden.has(name)) reads.push({ root: name, field: path?.field ?? null, offset: node.start, guarded });
      return { whenTrue: NONE, whenFalse: NONE };
    }
    if (node.op === 'call' || node.op === 'rcall') return visitCall(node, known, hidden);
    return visitLogic(node, known, hidden);
  };
  const visitLogic = (node: Node, known: Known, hidden: ReadonlySet<string>): Facts => {
    const [a, b, c] = childrenOf(node);
    if (node.op === '!_' && a) {
      const facts = visit(a, known, hidden);
      return { whenTrue: facts.whenFalse, whenFalse: facts.whenTrue };
    }
    if (node.op === '&&' && a && b) {
      const left = visit(a, known, hidden);
      const right = visit(b, union(known, left.whenTrue), hidden);
      return { whenTrue: union(left.whenTrue, right.whenTrue), whenFalse: both(left.whenFalse, right.whenFalse) };
    }
    if (node.op === '||' && a && b) {
      const left = visit(a, known, hidden);
      const right = visit(b, union(known, left.whenFalse), hidden);
      return { whenTrue: both(left.whenTrue, right.whenTrue), whenFalse: union(left.whenFalse, right.whenFalse) };
    }
    if (node.op === '?:' && a && b && c) {
      const test = visit(a, known, hidden);
      visit(b, union(known, test.whenTrue), hidden);
      visit(c, union(known, test.whenFalse), hidden);
      return { whenTrue: NONE, whenFalse: NONE };
    }
    for (const child of childrenOf(node)) visit(child, known, hidden);
    return { whenTrue: NONE, whenFalse: NONE };
  };
  const visitCall = (node: Node, known: Known, hidden: ReadonlySet<string>): Facts => {
    const name = (node.args as [string])[0];
    const args =
      (node.op === 'call' ? (node.args as [string, Node[]])[1] : (node.args as [string, Node, Node[]])[2]) ?? [];
    calls.push({ name, offset: node.start, texts: args.map(textOf), textOffsets: args.map((arg) => arg.start) });
    if (node.op === 'call' && name === 'is_set' && args[0]) {
      const guard = pathOf(args[0])?.root ?? (args[0].op === 'id' ? String(args[0].args) : null);
      visit(args[0], guard === null ? known : union(known, new Set([guard])), hidden);
      return { whenTrue: guard === null ? NONE : new Set([guard]), whenFalse: NONE };
    }
    const variable = isComprehension(node) && args[0] ? String(args[0].args) : null;
    const inner = variable === null ? hidden : new Set([...hidden, variable]);
    childrenOf(node).forEach((child) => visit(child, known, args.includes(child) ? inner : hidden));
    return { whenTrue: NONE, whenFalse: NONE };
  };
  visit(root, NONE, bound);
  return { reads, calls };
}

const COMPREHENSIONS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
/** `list.map(x, …)`: the first argument is a name, not an expression. */
export const isComprehension = (node: Node): boolean =>
  node.op === 'rcall' &&
  COMPREHENSIONS.has((node.args as [string])[0]) &&
  (node.args as [string, Node, Node[]])[2].length >= 2;
