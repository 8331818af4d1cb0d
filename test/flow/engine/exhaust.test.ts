/**
 * The check against the engine: small flows of every kind of node, run in every way at once. What passes the check never
 * strands a ticket; what it says is never reached, never is. EXHAUST_RUNS sets how many flows, EXHAUST_SEED which,
 * EXHAUST_STATES how many states of each at most, EXHAUST_EXTRAS how many acts may cut across the flow in one story.
 *
 *   EXHAUST_RUNS=5000 EXHAUST_SEED=4 EXHAUST_STATES=400 npm test -- test/flow/engine/exhaust.test.ts
 */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkTemplate } from '../../../src/flow/check.ts';
import { compileWith, makeBuild } from '../../../src/flow/compile.ts';
import type { Finding } from '../../../src/flow/finding.ts';
import { placeNodes } from '../../../src/flow/order.ts';
import { parseTemplate } from '../../../src/flow/parse.ts';
import type { Template } from '../../../src/flow/template.ts';
import type { Value, Values } from '../../../src/form/field.ts';
import { explore, type Explored } from '../../support/explore.ts';
import { id, type Name } from '../../support/flow.ts';
import { aFlowText, CHILDREN, company, type FlowText } from '../../support/flowText.ts';

const numRuns = Number(process.env['EXHAUST_RUNS'] ?? 60);
const seed = Number(process.env['EXHAUST_SEED'] ?? 20261130);
const mostStates = Number(process.env['EXHAUST_STATES'] ?? 200);
const deepest = Number(process.env['EXHAUST_EXTRAS'] ?? 1);
const TIMEOUT_MS = 7_200_000;

const directory = company();

/** Every combination of the values that some condition reads. */
function filings({ decisive, requester }: FlowText): { requester: Name; values: Values }[] {
  const choices: Readonly<Record<string, readonly (Value | undefined)[]>> = {
    kind: ['甲', '乙', '丙'],
    urgent: [false, true],
    total: [undefined, 50, 150],
    who: [undefined, id('bo')],
    day: [undefined, '2026-11-05'],
  };
  let all: Record<string, Value>[] = [{ title: 't', kind: '甲' }];
  for (const field of decisive)
    all = all.flatMap((values) =>
      (choices[field] ?? [values[field]]).map((value) =>
        value === undefined ? values : { ...values, [field]: value },
      ),
    );
  return all.map((values) => ({ requester, values }));
}

/** A template that the check refuses runs all the same here, to see what comes of it. */
function unchecked(text: string): Template {
  const { spec } = parseTemplate(text);
  if (!spec) throw new Error(`Not a template: ${text}`);
  return compileWith(
    makeBuild(spec, () => undefined),
    placeNodes(spec.flow),
    1,
  );
}

/** The id, or the name of a case, nearest above a finding. */
function ownerOf(lines: readonly string[], { line }: Finding): string {
  for (let at = line - 1; at >= 0; at -= 1) {
    const [, name] = /"(?:id|name)": "(n\d+(?:\.\d+)?)"/.exec(lines[at] ?? '') ?? [];
    if (name !== undefined) return name;
  }
  return '?';
}

/** The node that a case begins with; null: none. */
function startOf(template: Template, name: string): string | null {
  const [node = '', at] = name.split('.');
  const branch = template.nodes[node];
  return branch?.kind === 'branch' ? (branch.cases[Number(at)]?.to ?? null) : null;
}

const NEVER: readonly string[] = ['never_holds', 'case_never_holds', 'case_taken'];
const CLAIMS: readonly string[] = [...NEVER, 'unreachable', 'always_holds_alone'];

/** What the check claimed and the engine disproved. */
function disproved({ text }: FlowText, findings: readonly Finding[], template: Template, ran: Explored): string[] {
  const lines = text.split('\n');
  return findings.flatMap((finding) => {
    const owner = ownerOf(lines, finding);
    const isCase = owner.includes('.');
    const node = isCase ? startOf(template, owner) : owner;
    if (node === null) return [];
    const wrong =
      (finding.code === 'unreachable' && ran.met.has(node)) ||
      (NEVER.includes(finding.code) && (isCase ? ran.met : ran.entered).has(node)) ||
      (finding.code === 'always_holds_alone' && ran.skipped.has(node));
    return wrong ? [`${finding.code} of ${owner}`] : [];
  });
}

const NOTHING = {
  flows: 0,
  passed: 0,
  exhausted: 0,
  wholly: 0,
  states: 0,
  steps: 0,
  faulty: 0,
  stranding: 0,
  claims: 0,
};

it(
  'what passes the check never strands a ticket, and what it calls unreachable is never reached',
  () => {
    const sum = { ...NOTHING };
    const [errors, across] = [new Map<string, number>(), new Map<string, number>()];
    const wrong: string[] = [];
    const judge = (flow: FlowText): void => {
      const { text, extras } = flow;
      const { findings, template } = checkTemplate(text, directory, 1, { templates: CHILDREN });
      const run = template ?? unchecked(text);
      const within = { most: mostStates, extras, deepest };
      const ran = explore({ template: run, text, directory, filings: filings(flow), ...within });
      sum.flows += 1;
      sum.states += ran.states;
      sum.steps += ran.steps;
      sum.claims += findings.filter(({ code }) => CLAIMS.includes(code)).length;
      sum[template ? 'passed' : 'faulty'] += 1;
      if (template && !ran.capped) sum.exhausted += 1;
      if (template && !ran.capped && !ran.cappedBeyond) sum.wholly += 1;
      if (!template && ran.stuck !== null) sum.stranding += 1;
      for (const extra of ran.extras) count(across, extra);
      for (const code of new Set(findings.flatMap(({ severity, code: one }) => (severity === 'error' ? [one] : []))))
        count(errors, code);
      const told = [...disproved(flow, findings, run, ran), ...(template && ran.stuck ? [`stuck:\n${ran.stuck}`] : [])];
      if (told.length > 0) wrong.push(`${told.join('\n')}\n${text}`);
    };
    // All are judged, whatever comes up: how many are wrong says more than the first. So nothing is thrown on the way.
    fc.assert(fc.property(aFlowText, judge), { numRuns, seed });
    process.stdout.write(
      `exhaust, seed ${seed}: ${JSON.stringify(sum)}; wrong: ${wrong.length}; errors: ${most(errors)}; across: ${most(across)}\n`,
    );
    wrong.sort((a, b) => a.length - b.length);
    // A sentence: a comparison would bury it under the templates.
    if (wrong.length > 0) throw new Error(`${wrong.length} wrong, the shortest:\n${wrong.slice(0, 3).join('\n\n')}`);
    // Faulty ones are there to be found, and must not be most.
    expect(sum.passed).toBeGreaterThan(sum.flows / 3);
    expect(sum.exhausted).toBeGreaterThan(sum.passed / 2);
  },
  TIMEOUT_MS,
);

const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** `unreachable 3, join_never 1` */
const most = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([key, times]) => `${key} ${times}`)
    .join(', ');
