/** Random small flows: what the check calls unreachable no way leads to, and all else some way does. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkTemplate } from '../../src/flow/check.ts';
import { compileWith, makeBuild } from '../../src/flow/compile.ts';
import { placeNodes } from '../../src/flow/order.ts';
import { parseTemplate } from '../../src/flow/parse.ts';
import type { Node, Template } from '../../src/flow/template.ts';
import { aTemplate, FLOW_LINES } from '../support/template.ts';

interface Piece {
  readonly kind: 'handle' | 'approve' | 'confirm' | 'notify' | 'end' | 'branch' | 'parallel';
  readonly when: boolean;
  readonly inner: readonly (readonly Piece[])[];
  readonly whole: boolean;
  readonly join: 'all' | 'any';
}

/** @param depth how many lists may stand inside each other */
function lists(depth: number): fc.Arbitrary<Piece[]> {
  const kinds = ['handle', 'approve', 'confirm', 'notify', 'end', 'branch', 'parallel'] as const;
  const piece = fc.record({
    kind: fc.constantFrom(...(depth > 0 ? kinds : kinds.slice(0, 5))),
    when: fc.boolean(),
    inner: depth > 0 ? fc.array(lists(depth - 1), { minLength: 2, maxLength: 3 }) : fc.constant([]),
    whole: fc.boolean(),
    join: fc.constantFrom('all', 'any'),
  });
  return fc.array(piece, { maxLength: 3 });
}

/** The text of a flow of these pieces; JSON is YAML. */
function textOf(pieces: readonly Piece[]): string {
  let count = 0;
  const flowOf = (some: readonly Piece[]): object[] => some.map(nodeOf);
  const nodeOf = ({ kind, when, inner, whole, join }: Piece): object => {
    const id = `n${(count += 1)}`;
    const base = { id, ...(when ? { when: 'form.urgent' } : {}) };
    if (kind === 'handle') return { ...base, handle: id, assignee: 'requester' };
    if (kind === 'approve') return { ...base, approve: id, approver: { manager: 'requester' } };
    if (kind === 'notify') return { ...base, notify: id, to: 'requester', text: 'x' };
    if (kind === 'parallel') {
      const branches = inner.map((flow, i) => ({ name: `${id}${i}`, flow: flowOf(flow) }));
      return { ...base, parallel: id, branches, join };
    }
    if (kind !== 'branch') return { ...base, [kind]: id };
    const cases = inner.map((flow, i) => {
      const guard = whole && i === inner.length - 1 ? {} : { when: `form.kind == "${'甲乙丙'[i] ?? ''}"` };
      return { name: `${id}${i}`, ...guard, flow: flowOf(flow) };
    });
    return { ...base, branch: id, cases };
  };
  const form = [
    { id: 'title', type: 'text', label: '标题', required: true },
    { id: 'kind', type: 'radio', label: '类型', options: ['甲', '乙', '丙'], required: true },
    { id: 'urgent', type: 'switch', label: '加急' },
  ];
  return JSON.stringify({ template: 't', name: '样例', form, flow: flowOf(pieces) }, null, 1);
}

/** Every node that some way leads to, by the compiled nodes alone. */
function reached({ start, nodes }: Template): Set<string> {
  const seen = new Set<string>();
  const open = start === null ? [] : [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes[id];
    if (!node || seen.has(id)) continue;
    seen.add(id);
    open.push(...onwards(node));
  }
  return seen;
}

function onwards(node: Node): string[] {
  const beyond = node.next === null ? [] : [node.next];
  const skipped = node.when === null ? [] : beyond;
  if (node.kind === 'end') return skipped;
  if (node.kind === 'branch') return [...node.cases.map(({ to }) => to).flatMap((to) => to ?? beyond), ...skipped];
  if (node.kind === 'parallel') return [...node.branches.map(({ to }) => to ?? `${node.id}.join`), ...skipped];
  return beyond;
}

it('agrees with walking every way', () => {
  fc.assert(
    fc.property(lists(2), (pieces) => {
      const text = textOf(pieces);
      const { findings } = checkTemplate(text);
      const { spec } = parseTemplate(text);
      if (!spec) throw new Error(findings.map(({ en }) => en).join('\n'));
      const placed = placeNodes(spec.flow);
      const ways = reached(
        compileWith(
          makeBuild(spec, () => undefined),
          placed,
          1,
        ),
      );
      const lines = text.split('\n');
      const dead = findings
        .filter(({ code }) => code === 'unreachable')
        .map(({ line }) => /"(n\d+)"/.exec(lines[line - 1] ?? '')?.[1] ?? '?');
      // A join that waits in vain is told as such; what stands behind it, a walk of single ways cannot judge.
      const waits = findings.some(({ code }) => code === 'join_never');
      if (!waits) for (const id of dead) expect(ways).not.toContain(id);
      if (dead.length === 0) for (const { spec: node } of placed) expect(ways).toContain(node.id);
    }),
    { numRuns: Number(process.env.REACH_RUNS ?? 300) },
  );
});

it('an end that is skipped leads on', () => {
  const text = aTemplate({ flow: `  - { id: e, end: 结束, when: form.urgent }\n${FLOW_LINES}` });
  expect(checkTemplate(text).template?.nodes['e']?.next).toBe('work');
});
