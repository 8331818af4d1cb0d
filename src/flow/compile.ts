/** From a checked template's text form to what the engine runs. */
import { KINDS } from './cel/layout.ts';
import { makeScopeType } from './cel/environment.ts';
import { type FieldShape, type FormShape, takenShapes } from './cel/layout.ts';
import type { Build, Compiled, Report } from './compile/build.ts';
import { compileForm } from './compile/field.ts';
import { actsOf, compileNode } from './compile/node.ts';
import { compileSelector } from './compile/people.ts';
import { pickFields } from './compile/pickField.ts';
import { picksIn, pickShapes } from './compile/picks.ts';
import { choicesOf } from './compile/value.ts';
import { type PlacedNode, placeNodes } from './order.ts';
import { RESERVED_NODE_IDS } from './reserved.ts';
import type { ColumnSpec, FieldSpec } from './spec/field.ts';
import type { SelectorSpec } from './spec/people.ts';
import type { TemplateSpec } from './spec/template.ts';
import type { Duration } from '../worktime/duration.ts';
import type { Acts, Node, NodeId, Selector, Template } from './template.ts';

/** @throws Error for a template that the check refuses: publish only what was checked */
export function compileTemplate(spec: TemplateSpec, version: number): Template {
  const build = makeBuild(spec, (code, path) => {
    throw new Error(`Template ${spec.template} was not checked: ${code} at ${path.join('.')}`);
  });
  return compileWith(build, placeNodes(spec.flow), version);
}

export function makeBuild(spec: TemplateSpec, report: Report): Build {
  const compiled: Compiled[] = [];
  const picks = picksIn(placeNodes(spec.flow));
  return {
    spec,
    report,
    compiled,
    scope: makeScopeType(formsOf(spec)),
    picks,
    pickedFrom: new Map<string, Selector>(),
  };
}

/** Compiles all that this version runs; problems go to the build's report, and what is wrong is left out. */
export function compileWith(build: Build, placed: readonly PlacedNode[], version: number): Template {
  const { spec } = build;
  const kinds = new Map(placed.map(({ spec: node, kind }) => [node.id, kind]));
  const within = new Map(placed.map((node) => [node.spec.id, node.within]));
  const service = placed.some(({ kind }) => kind === 'handle');
  const acts = actsOf(spec.acts, service ? SERVICE_ACTS : APPROVAL_ACTS);
  const form = compileForm(build, 'form', spec.form, ['form'], { kind: 'filing' });
  const nodes = placed.flatMap((one) => compileNode(build, one, { acts, kinds, within }));
  return {
    key: spec.template,
    version,
    name: spec.name,
    description: spec.description ?? '',
    keywords: spec.keywords ?? [],
    number: spec.number ?? defaultNumber(spec.template),
    filing: { who: compileWho(build), limit: limitOf(spec) },
    form: [...form, ...pickFields(build, build.pickedFrom)],
    start: spec.flow[0]?.id ?? null,
    nodes: Object.fromEntries(nodes.map((node): [NodeId, Node] => [node.id, node])),
    order: placed.map((node) => node.spec.id),
    service,
    acts,
    calendar: spec.sla?.calendar ?? null,
    admin: spec.admin === undefined ? null : compileSelector(build, spec.admin, ['admin'], { kind: 'anytime' }),
  };
}

const WEEK: Duration = { kind: 'wall', ms: 7 * 86_400_000 };
const SERVICE_ACTS: Acts = {
  withdraw: 'any_time_with_reason',
  transfer: 'department',
  addSign: 'advice',
  returns: true,
  reopen: WEEK,
  urge: true,
  takeBack: { kind: 'wall', ms: 600_000 },
};
const APPROVAL_ACTS: Acts = { ...SERVICE_ACTS, withdraw: 'until_first_act', reopen: null };

export const defaultNumber = (key: string): string => `${key.toUpperCase()}-{yyyy}{MM}-{seq:4}`;

/** A list here names everybody who may file, not the first who fits. */
function compileWho(build: Build) {
  const who: SelectorSpec | undefined = build.spec.filing?.who === 'everyone' ? undefined : build.spec.filing?.who;
  if (who === undefined) return null;
  const place = { kind: 'filing' } as const;
  const selector = compileSelector(build, who, ['filing', 'who'], place);
  if (selector.kind !== 'first' || selector.cases.some((one) => one.when !== null)) return selector;
  return { kind: 'together', all: selector.cases.map((one) => one.of) } as const;
}

function limitOf({ filing }: TemplateSpec): Template['filing']['limit'] {
  const [, count, per] = /^(\d+) per (day|week|month)$/.exec(filing?.limit ?? '') ?? [];
  return count === undefined ? null : { count: Number(count), per: per as 'day' | 'week' | 'month' };
}

/** The shapes of `form` and of each node that has a form, in the order of the text; surveys have none of their own. */
export function formsOf(spec: TemplateSpec): FormShape[] {
  const placed = placeNodes(spec.flow);
  const nodes = placed.flatMap(({ spec: node }) => {
    const taken = 'take' in node ? takenShapes(Object.keys(node.take ?? {})) : [];
    const fields = [...shapesOf(node.form ?? []), ...taken];
    return fields.length > 0 ? [{ name: node.id, fields }] : [];
  });
  // A repeated or reserved id is a finding; the first form that may have the name keeps it.
  const known = new Set(RESERVED_NODE_IDS);
  return [
    { name: 'form', fields: [...shapesOf(spec.form), ...pickShapes(picksIn(placed))] },
    ...nodes.filter(({ name }) => !known.has(name) && known.add(name)),
  ];
}

const shapesOf = (fields: readonly FieldSpec[]): FieldShape[] =>
  fields.map((field) => ({ ...shapeOf(field), columns: (field.columns ?? []).map(shapeOf) }));

function shapeOf(field: ColumnSpec): FieldShape {
  const choices = KINDS[field.type] === 'text' || KINDS[field.type] === 'texts' ? choicesOf(field) : null;
  return { id: field.id, type: field.type, label: field.label, sum: field.sum, ...(choices ? { choices } : {}) };
}
