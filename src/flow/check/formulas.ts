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
  const loop = findLoop(edges);
  if (loop?.[0])
    report('formula_loop', edges.get(loop[0])?.[0]?.path ?? ['form'], { loop: [...loop, loop[0]].join(' → ') });
};

/** null for the ticket's form; node forms compute from their own fields by the node's name, which cannot loop unseen. */
const formOf = (path: readonly (string | number)[]): string | null => (path[0] === 'form' ? null : String(path[0]));

/** The first ring, from its first field on; null when there is none. Each field is entered once. */
function findLoop(edges: ReadonlyMap<string, readonly { to: string }[]>): string[] | null {
  const done = new Set<string>();
  const visit = (at: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(at)) return trail.slice(trail.indexOf(at));
    if (done.has(at)) return null;
    done.add(at);
    for (const { to } of edges.get(at) ?? []) {
      const found = visit(to, [...trail, at]);
      if (found) return found;
    }
    return null;
  };
  for (const field of edges.keys()) {
    const found = visit(field, []);
    if (found) return found;
  }
  return null;
}
