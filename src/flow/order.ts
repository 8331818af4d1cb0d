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
  /** The node that follows in its list or around it, or the join of the region that ends there; null: the flow ends. */
  readonly next: string | null;
  /** The branches of regions around it, outermost first: `checks.0`. */
  readonly within: readonly string[];
  /** Ids of nodes that ran before it on every way, in order. */
  readonly surely: readonly string[];
  /** Ids of nodes before it in its list, and in those around, each of which only its own `when` may have skipped; in order. */
  readonly unless: readonly string[];
  /** Ids of nodes that may have run before it. */
  readonly maybe: ReadonlySet<string>;
  readonly reachable: boolean;
}

interface Way {
  readonly surely: readonly string[];
  readonly unless: readonly string[];
  readonly maybe: ReadonlySet<string>;
  /** False after an `end` on every way. */
  readonly alive: boolean;
}

/** Where a list of nodes stands. */
interface Place {
  readonly path: Path;
  readonly next: string | null;
  readonly within: readonly string[];
}

/** All nodes in the order of the text, nested ones after the node that holds them. */
export function placeNodes(flow: readonly NodeSpec[]): PlacedNode[] {
  const placed: PlacedNode[] = [];
  const start = { surely: [], unless: [], maybe: new Set<string>(), alive: true };
  walkList(flow, { path: ['flow'], next: null, within: [] }, start, placed);
  return placed;
}

function walkList(list: readonly NodeSpec[], { path, next, within }: Place, start: Way, placed: PlacedNode[]): Way {
  let way = start;
  list.forEach((spec, i) => {
    const kind = kindOf(spec) ?? 'end';
    const own = { path: [...path, i], next: list[i + 1]?.id ?? next, within };
    const { surely, unless, maybe, alive } = way;
    placed.push({ spec, kind, ...own, surely, unless, maybe, reachable: alive });
    const after = walkInside(spec, own, way, placed);
    way = spec.when === undefined ? after : { surely, unless: [...unless, spec.id], maybe: after.maybe, alive };
  });
  return way;
}

function walkInside(spec: NodeSpec, place: Place, way: Way, placed: PlacedNode[]): Way {
  const { unless, alive } = way;
  const here: Way = { surely: [...way.surely, spec.id], unless, maybe: new Set([...way.maybe, spec.id]), alive };
  if ('end' in spec) return { ...here, alive: false };
  if ('cases' in spec) return walkCases(spec.cases, spec.every === true ? spec.id : null, place, here, placed);
  if (!('branches' in spec)) return here;
  const ways = spec.branches.map((branch, i) =>
    walkList(branch.flow, branchOf(place, ['branches', i], spec.id, i), here, placed),
  );
  // A branch that may be refused alone has not surely run to its end.
  const all = (spec.join === undefined || spec.join === 'all') && spec.one_refusal_ends_all !== false;
  return all ? { ...join(ways, here), surely: [...new Set(ways.flatMap((one) => one.surely))] } : join(ways, here);
}

const branchOf = ({ path, within }: Place, at: Path, id: string, i: number): Place => ({
  path: [...path, ...at, 'flow'],
  next: `${id}.join`,
  within: [...within, `${id}.${i}`],
});

/** @param every the branch's id where all cases that hold are walked beside each other */
function walkCases(
  cases: readonly CaseSpec[],
  every: string | null,
  place: Place,
  here: Way,
  placed: PlacedNode[],
): Way {
  const ways = cases.map((one, i) => {
    const inside =
      every === null
        ? { ...place, path: [...place.path, 'cases', i, 'flow'] }
        : branchOf(place, ['cases', i], every, i);
    return walkList(one.flow, inside, here, placed);
  });
  const passes = every !== null || cases.every((one) => one.when !== undefined);
  return join(passes ? [...ways, here] : ways, here);
}

/** After several ways: what ran on each of those that go on. */
function join(ways: readonly Way[], before: Way): Way {
  const living = ways.filter((way) => way.alive);
  const maybe = new Set([...before.maybe, ...living.flatMap((way) => [...way.maybe])]);
  const [first, ...others] = living;
  const { unless } = before;
  if (!first) return { surely: before.surely, unless, maybe, alive: false };
  return {
    surely: first.surely.filter((id) => others.every((way) => way.surely.includes(id))),
    unless,
    maybe,
    alive: before.alive,
  };
}
