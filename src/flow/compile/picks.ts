/**
 * Approvers and others that the requester picks when filing (`requester_picks`): each becomes one more field of the
 * filing form, `picks_<node>`, so that cards, pages and the API ask for it like for any other.
 */
import type { Field, Option, Scope } from '../../form/field.ts';
import type { Directory, PersonId } from '../directory.ts';
import { compileExpression, isProblem } from '../expression.ts';
import type { Path, PlacedNode } from '../order.ts';
import { resolve } from '../resolve.ts';
import { TicketScope } from '../scope.ts';
import type { SelectorMap, SelectorSpec } from '../spec/people.ts';
import type { Selector, Test } from '../template.ts';
import type { FieldShape } from '../cel/layout.ts';
import type { Build } from './build.ts';

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

/** @param people the compiled inner selectors, by field */
export function pickFields(build: Build, people: ReadonlyMap<string, Selector>): Field[] {
  return [...build.picks.values()].flatMap((pick) => {
    const from = people.get(pick.field);
    return from ? [pickField(build, pick, from)] : [];
  });
}

function pickField(build: Build, { field: id, label, spec, node, when }: Pick, from: Selector): Field {
  const least = leastOf(spec);
  const approves = 'approver' in node.spec && node.spec.self_approval !== 'allow';
  return {
    ...{ id, type: 'people', label, means: null, help: '', placeholder: '', unit: '', currency: 'CNY' },
    ...{ required: least > 0, readonly: false, encrypt: false, sum: false, options: [], columns: [] },
    ...{ min: least, max: spec.max ?? null, default: null, formula: null, checks: [] },
    visible: allOf(when.flatMap((text) => whileFiling(build, text) ?? [])),
    offers: (scope) => choicesIn(scope, from, approves),
  };
}

const allOf = (tests: readonly Test[]): Test | null =>
  tests.length === 0 ? null : (scope) => tests.every((test) => test(scope));

const KNOWN_WHILE_FILING = new Set(['form', 'requester', 'now']);

/** A condition that can be judged while filing; null: whether anybody will be asked is not known yet, so they are. */
function whileFiling(build: Build, text: string): Test | null {
  const made = compileExpression(text, build.scope, 'bool');
  if (isProblem(made) || made.reads.some(({ root }) => !KNOWN_WHILE_FILING.has(root))) return null;
  return (scope) => made.run(scope) === true;
}

/** @param barred the requester themselves can't be picked: they may not approve their own ticket */
function choicesIn(scope: Scope, from: Selector, barred: boolean): Option[] {
  if (!(scope instanceof TicketScope)) return [];
  const around = scope.around();
  const people = resolve(from, around).people.filter((id) => !barred || id !== around.requesterId);
  const names = people.map((id) => around.directory.people.get(id)?.name ?? '');
  return people.map((id, i) => {
    const name = names[i] ?? '';
    const isShared = names.filter((one) => one === name).length > 1;
    return { value: String(id), label: isShared ? `${name}（${accountOf(around.directory, id)}）` : name };
  });
}

const accountOf = (directory: Directory, id: PersonId): string => directory.people.get(id)?.account ?? String(id);
