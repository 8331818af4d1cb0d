/** What can be kept of values that may be wrong: a draft, a form on a page, the form of an earlier ticket. */
import type { FieldProblem } from '../lib/refusal.ts';
import { type CheckInput, checkValues } from './check.ts';
import type { Values } from './field.ts';

export interface Good {
  /** The good ones, completed with defaults and formulas. */
  readonly values: Values;
  /** What is wrong with the others. */
  readonly problems: readonly FieldProblem[];
}

export function keepGood(form: Omit<CheckInput, 'partial'>): Good {
  const first = checkValues({ ...form, partial: true });
  if ('values' in first) return { values: first.values, problems: [] };
  const bad = new Set(first.problems.map(({ field }) => field));
  const values = Object.fromEntries(Object.entries(form.values).filter(([id]) => !bad.has(id)));
  const again = checkValues({ ...form, values, partial: true });
  return { values: 'values' in again ? again.values : (form.before ?? {}), problems: first.problems };
}
