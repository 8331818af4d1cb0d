/** What a person sees of a form at this moment: which fields, with what in them, and which still wait for an answer. */
import type { Field, Scope, Value, Values } from './field.ts';
import { type CheckInput, isRequired, isWritable } from './check.ts';
import { settle } from './settle.ts';
import { isEmpty } from './value.ts';

/** The field as it stands now: with the people that it offers for these values. */
export const withChoices = (field: Field, scope: () => Scope): Field =>
  field.offers === null ? field : { ...field, options: field.offers(scope()) };

export interface ShownField {
  readonly field: Field;
  readonly value: Value;
  readonly writable: boolean;
  readonly required: boolean;
  /** Required, writable and empty. */
  readonly missing: boolean;
}

/** @param values as they stand, already judged by `checkValues` */
export function shownFields(
  input: Pick<CheckInput, 'fields' | 'access' | 'scope'> & { readonly values: Values },
): ShownField[] {
  const { fields, access } = input;
  const { values, shown } = settle(fields, input.values, input.scope);
  return fields
    .filter((field) => shown.has(field.id) && !(Object.hasOwn(access, field.id) && access[field.id] === 'hidden'))
    .map((one) => {
      const field = withChoices(one, () => input.scope(values));
      const value = values[field.id] ?? null;
      const required = isRequired(field, access);
      return { field, value, writable: isWritable(field, access), required, missing: required && isEmpty(value) };
    });
}
