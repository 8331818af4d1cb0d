/** Selectors that find nobody for somebody who may file: counted over the live directory. */
import type { Directory, DirectoryPerson } from '../directory.ts';
import { resolve } from '../resolve.ts';
import type { Node, Selector } from '../template.ts';
import type { Check, CheckContext } from './context.ts';

export const checkNobody: Check = (context) => {
  const { directory, template } = context;
  if (!directory) return;
  const filers = [...directory.people.values()].filter(
    (person) => person.active && mayFile(context, directory, person),
  );
  for (const placed of context.placed) {
    const node = template.nodes[placed.spec.id];
    const rule = node && peopleRule(node);
    if (!node || !rule || filers.length === 0) continue;
    const without = new Map<Selector, DirectoryPerson[]>();
    for (const selector of fixedParts(rule.people))
      without.set(
        selector,
        filers.filter((person) => findsNobody(selector, person, directory)),
      );
    const [worst] = [...without.values()].sort((a, b) => b.length - a.length);
    if (!worst?.[0]) continue;
    const facts = {
      count: worst.length,
      total: filers.length,
      node: node.name,
      example: worst
        .slice(0, 3)
        .map((one) => one.name)
        .join('、'),
    };
    context.report('nobody', [...placed.path, rule.key], facts, { atKey: true });
  }
};

/** The rule whose people nobody stands in for: where `if_empty` names somebody, that was thought of. */
function peopleRule(node: Node): { people: Selector; key: string } | null {
  if (node.kind === 'handle') return node.ifEmpty.kind === 'people' ? null : { people: node.people, key: 'assignee' };
  if (node.kind === 'approve') return node.ifEmpty.kind === 'people' ? null : { people: node.people, key: 'approver' };
  return null;
}

/** The parts of a selector that depend on nothing but who files; what is named, `people.ts` tells of. */
function fixedParts(selector: Selector, inUnion = false): Selector[] {
  switch (selector.kind) {
    case 'manager':
      return selector.of === 'assignee' ? [] : [selector];
    case 'department_head':
      return selector.of === 'requester' || (inUnion && selector.of !== 'assignee') ? [selector] : [];
    case 'department':
    case 'users':
      return inUnion ? [selector] : [];
    case 'role':
      return inUnion && selector.in === null ? [selector] : [];
    case 'first':
      return selector.cases.flatMap((one) => fixedParts(one.of));
    case 'together': {
      // A union finds somebody when one part does.
      const parts = selector.all.map((one) => fixedParts(one, true));
      return parts.every((part) => part.length > 0) ? [selector] : [];
    }
    default:
      return [];
  }
}

function findsNobody(selector: Selector, person: DirectoryPerson, directory: Directory): boolean {
  const around = {
    directory,
    requesterId: person.id,
    assigneeId: null,
    ticket: null,
    values: {},
    now: 0,
    scope: () => ({}),
  };
  return resolve(selector, around).people.length === 0;
}

function mayFile({ template }: CheckContext, directory: Directory, person: DirectoryPerson): boolean {
  const { who } = template.filing;
  if (who === null) return true;
  const around = {
    directory,
    requesterId: person.id,
    assigneeId: null,
    ticket: null,
    values: {},
    now: 0,
    scope: () => ({}),
  };
  return resolve(who, around).people.includes(person.id);
}
