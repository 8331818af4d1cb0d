/** Nodes, compiled, with the defaults of `approval-semantics.md`. */
import type { PlacedNode } from '../order.ts';
import type { ApproveSpec, BranchSpec, ConfirmSpec, EndSpec, HandleSpec, NotifySpec } from '../spec/node.ts';
import type { ActsSpec } from '../spec/template.ts';
import type { Acts, ApproveMode, Node, NodeId, OnRefuse, Strategy } from '../template.ts';
import { type Build, compileTest, compileText, type Place } from './build.ts';
import { compileForm } from './field.ts';
import { compileIfEmpty, compileSelector, hasChain } from './people.ts';

/** What a node is compiled among. */
export interface Around {
  readonly acts: Acts;
  readonly kinds: ReadonlyMap<NodeId, string>;
}

const PEOPLE_ACT = ['handle', 'approve', 'confirm'];

/** @returns null for a kind that this version cannot run; the check says so */
export function compileNode(build: Build, placed: PlacedNode, around: Around): Node | null {
  const { spec, path, next, surely } = placed;
  const { id } = spec;
  const entering: Place = { kind: 'entering', node: id };
  const base = {
    id,
    when: compileTest(build, [...path, 'when'], spec.when, entering),
    next,
    form: compileForm(build, id, spec.form ?? [], [...path, 'form'], { kind: 'inside', node: id }),
    fields: spec.fields ?? {},
    returnsTo: surely.filter((before) => PEOPLE_ACT.includes(around.kinds.get(before) ?? '')),
    acts: actsOf(spec.acts, around.acts),
  };
  const one = { build, placed, entering };
  if ('handle' in spec) return { ...base, ...handle(one, spec) };
  if ('approve' in spec) return { ...base, ...approve(one, spec) };
  if ('confirm' in spec) return { ...base, ...confirm(one, spec, around) };
  if ('cases' in spec) return { ...base, ...branch(one, spec) };
  if ('notify' in spec) return { ...base, ...notify(one, spec) };
  if ('end' in spec) return { ...base, ...end(spec) };
  return null;
}

interface One {
  readonly build: Build;
  readonly placed: PlacedNode;
  readonly entering: Place;
}

function handle({ build, placed: { path }, entering }: One, spec: HandleSpec) {
  return {
    kind: 'handle',
    name: spec.handle,
    people: compileSelector(build, spec.assignee, [...path, 'assignee'], entering),
    strategy: (spec.strategy ?? 'claim') as Strategy,
    ifEmpty: compileIfEmpty(build, spec.if_empty, path, entering),
    onReturn: spec.on_return ?? 'same',
  } as const;
}

function approve({ build, placed: { path }, entering }: One, spec: ApproveSpec) {
  return {
    kind: 'approve',
    name: spec.approve,
    people: compileSelector(build, spec.approver, [...path, 'approver'], entering),
    // Without a mode there is one approver, and every mode means the same; or a chain, which goes one by one.
    mode: (spec.mode ?? (hasChain(spec) ? 'sequence' : 'any')) as ApproveMode,
    ifEmpty: compileIfEmpty(build, spec.if_empty, path, entering),
    onRefuse: onRefuse(spec.on_refuse, { kind: 'end' }),
    refuseNeeds: spec.refuse_needs ?? 'one',
    dedupe: spec.dedupe ?? 'consecutive',
    selfApproval: spec.self_approval ?? 'superior',
    control: spec.control ?? false,
  } as const;
}

function confirm({ build, placed, entering }: One, spec: ConfirmSpec, around: Around) {
  const handled = placed.surely.findLast((id) => around.kinds.get(id) === 'handle');
  return {
    kind: 'confirm',
    name: spec.confirm,
    people: compileSelector(build, spec.by ?? 'requester', [...placed.path, 'by'], entering),
    ifEmpty: compileIfEmpty(build, spec.if_empty, placed.path, entering),
    onRefuse: onRefuse(spec.on_refuse, handled === undefined ? { kind: 'end' } : { kind: 'to', target: handled }),
  } as const;
}

function branch({ build, placed: { path }, entering }: One, spec: BranchSpec) {
  const cases = spec.cases.map((one, i) => ({
    name: one.name,
    when: compileTest(build, [...path, 'cases', i, 'when'], one.when, entering),
    to: one.flow[0]?.id ?? null,
  }));
  return { kind: 'branch', name: spec.branch, cases } as const;
}

function notify({ build, placed: { path }, entering }: One, spec: NotifySpec) {
  return {
    kind: 'notify',
    name: spec.notify,
    people: compileSelector(build, spec.to, [...path, 'to'], entering),
    text: compileText(build, [...path, 'text'], spec.text, { kind: 'telling', node: spec.id }),
  } as const;
}

const end = (spec: EndSpec) =>
  ({ kind: 'end', name: spec.end, next: null, outcome: spec.outcome ?? 'closed' }) as const;

function onRefuse(spec: ApproveSpec['on_refuse'], fallback: OnRefuse): OnRefuse {
  if (spec === undefined) return fallback;
  return spec === 'end' ? { kind: 'end' } : { kind: 'to', target: spec.to };
}

export function actsOf(spec: ActsSpec | undefined, before: Acts): Acts {
  return { ...before, withdraw: spec?.withdraw ?? before.withdraw, transfer: spec?.transfer ?? before.transfer };
}
