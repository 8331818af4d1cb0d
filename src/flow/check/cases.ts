/** Cases of branches and of lists of people: one default, at the end; nothing falls through, nothing is dead. */
import type { Path } from '../order.ts';
import type { SelectorSpec } from '../spec/people.ts';
import { type Check, type CheckContext, selectorsIn } from './context.ts';
import { combinations } from './ways.ts';

export const checkCases: Check = (context) => {
  for (const { spec, path } of context.placed) {
    if (!('cases' in spec)) continue;
    const whens = spec.cases.map((one) => one.when);
    checkWhens(
      context,
      whens,
      [...path, 'cases'],
      { gap: 'branch_gap', none: 'branch_without_default', key: 'branch' },
      path,
    );
  }
  for (const { selector, path } of selectorsIn(context)) {
    if (path[0] !== 'filing') checkLists(context, selector, path);
  }
  checkNeighbours(context);
};

function checkLists(context: CheckContext, selector: SelectorSpec, path: Path): void {
  if (typeof selector === 'string') return;
  if (!Array.isArray(selector)) {
    if ('together' in selector)
      selector.together.forEach((one, i) => checkLists(context, one, [...path, 'together', i]));
    return;
  }
  const whens = selector.map((one) => (typeof one === 'string' ? undefined : one.when));
  const at = path.slice(0, -1);
  const key = path.at(-1) ?? '';
  checkWhens(context, whens, path, { gap: 'list_gap', none: 'list_without_default', key }, at);
  selector.forEach((one, i) => {
    if (typeof one !== 'string' && 'together' in one) checkLists(context, one, [...path, i]);
  });
}

interface Codes {
  readonly gap: 'branch_gap' | 'list_gap';
  readonly none: 'branch_without_default' | 'list_without_default';
  /** The key that a finding about the whole points at. */
  readonly key: string | number;
}

function checkWhens(
  context: CheckContext,
  whens: readonly (string | undefined)[],
  path: Path,
  codes: Codes,
  owner: Path,
): void {
  const first = whens.indexOf(undefined);
  if (first >= 0 && first < whens.length - 1) {
    context.report('two_defaults', [...path, first]);
    return;
  }
  const guarded = whens.slice(0, first < 0 ? whens.length : first);
  const tried = combinations(
    context,
    guarded.map((_, i) => [...path, i, 'when']),
  );
  const whole = [...owner, codes.key];
  if (first < 0) {
    const gap = tried?.find(({ holds }) => !holds.includes(true));
    if (gap) context.report(codes.gap, whole, { value: gap.words }, { atKey: true });
    else if (!tried) context.report(codes.none, whole, {}, { atKey: true });
  }
  if (!tried) return;
  guarded.forEach((_, i) => {
    const own = tried.filter(({ holds }) => holds[i]);
    if (own.length === 0) context.report('never_holds', [...path, i, 'when']);
    else if (own.every(({ holds }) => holds.indexOf(true) < i)) {
      context.report('case_never_holds', [...path, i, 'when'], { value: own[0]?.words ?? '' });
    }
  });
}

/** Two nodes in a row whose conditions never hold together read better as a branch. */
function checkNeighbours(context: CheckContext): void {
  context.placed.forEach((node, i) => {
    const after = context.placed[i + 1];
    if (!after || node.spec.when === undefined || after.spec.when === undefined || node.next !== after.spec.id) return;
    const tried = combinations(context, [
      [...node.path, 'when'],
      [...after.path, 'when'],
    ]);
    if (tried && !tried.some(({ holds }) => holds[0] && holds[1]))
      context.report('use_branch', [...after.path, 'when']);
  });
}
