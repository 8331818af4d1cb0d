/**
 * Which nodes come before which, on every way and on some way. Structured flows make this a walk:
 * lists run in order, a branch takes one case, a node with `when` may be skipped, `end` ends.
 */
import { type CaseSpec, kindOf, type NodeKind, type NodeSpec } from './spec/node.ts';

export type Path = readonly (string | number)[];

export interface PlacedNode {
  readonly spec: NodeSpec;
  readonly kind: NodeKind;
  readonly path: Path;
  /** The node that follows in its list or around it; null: the flow ends. */
  readonly next: string | null;
  /** Ids of nodes that ran before it on every way, in order. */
  readonly surely: readonly string[];
  /** Ids of nodes that may have run before it. */
  readonly maybe: ReadonlySet<string>;
  readonly reachable: boolean;
}

interface Way {
  readonly surely: readonly string[];
  readonly maybe: ReadonlySet<string>;
  /** False after an `end` on every way. */
  readonly alive: boolean;
}

/** All nodes in the order of the text, nested ones after the node that holds them. */
export function placeNodes(flow: readonly NodeSpec[]): PlacedNode[] {
  const placed: PlacedNode[] = [];
  walkList(flow, ['flow'], null, { surely: [], maybe: new Set(), alive: true }, placed);
  return placed;
}

function walkList(list: readonly NodeSpec[], path: Path, next: string | null, start: Way, placed: PlacedNode[]): Way {
  let way = start;
  list.forEach((spec, i) => {
    const kind = kindOf(spec) ?? 'end';
    const follows = list[i + 1]?.id ?? next;
    const own = [...path, i];
    placed.push({ spec, kind, path: own, next: follows, surely: way.surely, maybe: way.maybe, reachable: way.alive });
    const after = walkInside(spec, own, follows, way, placed);
    way = spec.when === undefined ? after : { surely: way.surely, maybe: after.maybe, alive: way.alive };
  });
  return way;
}

function walkInside(spec: NodeSpec, path: Path, next: string | null, way: Way, placed: PlacedNode[]): Way {
  const here: Way = { surely: [...way.surely, spec.id], maybe: new Set([...way.maybe, spec.id]), alive: way.alive };
  if ('end' in spec) return { ...here, alive: false };
  if ('cases' in spec) return walkCases(spec.cases, [...path, 'cases'], next, here, placed, spec.every === true);
  if (!('branches' in spec)) return here;
  const ways = spec.branches.map((branch, i) =>
    walkList(branch.flow, [...path, 'branches', i, 'flow'], next, here, placed),
  );
  const all = spec.join === undefined || spec.join === 'all';
  return all ? { ...join(ways, here), surely: [...new Set(ways.flatMap((one) => one.surely))] } : join(ways, here);
}

function walkCases(
  cases: readonly CaseSpec[],
  path: Path,
  next: string | null,
  here: Way,
  placed: PlacedNode[],
  every: boolean,
): Way {
  const ways = cases.map((one, i) => walkList(one.flow, [...path, i, 'flow'], next, here, placed));
  const passes = every || cases.every((one) => one.when !== undefined);
  return join(passes ? [...ways, here] : ways, here);
}

/** After several ways: what ran on each of those that go on. */
function join(ways: readonly Way[], before: Way): Way {
  const living = ways.filter((way) => way.alive);
  const maybe = new Set([...before.maybe, ...living.flatMap((way) => [...way.maybe])]);
  const [first, ...others] = living;
  if (!first) return { surely: before.surely, maybe, alive: false };
  return {
    surely: first.surely.filter((id) => others.every((way) => way.surely.includes(id))),
    maybe,
    alive: before.alive,
  };
}
