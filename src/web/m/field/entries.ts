/** What a person changed in a form, on top of what the service last said of it. Only this travels back. */
import type { FieldProblem, FormField, FormState } from '../../../http/contract/form.ts';
import type { Value } from '../../../form/field.ts';

/** By field id. A text that could not be read as a number stays a text: the service says what is wrong with it. */
export type Entries = Readonly<Record<string, Value>>;

export const isEntries = (given: unknown): given is Entries =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

export const valueIn = (field: FormField, entries: Entries): Value =>
  field.writable && Object.hasOwn(entries, field.id) ? (entries[field.id] ?? null) : field.value;

/** A field that is hidden by now keeps its entry here, in case it shows again, but does not send it. */
export function sendable(form: FormState, entries: Entries): Record<string, Value> {
  const open = form.fields.filter((field) => field.visible && field.writable && Object.hasOwn(entries, field.id));
  return Object.fromEntries(open.map((field) => [field.id, entries[field.id] ?? null]));
}

/**
 * What is wrong with a field: what the submission was refused for, until it is corrected; else what the service
 * says of the values so far, but not while the person is still at it.
 */
export function problemOf(
  id: string,
  at: { refused: readonly FieldProblem[]; form: FormState; focused: string | null },
): string | null {
  const ofField = (problem: FieldProblem) => problem.field === id;
  const found = at.refused.find(ofField) ?? (at.focused === id ? undefined : at.form.problems.find(ofField));
  return found?.text ?? null;
}

/** Problems of no field that is shown: they are told above the form. */
export const strayProblems = (form: FormState, refused: readonly FieldProblem[]): readonly FieldProblem[] =>
  refused.filter((problem) => !form.fields.some((field) => field.visible && field.id === problem.field));
