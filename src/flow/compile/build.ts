/** What compiling shares: the scope's types, and where problems and expressions are reported to. */
import type { Scope } from '../../form/field.ts';
import { type ScopeType, withRow } from '../cel/environment.ts';
import type { ExpressionProblem } from '../cel/problem.ts';
import { compileExpression, type Expression, isProblem, type Wanted } from '../expression.ts';
import type { Facts, FindingCode } from '../findingTable.ts';
import { compileMessage } from '../message.ts';
import { halfWidth } from '../yaml/fullWidth.ts';
import type { Path } from '../order.ts';
import type { TemplateSpec } from '../spec/template.ts';
import type { Selector, Test, Text } from '../template.ts';
import type { Picks } from './picks.ts';

/** From where an expression is evaluated, which decides what it may read. */
export type Place =
  /** The ticket's form, while it is filed. */
  | { readonly kind: 'filing' }
  /** On arriving at a node. */
  | { readonly kind: 'entering'; readonly node: string }
  /** In the node's own form. */
  | { readonly kind: 'inside'; readonly node: string }
  /** What a sub-flow's end brings back: `child` is there, too. */
  | { readonly kind: 'taking'; readonly node: string }
  /** A message of a node. */
  | { readonly kind: 'telling'; readonly node: string }
  /** Rules, service levels, surveys: at any time after filing. */
  | { readonly kind: 'anytime' };

/** An expression that compiled, for the checks that look at what it reads. */
export interface Compiled {
  readonly expression: Expression;
  readonly path: Path;
  /** Where the expression starts in the text at `path`. */
  readonly offset: number;
  readonly place: Place;
  readonly isMessage: boolean;
}

export interface Build {
  readonly spec: TemplateSpec;
  readonly scope: ScopeType;
  readonly report: Report;
  readonly compiled: Compiled[];
  /** What the requester picks, by the place of its selector. */
  readonly picks: Picks;
  /** From whom they may pick, by the field; filled as nodes are compiled. */
  readonly pickedFrom: Map<string, Selector>;
}
export interface Report {
  (code: FindingCode, path: Path, facts?: Facts, more?: { offset?: number; fix?: string; atKey?: boolean }): void;
}

const fails: Test = () => false;

export function compileTest(build: Build, path: Path, text: string | undefined, place: Place): Test | null {
  if (text === undefined) return null;
  const made = compiled(build, build.scope, path, text, 0, 'bool', place);
  return made ? (scope) => made.run(scope) === true : fails;
}

/** The raw CEL value; undefined when unset or wrong. */
export function compileRaw(
  build: Build,
  path: Path,
  text: string,
  wanted: Wanted,
  place: Place,
  table?: { readonly form: string; readonly id: string },
): (scope: Scope) => unknown {
  const offset = text.startsWith('=') ? 1 : 0;
  const scopeType = table ? withRow(build.scope, table.form, table.id) : build.scope;
  const made = compiled(build, scopeType, path, text.slice(offset), offset, wanted, place);
  const { row } = scopeType;
  if (!made) return () => undefined;
  return row ? (scope) => made.run(withRowOf(scope, row)) : made.run;
}

/** @param written how each value is written into the text; as it is unless said */
export function compileText(
  build: Build,
  path: Path,
  source: string,
  place: Place,
  written?: (value: string) => string,
): Text {
  const made = compileMessage(source, build.scope, written);
  if ('problems' in made) {
    for (const problem of made.problems) reportProblem(build, path, 0, problem);
    return () => '';
  }
  for (const { offset, expression } of made.parts)
    build.compiled.push({ expression, path, offset, place, isMessage: true });
  return made.text;
}

/** A column's test or value is computed with its row in scope. */
function withRowOf(scope: Scope, row: NonNullable<ScopeType['row']>): Scope {
  return 'withRow' in scope ? (scope as { withRow: (layout: typeof row) => Scope }).withRow(row) : scope;
}

function compiled(
  build: Build,
  scope: ScopeType,
  path: Path,
  text: string,
  offset: number,
  wanted: Wanted,
  place: Place,
) {
  const made = compileExpression(text, scope, wanted);
  if (isProblem(made)) {
    const isWide = made.problem === 'full_width_punctuation';
    reportProblem(build, path, offset, isWide ? { ...made, replace: { from: text, to: halfWidth(text) } } : made);
    return null;
  }
  build.compiled.push({ expression: made, path, offset, place, isMessage: false });
  return made;
}

function reportProblem(
  build: Build,
  path: Path,
  shift: number,
  { problem, facts, offset, replace }: ExpressionProblem,
): void {
  build.report(problem, path, facts, { offset: offset + shift, ...(replace ? { fix: replace.to } : {}) });
}
