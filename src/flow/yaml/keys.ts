/** How scalars are read by the key that they stand under. */

/** Numbers and booleans stay what YAML makes of them here; everywhere else a plain scalar is its source text. */
const TYPED = new Set([
  ...['required', 'readonly', 'encrypt', 'sum', 'control', 'every', 'blocking', 'one_refusal_ends_all', 'urge'],
  ...['min', 'max', 'level', 'up_to', 'retries', 'join'],
]);
/** A text, but `true` and `false` are themselves. */
const BOOLEAN_OR_TEXT = new Set(['approve', 'refuse', 'repeat']);

/** Keys whose value is an expression by nature. */
export const EXPRESSION_KEYS: ReadonlySet<string> = new Set([
  ...['when', 'if', 'visible', 'formula', 'check', 'until', 'when_true', 'in', 'by'],
]);

/** @param plain what YAML's core schema read; @param source what was written */
export function scalarAt(key: string | null, plain: unknown, source: string): unknown {
  if (key !== null && TYPED.has(key)) return plain;
  if (key !== null && BOOLEAN_OR_TEXT.has(key) && typeof plain === 'boolean') return plain;
  return source;
}
