/**
 * What a form's values become once defaults, formulas and visibility have had their say.
 *
 * The functions are opaque here, so their order is found by repetition: until nothing changes any more, at most once
 * per dependent field and once more. A ring of formulas, which the template's check refuses, ends the same way each time.
 */
import type { Field, Scope, Value, Values } from './field.ts';
import { emptyValue, FIELD_RULES } from './rules.ts';
import { toPayable } from './type/number.ts';
import { sameValue, valueOf } from './value.ts';

/** What expressions see of these values; with `row` while a table's row is computed (`row.*`). */
export type ScopeOf = (values: Values, row?: Values) => Scope;

export interface Settled {
  /** A value for every field; empty for those that do not show. */
  readonly values: Values;
  /** Ids of the fields that `visible` lets show. */
  readonly shown: ReadonlySet<string>;
}

/** @param known values as given or as they stand; a field that is missing takes its default */
export function settle(fields: readonly Field[], known: Values, scope: ScopeOf): Settled {
  const shown = new Set(fields.map((field) => field.id));
  const begun: Record<string, Value> = {};
  for (const field of fields) begun[field.id] = valueOf(known, field.id) ?? emptyValue(field);
  let values: Values = begun;
  const moving = fields.filter((field) => isMoving(field, known));
  for (let round = 0; round <= moving.length + 1; round += 1) {
    let changed = false;
    let seen: Scope | null = null;
    for (const field of moving) {
      seen ??= scope(values);
      const shows = field.visible === null || field.visible(seen);
      if (shows) shown.add(field.id);
      else shown.delete(field.id);
      const next = shows ? wanted(field, known, values, seen, scope) : emptyValue(field);
      if (sameValue(next, values[field.id])) continue;
      values = { ...values, [field.id]: next };
      seen = null;
      changed = true;
    }
    if (!changed) break;
  }
  return { values, shown };
}

const isMoving = (field: Field, known: Values): boolean =>
  field.visible !== null ||
  field.formula !== null ||
  field.type === 'table' ||
  (field.default !== null && valueOf(known, field.id) === undefined);

function wanted(field: Field, known: Values, values: Values, seen: Scope, scope: ScopeOf): Value {
  if (field.formula) return conform(field.formula(seen), field);
  const value = valueOf(known, field.id);
  if (value === undefined && field.default) return conform(field.default(seen), field);
  if (field.type === 'table') return settleRows(field, value ?? [], values, scope);
  return value ?? emptyValue(field);
}

function settleRows(field: Field, rows: Value, values: Values, scope: ScopeOf): Value {
  if (!Array.isArray(rows)) return [];
  return (rows as readonly Values[]).map((row) => settle(field.columns, row, (inner) => scope(values, inner)).values);
}

/** An expression's result as a value of the field: unset where it is none (1/0), in whole cents where it is money. */
function conform(result: Value, field: Field): Value {
  if (typeof result === 'number' && !Number.isFinite(result)) return emptyValue(field);
  const value = field.type === 'money' && typeof result === 'number' ? toPayable(result, field.currency) : result;
  // The range is not judged here: a total over its limit must show, and be refused by name.
  const parsed = FIELD_RULES[field.type].parse(value, {
    ...field,
    min: null,
    max: field.type === 'rating' ? field.max : null,
  });
  return 'value' in parsed ? parsed.value : emptyValue(field);
}
