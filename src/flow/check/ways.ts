/**
 * Conditions over choices, tried with every combination of their values: what is never covered, and what never holds.
 * Only where all conditions read nothing but choice fields and switches; numbers and texts are left to later checks.
 */
import type { Value } from '../../form/field.ts';
import { type FieldLayout, structOf } from '../cel/layout.ts';
import type { Compiled } from '../compile/build.ts';
import type { Directory } from '../directory.ts';
import type { Path } from '../order.ts';
import type { CheckContext } from './context.ts';

const MAX_COMBINATIONS = 2000;
const NOBODY: Directory = {
  revision: 0,
  ...{ people: new Map(), accounts: new Map(), departments: new Map(), roles: new Map(), substitutes: new Map() },
  admins: [],
};

export interface Combination {
  /** As people read it: `category = "账号申请"`. */
  readonly words: string;
  /** Per condition, whether it holds. */
  readonly holds: readonly boolean[];
}

/** @param paths of conditions @returns null when they cannot be tried */
export function combinations(context: CheckContext, paths: readonly Path[]): Combination[] | null {
  const conditions = paths.map((path) => conditionAt(context, path));
  if (conditions.some((one) => one === null)) return null;
  const inputs = inputsOf(context, conditions as Compiled[]);
  if (!inputs) return null;
  return product(inputs).map((chosen) => {
    const values: Record<string, Record<string, Value>> = {};
    inputs.forEach(({ root, field }, i) => ((values[root] ??= {})[field] = chosen[i] ?? ''));
    const scope: Record<string, unknown> = {};
    for (const [root, own] of Object.entries(values)) {
      const layout = context.build.scope.layout.forms.get(root);
      if (layout) scope[root] = structOf(layout, own, NOBODY);
    }
    const words = inputs.map(({ field }, i) => `${field} = ${JSON.stringify(chosen[i])}`).join(', ');
    return { words, holds: (conditions as Compiled[]).map((one) => one.expression.run(scope) === true) };
  });
}

const conditionAt = ({ build }: CheckContext, path: Path): Compiled | null =>
  build.compiled.find(
    (one) => !one.isMessage && one.path.length === path.length && one.path.every((part, i) => part === path[i]),
  ) ?? null;

interface Input {
  readonly root: string;
  readonly field: string;
  readonly values: readonly Value[];
}

function inputsOf({ build }: CheckContext, conditions: readonly Compiled[]): Input[] | null {
  const inputs = new Map<string, Input>();
  for (const { expression } of conditions) {
    for (const { root, field } of expression.reads) {
      const layout = field === null ? undefined : build.scope.layout.forms.get(root)?.fields.get(field);
      const values = layout && valuesOf(layout, root, build.spec.form);
      if (!values || field === null) return null;
      inputs.set(`${root}.${field}`, { root, field, values });
    }
  }
  const all = [...inputs.values()];
  return all.length > 0 && all.reduce((n, { values }) => n * values.length, 1) <= MAX_COMBINATIONS ? all : null;
}

type FormSpec = CheckContext['spec']['form'];

/** The values that a field can have; unset is one of them unless it must be filled in. */
function valuesOf({ shape, kind }: FieldLayout, root: string, form: FormSpec): readonly Value[] | null {
  if (kind === 'flag') return [false, true];
  if (kind !== 'text' || !shape.choices) return null;
  const spec = root === 'form' ? form.find((field) => field.id === shape.id) : undefined;
  const always =
    spec !== undefined && spec.visible === undefined && (spec.required === true || typeof spec.default === 'string');
  return always ? shape.choices : ['', ...shape.choices];
}

function product(inputs: readonly Input[]): Value[][] {
  return inputs.reduce<Value[][]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
}
