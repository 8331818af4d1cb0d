/** Expressions: CEL, checked against what is in scope, compiled once and run often. Source: stack-notes.md, 10. */
import type { Scope } from '../form/field.ts';
import { asNode, type Node } from './cel/ast.ts';
import type { ScopeType } from './cel/environment.ts';
import { countBy } from './cel/calendar.ts';
import { meterLoops, ownMethods, refuel } from './cel/fuel.ts';
import { celProblem, type ExpressionProblem, typeWords, unknownName } from './cel/problem.ts';
import { type CallName, type ReadName, readsOf } from './cel/reads.ts';
import { settleLiterals, widenIntegers } from './cel/rewrite.ts';
import { plainCel } from './cel/source.ts';
import { STATUS_NAMES } from './statusName.ts';

/** What a place needs; `any` in messages. */
export type Wanted = 'bool' | 'text' | 'number' | 'time' | 'texts' | 'numbers' | 'person' | 'any';

export interface Expression {
  /** CEL's name of the result's type. */
  readonly type: string;
  /** The raw CEL value; undefined when it fails at run time (an index beyond the list): the caller's unset value. */
  readonly run: (scope: Scope) => unknown;
  readonly reads: readonly ReadName[];
  readonly calls: readonly CallName[];
  /** What was written, and its tree; places in the tree are places in the text. */
  readonly text: string;
  readonly root: Node;
}
export type { ExpressionProblem } from './cel/problem.ts';

const TYPES: Readonly<Record<Exclude<Wanted, 'any'>, readonly string[]>> = {
  bool: ['bool'],
  text: ['string'],
  number: ['double', 'int'],
  time: ['google.protobuf.Timestamp'],
  texts: ['list<string>', 'list', 'list<T>'],
  numbers: ['list<double>', 'list', 'list<T>'],
  person: ['Person'],
};

export const isProblem = (made: Expression | ExpressionProblem): made is ExpressionProblem => 'problem' in made;

/** @returns the expression, or the first problem with its place in the text. Never throws for a wrong text. */
export function compileExpression(text: string, scope: ScopeType, wanted: Wanted): Expression | ExpressionProblem {
  try {
    const parsed = scope.env.parse(plainCel(text));
    const root = asNode(parsed.ast);
    widenIntegers(root);
    const [misuse] = settleLiterals(root, scope.layout);
    const pattern = ownMethods(root);
    const loop = meterLoops(root);
    const { reads, calls } = readsOf(root);
    const stray = reads.find((read) => !scope.names.includes(read.root));
    if (stray) return unknownName(stray.root, stray.offset, scope.names);
    const checked = parsed.check();
    if (!checked.valid) return celProblem(checked.error, text, scope);
    if (pattern) return { problem: 'bad_pattern', facts: {}, offset: pattern.start };
    if (loop) return { problem: 'expression_too_costly', facts: {}, offset: loop.start };
    if (misuse) return misuseProblem(misuse);
    const type = checked.type ?? 'dyn';
    if (wanted !== 'any' && type !== 'dyn' && !TYPES[wanted].includes(type)) return wrongResult(type, wanted, scope);
    return { type, reads, calls, text, root, run: (values) => evaluate(parsed, values) };
  } catch (error) {
    return celProblem(error, text, scope);
  }
}

function evaluate(parsed: (context: object) => unknown, values: Scope): unknown {
  refuel();
  countBy(values);
  try {
    return parsed(values);
  } catch {
    // The types were checked; what is left (an index beyond the list, a text that is no number) means: unset.
    return undefined;
  }
}

type Misuse = ReturnType<typeof settleLiterals>[number];

function misuseProblem(misuse: Misuse): ExpressionProblem {
  const { node, value } = misuse;
  if (misuse.kind === 'status') {
    const allowed = Object.values(STATUS_NAMES).join(' ');
    return { problem: 'unknown_status', offset: node.start, facts: { value, allowed } };
  }
  const allowed = misuse.choices.slice(0, 40).join(' ');
  return { problem: 'unknown_option', offset: node.start, facts: { value, field: misuse.field, allowed } };
}

function wrongResult(type: string, wanted: Exclude<Wanted, 'any'>, scope: ScopeType): ExpressionProblem {
  const [found, foundEn] = typeWords(type, scope);
  const [need, needEn] = typeWords(TYPES[wanted][0] ?? '', scope);
  const facts = { found, found_en: foundEn, wanted: need, wanted_en: needEn };
  return { problem: 'wrong_result', offset: 0, facts };
}
