/**
 * Approvers and others that the requester picks when filing (`requester_picks`): each becomes one more field of the
 * filing form, `picks_<node>`, so that cards, pages and the API ask for it like for any other.
 */
import type { Path, PlacedNode } from '../order.ts';
import type { SelectorMap, SelectorSpec } from '../spec/people.ts';
import type { FieldShape } from '../cel/layout.ts';

export type PicksSpec = Extract<SelectorMap, { requester_picks: SelectorSpec }>;

export interface Pick {
  /** Of the form. */
  readonly field: string;
  readonly label: string;
  readonly spec: PicksSpec;
  readonly node: PlacedNode;
  /** Conditions under which anybody is asked at all; those that only the filing knows count. */
  readonly when: readonly string[];
}
/** By the selector's place, as `pickKey` names it. */
export type Picks = ReadonlyMap<string, Pick>;
export const pickKey = (path: Path): string => path.join('/');

/** Where a node may say that the requester picks. */
const KEYS = ['approver', 'assignee', 'by', 'to', 'if_empty'] as const;

export function picksIn(placed: readonly PlacedNode[]): Picks {
  const picks = new Map<string, Pick>();
  for (const node of placed) {
    const spec = node.spec as unknown as Partial<Record<(typeof KEYS)[number], unknown>>;
    const found = KEYS.flatMap((key) => {
      const people = spec[key];
      // `approve` and `admin` are words, no people.
      return isSelector(people) ? picksOf(people, [...node.path, key], whenOf(node.spec.when)) : [];
    });
    found.forEach(({ path, spec: own, when }, i) => {
      const number = i === 0 ? '' : String(i + 1);
      const field = `picks_${node.spec.id}${number && `_${number}`}`;
      const label = `${nameOf(node)}的人选${number && ` ${number}`}`;
      picks.set(pickKey(path), { field, label, spec: own, node, when });
    });
  }
  return picks;
}

const isSelector = (given: unknown): given is SelectorSpec => typeof given === 'object' && given !== null;
const whenOf = (when: string | undefined): readonly string[] => (when === undefined ? [] : [when]);
const nameOf = ({ spec, kind }: PlacedNode): string => {
  const name = (spec as unknown as Readonly<Record<string, unknown>>)[kind];
  return typeof name === 'string' ? name : spec.id;
};

interface FoundPick {
  readonly path: Path;
  readonly spec: PicksSpec;
  readonly when: readonly string[];
}

function picksOf(selector: SelectorSpec, path: Path, when: readonly string[]): FoundPick[] {
  if (typeof selector === 'string') return [];
  if (Array.isArray(selector)) return selector.flatMap((one, i) => picksOf(one, [...path, i], when));
  const own = [...when, ...whenOf(selector.when)];
  if ('together' in selector) return selector.together.flatMap((one, i) => picksOf(one, [...path, 'together', i], own));
  return 'requester_picks' in selector ? [{ path, spec: selector, when: own }] : [];
}

/** As expressions see them, after the form's own fields. */
export const pickShapes = (picks: Picks): FieldShape[] =>
  [...picks.values()].map(({ field, label }) => ({ id: field, type: 'people', label }));

export const leastOf = ({ min = 1 }: PicksSpec): number => min;
