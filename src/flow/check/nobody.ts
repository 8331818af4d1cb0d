/** Over the live directory, for everybody who may file: selectors that find nobody, and people who would approve their own ticket. */
import type { Directory, DirectoryPerson, PersonId } from '../directory.ts';
import type { Path, PlacedNode } from '../order.ts';
import { superiorOf } from '../resolve.ts';
import type { ApproveNode, Node, Selector } from '../template.ts';
import type { Check, CheckContext } from './context.ts';
import { type Finder, makeFinder } from './finder.ts';

export const checkNobody: Check = (context) => {
  const { directory, template } = context;
  if (!directory) return;
  const finder = makeFinder(template, directory);
  if (finder.filers.length === 0) return;
  for (const placed of context.placed) {
    const node = template.nodes[placed.spec.id];
    const key = node && peopleKey(node, placed);
    if (!node || !key || !('people' in node)) continue;
    const standIn = 'ifEmpty' in node && node.ifEmpty.kind === 'people' ? node.ifEmpty.of : null;
    for (const part of partsOf(node.people, [...placed.path, key])) {
      const seen = finder.filers.map((person) => ({ person, people: finder.find(part.selector, person) }));
      const isNamed = isByName(part.selector);
      const without = seen.filter(({ people }) => people?.length === 0).map(({ person }) => person);
      const topmost = node.kind === 'approve' ? checkOwn({ context, directory, finder, part, node }, seen) : [];
      const unasked = inOrder(finder, [...without, ...topmost]);
      const lost = standIn ? unasked.filter((person) => !standsIn(finder, standIn, node, person)) : unasked;
      // What is named and found for nobody at all, `people.ts` tells of.
      if (!(isNamed && lost.length === finder.filers.length)) tell(context, 'nobody', part, node, finder, lost);
    }
  }
};

/** Does anybody stand in? Not the requester, where they may not approve; who can't be known yet surely does. */
function standsIn(finder: Finder, standIn: Selector, node: Node, person: DirectoryPerson): boolean {
  const people = finder.find(standIn, person);
  const isBarred = node.kind === 'approve' && node.selfApproval !== 'allow';
  return people === null || people.some((id) => !isBarred || id !== person.id);
}

interface PlacedPart {
  readonly selector: Selector;
  readonly path: Path;
  readonly atKey: boolean;
}
interface Own {
  readonly context: CheckContext;
  readonly directory: Directory;
  readonly finder: Finder;
  readonly part: PlacedPart;
  readonly node: ApproveNode;
}
type Seen = readonly { readonly person: DirectoryPerson; readonly people: readonly PersonId[] | null }[];

/** It says whom, not of whom: the same people for everybody of a workspace. */
const isByName = (selector: Selector): boolean =>
  ['role', 'department', 'users'].includes(selector.kind) ||
  (selector.kind === 'department_head' && typeof selector.of === 'object');

function inOrder({ filers }: Finder, people: readonly DirectoryPerson[]): readonly DirectoryPerson[] {
  const among = new Set(people);
  return filers.filter((one) => among.has(one));
}

/**
 * Whoever would decide on their own request. Among others the requester is left out, so only who is alone counts.
 * @returns those who have nobody above them either
 */
function checkOwn({ context, directory, finder, part, node }: Own, seen: Seen): readonly DirectoryPerson[] {
  const isOwn = ({ person, people }: Seen[number]) => people?.includes(person.id) === true;
  if (node.selfApproval === 'allow') {
    tell(
      context,
      'own_approval_allowed',
      part,
      node,
      finder,
      seen.filter(isOwn).map(({ person }) => person),
    );
    return [];
  }
  const alone = seen.filter((one) => isOwn(one) && one.people?.length === 1).map(({ person }) => person);
  if (node.selfApproval === 'skip' && !node.control) {
    tell(context, 'own_approval_skipped', part, node, finder, alone);
    return [];
  }
  const topmost = alone.filter((person) => superiorOf(directory, person.id).length === 0);
  const isTop = new Set(topmost);
  const led = alone.filter((person) => !isTop.has(person));
  tell(context, 'own_approval', part, node, finder, led);
  return topmost;
}

type Code = 'nobody' | 'own_approval' | 'own_approval_allowed' | 'own_approval_skipped';

function tell(
  { report }: CheckContext,
  code: Code,
  { path, atKey }: PlacedPart,
  { name }: Node,
  { filers }: Finder,
  people: readonly DirectoryPerson[],
): void {
  if (people.length === 0) return;
  const example = people
    .slice(0, 3)
    .map((one) => one.name)
    .join('、');
  report(code, path, { count: people.length, total: filers.length, node: name, example }, { atKey });
}

/** Where the node names its people. */
function peopleKey(node: Node, { spec }: PlacedNode): string | null {
  if (node.kind === 'handle') return 'assignee';
  if (node.kind === 'approve') return 'approver';
  return node.kind === 'confirm' && 'by' in spec && spec.by !== undefined ? 'by' : null;
}

/** Each entry of a list by itself: which of them holds is not known yet. */
function partsOf(selector: Selector, path: Path): PlacedPart[] {
  if (selector.kind !== 'first') return [{ selector, path, atKey: true }];
  return selector.cases.map((one, i) => ({ selector: one.of, path: [...path, i], atKey: false }));
}
