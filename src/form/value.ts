/** Questions about values, whatever their field's type. */
import type { Value, Values } from './field.ts';

/** Nothing was filled in. `false` is an answer. */
export const isEmpty = (value: Value): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A plain object of field values; what is in it is still to be judged. */
export const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Own members only: a field may be called `constructor`. */
export const valueOf = (values: Values, field: string): Value | undefined =>
  Object.hasOwn(values, field) ? values[field] : undefined;

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameValue(item as Value, b[i] as Value));
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] as Value, b[key] as Value))
    );
  }
  return false;
}
