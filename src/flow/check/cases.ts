/** Cases of branches and of lists of people: one default, at the end; nothing falls through, nothing is dead. */
import type { Words } from '../../lib/locale.ts';
import type { Path } from '../order.ts';
import type { CaseSpec } from '../spec/node.ts';
import type { SelectorSpec } from '../spec/people.ts';
import { type Check, type CheckContext, selectorsIn } from './context.ts';
import { type Cell, type Cells, cellsOf, TOO_MANY } from './cells.ts';

export const checkCases: Check = (context) => {
  for (const { spec, path } of context.placed) {
    if (!('cases' in spec)) continue;
    const cases: Path = [...path, 'cases'];
    if (spec.every) {
      checkEvery(context, spec.cases, cases, spec.id);
      continue;
    }
    const whens = spec.cases.map((one) => one.when);
    const codes = { gap: 'branch_gap', none: 'branch_without_default', key: 'branch' } as const;
    checkWhens(context, whens, cases, codes, path, spec.id);
    checkOverlap(context, spec.cases, cases, spec.id);
  }
  for (const { selector, path, node } of selectorsIn(context)) {
    if (path[0] !== 'filing') checkLists(context, selector, path, node?.spec.id ?? '');
  }
  checkNeighbours(context);
  checkAlone(context);
};

/** With `every`, cases may overlap, and where none holds the flow goes on; the default stands for that. */
function checkEvery(context: CheckContext, cases: readonly CaseSpec[], path: Path, node: string): void {
  const first = cases.findIndex(({ when }) => when === undefined);
  if (first >= 0 && first < cases.length - 1) context.report('two_defaults', [...path, first]);
  cases.forEach(({ when }, i) => {
    const cells = when === undefined ? null : cellsOf(context, [[...path, i, 'when']], node);
    if (cells && cells !== TOO_MANY) checkEach(context, cells, [[...path, i, 'when']]);
  });
}

function checkLists(context: CheckContext, selector: SelectorSpec, path: Path, node: string): void {
  if (typeof selector === 'string') return;
  if (!Array.isArray(selector)) {
    if ('together' in selector)
      selector.together.forEach((one, i) => checkLists(context, one, [...path, 'together', i], node));
    return;
  }
  const whens = selector.map((one) => (typeof one === 'string' ? undefined : one.when));
  const at = path.slice(0, -1);
  const key = path.at(-1) ?? '';
  checkWhens(context, whens, path, { gap: 'list_gap', none: 'list_without_default', key }, at, node);
  selector.forEach((one, i) => {
    if (typeof one !== 'string' && 'together' in one) checkLists(context, one, [...path, i], node);
  });
}

interface Codes {
  readonly gap: 'branch_gap' | 'list_gap';
  readonly none: 'branch_without_default' | 'list_without_default';
  /** The key that a finding about the whole points at. */
  readonly key: string | number;
}
type Whens = readonly (string | undefined)[];

/** @param owner what holds the cases @param node that asks */
function checkWhens(context: CheckContext, whens: Whens, path: Path, codes: Codes, owner: Path, node: string): void {
  const { report } = context;
  const first = whens.indexOf(undefined);
  if (first >= 0 && first < whens.length - 1) {
    report('two_defaults', [...path, first]);
    return;
  }
  const guarded = whens.slice(0, first < 0 ? whens.length : first);
  const paths = guarded.map((_, i): Path => [...path, i, 'when']);
  const cells = cellsOf(context, paths, node);
  const whole: Path = [...owner, codes.key];
  if (cells === null || cells === TOO_MANY) {
    if (first < 0) report(codes.none, whole, {}, { atKey: true });
    else if (cells === TOO_MANY) report('cases_not_decided', whole, TOO_MANY_WORDS, { atKey: true });
    return;
  }
  checkEach(context, cells, paths);
  const falls = ({ holds }: Cell) => !holds.includes(true);
  const gaps = cells.all.filter(falls);
  if (first < 0) {
    const words = firstWords(cells, gaps, falls);
    if (words) report(codes.gap, whole, { value: words.zh, value_en: words.en }, { atKey: true });
    else if (gaps.length > 0) report(codes.none, whole, {}, { atKey: true });
  } else if (cells.doubtful.length > 0) {
    const what = cells.doubtful.join('，');
    report('cases_not_decided', whole, { what: `「${what}」`, what_en: `“${what}”` }, { atKey: true });
  }
}

const TOO_MANY_WORDS = { what: '条件的组合太多', what_en: 'there are too many combinations' };

/** The first that can be said without an open question. */
function firstWords(cells: Cells, some: readonly Cell[], holds: (cell: Cell) => boolean): Words | null {
  for (const cell of some.slice(0, 20)) {
    const words = cells.words(cell, holds);
    if (words) return words;
  }
  return null;
}

/** Each condition by itself and against those before it. */
function checkEach({ report }: CheckContext, { all, words }: Cells, paths: readonly Path[]): void {
  paths.forEach((path, i) => {
    const own = all.filter(({ holds }) => holds[i]);
    const isTaken = ({ holds }: Cell) => holds.indexOf(true) < i;
    const [first] = own;
    if (!first) report('never_holds', path);
    else if (own.every(isTaken)) {
      const example = words(first, (cell) => cell.holds[i] === true && isTaken(cell));
      const facts = { value: example?.zh ?? '', value_en: example?.en ?? '' };
      report(facts.value ? 'case_never_holds' : 'case_taken', path, facts);
    } else if (own.length === all.length) report('always_holds', path);
  });
}

/**
 * First-match is how a branch works, so a later case that is partly taken is normal: the special before the general.
 * What is likely a slip is two cases over the same fields that overlap without either holding the other:
 * `total <= 5000` beside `total >= 5000`.
 */
function checkOverlap(context: CheckContext, cases: readonly CaseSpec[], path: Path, node: string): void {
  const guarded = cases.filter(({ when }) => when !== undefined);
  const cells = cellsOf(
    context,
    guarded.map((_, i) => [...path, i, 'when']),
    node,
  );
  if (cells === null || cells === TOO_MANY || cells.doubtful.length > 0) return;
  guarded.forEach(({ name }, j) => {
    for (const [i, earlier] of guarded.slice(0, j).entries()) {
      const both = ({ holds }: Cell) => holds[i] === true && holds[j] === true;
      const shared = cells.all.filter(both);
      const isWithin = (one: number, other: number) => cells.all.every(({ holds }) => !holds[one] || holds[other]);
      if (shared.length === 0 || isWithin(i, j) || isWithin(j, i) || !isSame(cells.about[i], cells.about[j])) continue;
      const words = firstWords(cells, shared, both);
      if (!words) continue;
      const facts = { value: words.zh, value_en: words.en, earlier: earlier.name, later: name };
      context.report('cases_overlap', [...path, j, 'when'], facts);
      return;
    }
  });
}

const isSame = (a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

/** Two nodes in a row whose conditions never hold together read better as a branch. */
function checkNeighbours(context: CheckContext): void {
  context.placed.forEach((node, i) => {
    const after = context.placed[i + 1];
    if (!after || node.spec.when === undefined || after.spec.when === undefined || node.next !== after.spec.id) return;
    const whens = [node, after].map(({ path }): Path => [...path, 'when']);
    const cells = cellsOf(context, whens, after.spec.id);
    if (cells === null || cells === TOO_MANY || cells.all.some(({ holds }) => holds[0] && holds[1])) return;
    if ([0, 1].every((one) => cells.all.some(({ holds }) => holds[one])))
      context.report('use_branch', [...after.path, 'when']);
  });
}

/** A condition that stands alone: on a node, on a field, in a rule. */
function checkAlone(context: CheckContext): void {
  for (const { path, place, isMessage } of context.build.compiled) {
    if (isMessage || !['when', 'visible', 'if'].includes(String(path.at(-1))) || path.includes('cases')) continue;
    // Entries of a list were judged together.
    if (typeof path.at(-2) === 'number' && path.at(-3) !== 'flow' && path.at(-1) === 'when') continue;
    const cells = cellsOf(context, [path], 'node' in place ? place.node : '');
    if (cells === null || cells === TOO_MANY) continue;
    const count = cells.all.filter(({ holds }) => holds[0]).length;
    if (count === 0) context.report('never_holds', path);
    else if (count === cells.all.length) context.report('always_holds_alone', path);
  }
}
