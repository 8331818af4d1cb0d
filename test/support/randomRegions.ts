/** Random nested flows: parallel regions and branches in each other, waits, calls and children, with timeouts. */
import fc from 'fast-check';
import type { SystemCommand } from '../../src/flow/command.ts';
import type { Late, Node, NodeId, OnRefuse, Template, TimeoutStep } from '../../src/flow/template.ts';
import type { Ticket } from '../../src/flow/ticket.ts';
import { anEnd, aTemplate, requester, users } from './flow.ts';

type Placed = 'id' | 'name' | 'next' | 'within' | 'returnsTo';
/** A node before it has its place. */
type Leaf = Node extends infer N ? (N extends Node ? Omit<N, Placed> : never) : never;
type Region =
  | { readonly of: 'parallel'; readonly ways: readonly Flow[]; readonly join: 'all' | number; readonly alone: boolean }
  | { readonly of: 'every' | 'choice'; readonly ways: readonly Flow[]; readonly first: Node['when'] };
type Item = { readonly leaf: Leaf } | { readonly region: Region };
type Flow = readonly Item[];

const HOUR = { kind: 'wall', ms: 3_600_000 } as const;
const onRefuse = fc.constantFrom<OnRefuse>({ kind: 'end' }, { kind: 'to', target: 'filing' });
const base: Omit<Node, 'id' | 'next' | 'within' | 'returnsTo' | 'kind'> = {
  name: '',
  when: null,
  form: [],
  fields: {},
  timeout: [],
  afterReturn: 'rerun',
  acts: anEnd('').acts,
};

/** Steps that run by themselves and may have to wait. */
function automatic(condition: NonNullable<Node['when']>): fc.Arbitrary<Leaf> {
  const wait = fc.constantFrom(
    { kind: 'while', duration: HOUR } as const,
    { kind: 'condition', holds: condition, mayTurn: true } as const,
    { kind: 'moment', at: () => null } as const,
  );
  const onError = fc.oneof(
    fc.constantFrom({ kind: 'admin' } as const, { kind: 'continue' } as const, { kind: 'refuse' } as const),
  );
  const call = { ...base, kind: 'call', url: () => 'https://x.example', send: {}, take: {}, retries: 0 } as const;
  const child = { ...base, kind: 'subflow', template: 'other', requester, give: {}, take: {} } as const;
  return fc.oneof(
    wait.map((until) => ({ ...base, kind: 'wait', until }) as const),
    onError.map((on) => ({ ...call, onError: on })),
    fc
      .record({ blocking: fc.boolean(), onRefuse, keep: fc.constantFrom('cancel' as const, 'keep', null) })
      .map(({ keep, ...one }) => ({ ...child, ...one, onParentReturn: keep })),
  );
}

const late = fc.constantFrom<Late>(
  { kind: 'remind', people: { kind: 'assignee' } },
  { kind: 'transfer', people: users('cy', 'eve') },
  { kind: 'escalate', people: users('boss') },
  { kind: 'return', to: 'filing' },
  { kind: 'approve' },
  { kind: 'refuse' },
  { kind: 'close', outcome: 'auto_closed' },
);
const ladder = fc.oneof(
  { weight: 3, arbitrary: fc.constant<readonly TimeoutStep[]>([]) },
  { weight: 1, arbitrary: late.map((then): readonly TimeoutStep[] => [{ after: HOUR, then }]) },
);

/** @param leaf where people act @param when of branches, and what is waited for */
export function nestedTemplate(
  leaf: fc.Arbitrary<Node>,
  when: NonNullable<Node['when']>,
  overrides: Partial<Template>,
): fc.Arbitrary<Template> {
  const item = (depth: number): fc.Arbitrary<Item> =>
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.tuple(leaf, ladder).map(([node, timeout]) => ({ leaf: withLadder(node, timeout) })),
      },
      { weight: 1, arbitrary: automatic(when).map((one) => ({ leaf: one })) },
      ...(depth === 0 ? [] : [{ weight: 4, arbitrary: region(depth - 1).map((one) => ({ region: one })) }]),
    );
  const flow = (depth: number, minLength: number): fc.Arbitrary<Flow> =>
    fc.array(item(depth), { minLength, maxLength: 2, size: 'max' });
  const region = (depth: number): fc.Arbitrary<Region> =>
    fc.array(flow(depth, 0), { minLength: 2, maxLength: 3, size: 'max' }).chain((ways) =>
      fc.oneof(
        fc.record({
          of: fc.constant('parallel' as const),
          ways: fc.constant(ways),
          join: fc.constantFrom<'all' | number>('all', 'all', 1, 2),
          alone: fc.boolean(),
        }),
        fc.record({
          of: fc.constantFrom('every' as const, 'choice'),
          ways: fc.constant(ways),
          first: fc.constantFrom(null, when),
        }),
      ),
    );
  return fc.tuple(region(1), flow(1, 1)).map(([first, rest]) => templateOf([{ region: first }, ...rest], overrides));
}

/** What the check forbids is not tried: nothing passes a control step by itself. */
function withLadder(node: Node, timeout: readonly TimeoutStep[]): Leaf {
  const isControl = node.kind === 'approve' && node.control;
  return { ...node, timeout: isControl || !('people' in node) || node.kind === 'notify' ? [] : timeout };
}

function templateOf(flow: Flow, overrides: Partial<Template>): Template {
  const nodes: Record<NodeId, Node> = {};
  const start = lay(flow, { next: null, within: [], before: [] }, nodes);
  const order = Object.keys(nodes).filter((id) => nodes[id]?.kind !== 'join');
  const service = order.some((id) => nodes[id]?.kind === 'handle');
  return aTemplate([], { nodes, start, order, service, ...overrides });
}

interface Place {
  readonly next: NodeId | null;
  readonly within: readonly string[];
  /** Where somebody surely acted before. */
  readonly before: readonly NodeId[];
}

/** @returns the first node's id */
function lay(flow: Flow, place: Place, nodes: Record<NodeId, Node>): NodeId | null {
  const ids = flow.map((_, i) => `n${Object.keys(nodes).length + i}x${place.within.length}`);
  // Taken before anything inside is laid, so that no id is given twice.
  for (const id of ids)
    nodes[id] = { ...base, id, next: null, within: [], returnsTo: [], kind: 'end', outcome: 'closed' };
  let { before } = place;
  flow.forEach((item, i) => {
    const id = ids[i] ?? '';
    const here = { id, name: id, next: ids[i + 1] ?? place.next, within: place.within, returnsTo: before };
    if ('leaf' in item) {
      const { leaf } = item;
      nodes[id] = {
        ...leaf,
        ...here,
        ...('onRefuse' in leaf ? { onRefuse: pointed(leaf.onRefuse, before) } : {}),
      };
      if (leaf.when === null && ['handle', 'approve', 'confirm'].includes(leaf.kind)) before = [...before, id];
    } else layRegion(item.region, { ...here, before }, nodes);
  });
  return ids[0] ?? place.next;
}

function layRegion(
  region: Region,
  here: Place & { id: NodeId; name: string; returnsTo: readonly NodeId[] },
  nodes: Record<NodeId, Node>,
): void {
  const { before, ...node } = here;
  const { id, next, within } = node;
  const join = region.of === 'choice' ? null : `${id}.join`;
  const heads = region.ways.map((way, b) => {
    const inner = { next: join ?? next, within: join ? [...within, `${id}.${b}`] : within, before };
    return way.length === 0 ? null : lay(way, inner, nodes);
  });
  const named = heads.map((to, i) => ({ name: `${i}`, to }));
  if (join !== null) nodes[join] = { ...base, ...node, id: join, kind: 'join', of: id };
  nodes[id] =
    region.of === 'parallel'
      ? { ...base, ...node, kind: 'parallel', branches: named, join: region.join, oneRefusalEndsAll: !region.alone }
      : {
          ...{ ...base, ...node, kind: 'branch', every: region.of === 'every' },
          cases: named.map((one, i) => ({ ...one, when: i === named.length - 1 ? null : region.first })),
        };
}

/** To a step that surely ran, or to the form. */
const pointed = (to: OnRefuse, before: readonly NodeId[]): OnRefuse =>
  to.kind === 'end' ? to : { kind: 'to', target: before.at(-1) ?? 'filing' };

/** What the service does next, of what waits for it; null: nothing does. */
export function systemCommand(ticket: Ticket, pick: number): SystemCommand | null {
  const [timer] = [...ticket.timers].sort((a, b) => a.at - b.at);
  const [call] = ticket.calls;
  const child = ticket.children.find(({ outcome }) => outcome === null);
  const isWell = pick % 3 > 0;
  const found: SystemCommand[] = [
    ...(timer ? [{ by: null, type: 'fire', key: timer.key, at: timer.at } as const] : []),
    ...(call ? [answered(call.key, isWell)] : []),
    ...(child ? [childSays(child.key, child.ticketId, isWell)] : []),
  ];
  return found[pick % Math.max(found.length, 1)] ?? null;
}

const answered = (key: string, ok: boolean): SystemCommand => ({
  ...{ by: null, type: 'answered', key },
  outcome: ok ? { ok, status: 200, body: {} } : { ok, reason: 'no' },
});

function childSays(key: string, ticketId: number | null, isWell: boolean): SystemCommand {
  if (ticketId !== null)
    return {
      ...{ by: null, type: 'child_over', key, values: {} },
      ...(isWell
        ? ({ status: 'closed', outcome: 'done' } as const)
        : ({ status: 'refused', outcome: 'refused' } as const)),
    };
  return isWell
    ? { by: null, type: 'child_filed', key, ticketId: 77, number: 'T-0077' }
    : { by: null, type: 'child_failed', key, reason: 'no' };
}
