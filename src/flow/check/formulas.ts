/** Formulas and visibility that wait for each other. */
import type { Check } from './context.ts';

export const checkFormulas: Check = ({ build, report }) => {
  const edges = new Map<string, { to: string; path: readonly (string | number)[] }[]>();
  for (const { path, expression, isMessage } of build.compiled) {
    const [form, index, key] = path.slice(path.lastIndexOf('form'));
    if (isMessage || form !== 'form' || key !== 'formula' || typeof index !== 'number') continue;
    const owner = formOf(path);
    const field = build.spec.form[index]?.id;
    if (owner !== null || field === undefined) continue;
    const reads = expression.reads.filter((read) => read.root === 'form' && read.field !== null);
    edges.set(
      field,
      reads.map((read) => ({ to: read.field ?? '', path })),
    );
  }
  for (const [field, out] of edges) {
    const loop = findLoop(field, edges);
    if (loop && loop[0] === [...loop].sort()[0])
      report('formula_loop', out[0]?.path ?? ['form'], { loop: [...loop, field].join(' → ') });
  }
};

/** null for the ticket's form; node forms compute from their own fields by the node's name, which cannot loop unseen. */
const formOf = (path: readonly (string | number)[]): string | null => (path[0] === 'form' ? null : String(path[0]));

function findLoop(start: string, edges: ReadonlyMap<string, readonly { to: string }[]>): string[] | null {
  const visit = (at: string, trail: readonly string[]): string[] | null => {
    for (const { to } of edges.get(at) ?? []) {
      if (to === start) return [...trail];
      if (trail.includes(to) || trail.length > 50) continue;
      const found = visit(to, [...trail, to]);
      if (found) return found;
    }
    return null;
  };
  return visit(start, [start]);
}
