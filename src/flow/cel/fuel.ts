/** Bounded cost: loops over lists pay per turn, and a text or list may not grow without end. */
import type { Environment } from '@marcbachmann/cel-js';
import { childrenOf, type Node } from './ast.ts';
import { makePattern, type Pattern } from './pattern.ts';
import { isComprehension } from './reads.ts';

/** Turns of all loops in one evaluation. */
const MAX_TURNS = 50_000;
const MAX_NESTED_LOOPS = 2;
const MAX_JOINED = 100_000;
const MAX_PIECES = 1000;

let turnsLeft = MAX_TURNS;
/** Before each evaluation. Evaluation is synchronous and never nested, so one counter serves all. */
export const refuel = (): void => {
  turnsLeft = MAX_TURNS;
};

export class TooCostly extends Error {}

interface Metered {
  evaluate: (evaluator: unknown, ast: unknown, context: unknown) => unknown;
  readonly meta: { alternate?: Metered; macro?: Metered; evaluate: Metered['evaluate'] };
}

/** Makes each turn of each loop count. @returns the loop that is nested too deeply, or null */
export function meterLoops(node: Node, depth = 0): Node | null {
  const loop = isComprehension(node);
  if (loop && depth >= MAX_NESTED_LOOPS) return node;
  const body = loop ? (node.args as [string, Node, Node[]])[2][1] : undefined;
  if (body) meter(body as unknown as Metered);
  for (const child of childrenOf(node)) {
    const inBody = loop && child !== (node.args as [string, Node])[1];
    const found = meterLoops(child, inBody ? depth + 1 : depth);
    if (found) return found;
  }
  return null;
}

function meter(node: Metered): void {
  node.evaluate = (evaluator, _ast, context) => {
    turnsLeft -= 1;
    if (turnsLeft < 0) throw new TooCostly();
    const inner = node.meta.alternate ?? node.meta.macro;
    return inner ? inner.evaluate(evaluator, inner, context) : node.meta.evaluate(evaluator, node, context);
  };
}

const OURS: Readonly<Record<string, string>> = {
  ...{ matches: 'matches_', join: 'join_', split: 'split_' },
  // CEL's own read UTC, which nobody means who writes `now.getHours() < 9`.
  ...{
    getHours: 'getHours_',
    getDate: 'getDate_',
    getMonth: 'getMonth_',
    getFullYear: 'getFullYear_',
    getDayOfWeek: 'getDayOfWeek_',
  },
};

/** Calls of CEL's own methods that have no bound, or mean another time zone, become calls of ours. @returns a pattern that we cannot run, or null */
export function ownMethods(node: Node): Node | null {
  if (node.op === 'rcall') {
    const args = node.args as [string, Node, Node[]];
    const [name, , [first]] = args;
    if (name === 'matches' && first) {
      if (first.op !== 'value' || makePattern(String(first.args)) === null) return first;
    }
    const own = OURS[name];
    // With a zone of its own, `getHours("UTC")` is CEL's.
    if (own !== undefined && !(name.startsWith('get') && first)) args[0] = own;
  }
  for (const child of childrenOf(node)) {
    const found = ownMethods(child);
    if (found) return found;
  }
  return null;
}

export function registerBounded(env: Environment): void {
  const sync = { async: false };
  const patterns = new Map<string, Pattern | null>();
  const pattern = (source: string): Pattern | null => {
    let made = patterns.get(source);
    if (made === undefined) {
      if (patterns.size > 200) patterns.clear();
      patterns.set(source, (made = makePattern(source)));
    }
    return made;
  };
  const join = (list: readonly string[], between: string): string => {
    if (list.reduce((sum, text) => sum + text.length + between.length, 0) > MAX_JOINED) throw new TooCostly();
    return list.join(between);
  };
  env
    .registerFunction(
      'string.matches_(string): bool',
      (text: string, source: string) => pattern(source)?.(text) ?? false,
      sync,
    )
    .registerFunction('list<string>.join_(): string', (list: readonly string[]) => join(list, ''), sync)
    .registerFunction('list<string>.join_(string): string', join, sync)
    .registerFunction(
      'string.split_(string): list<string>',
      (text: string, by: string) => text.split(by, MAX_PIECES),
      sync,
    );
}
