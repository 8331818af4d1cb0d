/** Nodes, compiled, with the defaults of `approval-semantics.md`. */
import { durationOf } from '../../worktime/duration.ts';
import type { PlacedNode } from '../order.ts';
import type {
  ApproveSpec,
  BranchSpec,
  ConfirmSpec,
  EndSpec,
  HandleSpec,
  NotifySpec,
  ParallelSpec,
} from '../spec/node.ts';
import type { ActsSpec } from '../spec/template.ts';
import type { Acts, ApproveMode, JoinNode, Node, NodeId, OnRefuse, TimeoutStep } from '../template.ts';
import { call, subflow, wait } from './automatic.ts';
import type { One } from './one.ts';
import { onRefuse } from './onRefuse.ts';
import { type Build, compileTest, compileText, type Place } from './build.ts';
import { compileForm } from './field.ts';
import { compileIfEmpty, compileSelector, hasChain } from './people.ts';
import { compileTimeout } from './timeout.ts';

/** What a node is compiled among. */
export interface Around {
  readonly acts: Acts;
  readonly kinds: ReadonlyMap<NodeId, string>;
  readonly within: ReadonlyMap<NodeId, readonly string[]>;
}

const PEOPLE_ACT = ['handle', 'approve', 'confirm'];

/** The node, and the join behind it where it splits. */
export function compileNode(build: Build, placed: PlacedNode, around: Around): Node[] {
  const { spec, path, next, within } = placed;
  const { id } = spec;
  const entering: Place = { kind: 'entering', node: id };
  const base = {
    id,
    within,
    when: compileTest(build, [...path, 'when'], spec.when, entering),
    next,
    form: compileForm(build, id, spec.form ?? [], [...path, 'form'], { kind: 'inside', node: id }),
    fields: spec.fields ?? {},
    timeout: compileTimeout(build, spec.timeout ?? [], path, id),
    afterReturn: spec.after_return ?? 'rerun',
    returnsTo: returnsTo(placed, around),
    acts: actsOf(spec.acts, around.acts),
  };
  const one = { build, placed, entering };
  if ('handle' in spec) return [{ ...base, ...handle(one, spec) }];
  if ('approve' in spec) return [{ ...base, ...approve(one, spec) }];
  if ('confirm' in spec) return [{ ...base, ...confirm(one, spec, around), ...(patience(placed, spec) ?? {}) }];
  if ('cases' in spec) return [{ ...base, ...branch(one, spec) }, ...(spec.every ? [joinOf(base)] : [])];
  if ('branches' in spec) return [{ ...base, ...parallel(spec) }, joinOf(base)];
  if ('notify' in spec) return [{ ...base, ...notify(one, spec) }];
  if ('call' in spec) return [{ ...base, ...call(one, spec) }];
  if ('subflow' in spec) return [{ ...base, ...subflow(one, spec) }];
  if ('wait' in spec) return [{ ...base, ...wait(one, spec) }];
  return [{ ...base, ...end(spec) }];
}

/** What ran on every way, and what only a `when` of its own may have skipped. */
function returnsTo(placed: PlacedNode, around: Around): NodeId[] {
  const before = [...placed.surely, ...placed.unless];
  return backTo([...around.kinds.keys()].filter((id) => before.includes(id)), placed, around); // prettier-ignore
}

/** Never into a branch that is closed from here: the beginning of its way is the same, or shorter. */
function backTo(ids: readonly NodeId[], { within }: PlacedNode, { kinds, within: places }: Around): NodeId[] {
  return ids.filter(
    (before) =>
      PEOPLE_ACT.includes(kinds.get(before) ?? '') && places.get(before)?.every((branch, i) => branch === within[i]),
  );
}

const joinOf = (split: Omit<JoinNode, 'kind' | 'of' | 'name'>): JoinNode => ({
  ...{ ...split, when: null, form: [], fields: {}, timeout: [] },
  ...{ id: `${split.id}.join`, kind: 'join', of: split.id, name: '' },
});

function handle({ build, placed: { path }, entering }: One, spec: HandleSpec) {
  return {
    kind: 'handle',
    name: spec.handle,
    people: compileSelector(build, spec.assignee, [...path, 'assignee'], entering),
    strategy: spec.strategy ?? 'claim',
    ifEmpty: compileIfEmpty(build, spec.if_empty, path, entering),
    onReturn: spec.on_return ?? 'same',
  } as const;
}

function approve({ build, placed: { path }, entering }: One, spec: ApproveSpec) {
  return {
    kind: 'approve',
    name: spec.approve,
    people: compileSelector(build, spec.approver, [...path, 'approver'], entering),
    mode: modeOf(spec.mode ?? (hasChain(spec) ? 'sequence' : 'any')),
    ifEmpty: compileIfEmpty(build, spec.if_empty, path, entering),
    onRefuse: onRefuse(spec.on_refuse, { kind: 'end' }),
    refuseNeeds: spec.refuse_needs ?? 'one',
    dedupe: spec.dedupe ?? 'consecutive',
    selfApproval: spec.self_approval ?? 'superior',
    control: spec.control ?? false,
  } as const;
}

function confirm({ build, placed, entering }: One, spec: ConfirmSpec, around: Around) {
  return {
    kind: 'confirm',
    name: spec.confirm,
    people: compileSelector(build, spec.by ?? 'requester', [...placed.path, 'by'], entering),
    ifEmpty: compileIfEmpty(build, spec.if_empty, placed.path, entering),
    onRefuse: onRefuse(spec.on_refuse, notSolved(placed, around)),
  } as const;
}

/**
 * A requester who never says whether it is solved is reminded, and then the ticket ends as `auto_closed`, unless a ladder is
 * written. What still follows, or runs beside it, is not cut off: there the reminder is all.
 */
function patience({ next, within }: PlacedNode, { by, timeout }: ConfirmSpec): { timeout: TimeoutStep[] } | null {
  if (timeout !== undefined || by !== undefined) return null;
  const remind = { after: { kind: 'workdays', n: 1 }, then: { kind: 'remind', people: { kind: 'assignee' } } } as const;
  const close = { after: { kind: 'workdays', n: 3 }, then: { kind: 'close', outcome: 'auto_closed' } } as const;
  return { timeout: next === null && within.length === 0 ? [remind, close] : [remind] };
}

/** Back to who handled it; to the requester where that was in a branch that is closed here; else it ends. */
function notSolved(placed: PlacedNode, around: Around): OnRefuse {
  const isHandled = (id: NodeId) => around.kinds.get(id) === 'handle';
  const target =
    backTo(placed.surely, placed, around).findLast(isHandled) ?? (placed.surely.some(isHandled) ? 'filing' : null);
  return target === null ? { kind: 'end' } : { kind: 'to', target };
}

function branch({ build, placed: { path }, entering }: One, spec: BranchSpec) {
  const cases = spec.cases.map((one, i) => ({
    name: one.name,
    when: compileTest(build, [...path, 'cases', i, 'when'], one.when, entering),
    to: one.flow[0]?.id ?? null,
  }));
  return { kind: 'branch', name: spec.branch, cases, every: spec.every ?? false } as const;
}

const parallel = (spec: ParallelSpec) =>
  ({
    kind: 'parallel',
    name: spec.parallel,
    branches: spec.branches.map(({ name, flow }) => ({ name, to: flow[0]?.id ?? null })),
    join: spec.join === undefined || spec.join === 'all' ? 'all' : spec.join === 'any' ? 1 : spec.join,
    oneRefusalEndsAll: spec.one_refusal_ends_all ?? true,
  }) as const;

function notify({ build, placed: { path }, entering }: One, spec: NotifySpec) {
  return {
    kind: 'notify',
    name: spec.notify,
    people: compileSelector(build, spec.to, [...path, 'to'], entering),
    text: compileText(build, [...path, 'text'], spec.text, { kind: 'telling', node: spec.id }),
  } as const;
}

/** One that may be skipped has something behind it. */
const end = (spec: EndSpec) =>
  ({
    kind: 'end',
    name: spec.end,
    ...(spec.when === undefined ? { next: null } : {}),
    outcome: spec.outcome ?? 'closed',
  }) as const;

/** `60%`, `min 2`, or a word. Where none is written there is one approver, and all mean the same; or a chain. */
function modeOf(spec: string): ApproveMode {
  const [, percent, min] = /^(?:(\d+)%|min (\d+))$/.exec(spec) ?? [];
  if (percent !== undefined) return { percent: Number(percent) };
  return min === undefined ? (spec as 'any' | 'all' | 'sequence') : { min: Number(min) };
}

const reopenOf = (spec: ActsSpec['reopen'], before: Acts['reopen']): Acts['reopen'] =>
  spec === undefined ? before : spec === 'never' ? null : (durationOf(spec) ?? before);

export function actsOf(spec: ActsSpec | undefined, before: Acts): Acts {
  return {
    ...before,
    withdraw: spec?.withdraw ?? before.withdraw,
    transfer: spec?.transfer ?? before.transfer,
    addSign: spec?.add_sign ?? before.addSign,
    reopen: reopenOf(spec?.reopen, before.reopen),
    urge: spec?.urge ?? before.urge,
    // `never` is no duration.
    takeBack: spec?.take_back === undefined ? before.takeBack : durationOf(spec.take_back),
  };
}
