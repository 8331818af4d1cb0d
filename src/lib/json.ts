/** Values that survive JSON unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON with sorted keys and no spaces: the same value gives the same text on every engine, so it can be hashed.
 * `undefined` members are left out, as JSON.stringify does. By hand, because every event goes through it and a replacer
 * that sorts costs nearly twice as much.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((inner) => (inner === undefined ? 'null' : canonicalJson(inner))).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const of = value as Readonly<Record<string, unknown>>;
  const members: string[] = [];
  for (const key of Object.keys(of).sort()) {
    if (of[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(of[key])}`);
  }
  return `{${members.join()}}`;
}
