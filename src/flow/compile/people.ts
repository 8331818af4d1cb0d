/** Selectors, compiled. What stands in the wrong place finds nobody; the check refuses it before that. */
import type { Path } from '../order.ts';
import type { ApproveSpec } from '../spec/node.ts';
import type { IfEmptySpec, SelectorMap, SelectorSpec } from '../spec/people.ts';
import type { IfEmpty, Selector } from '../template.ts';
import { type Build, compileRaw, compileTest, type Place } from './build.ts';
import { leastOf, pickKey, type PicksSpec } from './picks.ts';

const NOBODY: Selector = { kind: 'users', accounts: [] };

export function compileSelector(build: Build, spec: SelectorSpec, path: Path, place: Place): Selector {
  if (typeof spec === 'string') return { kind: spec };
  if (!Array.isArray(spec)) return compileMap(build, spec, path, place);
  const cases = spec.map((one, i) => {
    const at = [...path, i];
    if (typeof one === 'string') return { when: null, of: { kind: one } as const };
    return { when: compileTest(build, [...at, 'when'], one.when, place), of: compileMap(build, one, at, place) };
  });
  return { kind: 'first', cases };
}

function compileMap(build: Build, spec: SelectorMap, path: Path, place: Place): Selector {
  if ('user' in spec) return { kind: 'users', accounts: [spec.user] };
  if ('users' in spec) return { kind: 'users', accounts: spec.users };
  if ('role' in spec) {
    const within = spec.in === undefined ? null : compileRaw(build, [...path, 'in'], spec.in, 'text', place);
    return { kind: 'role', role: spec.role, in: within && ((scope) => asText(within(scope))) };
  }
  if ('department' in spec) return { kind: 'department', name: spec.department };
  if ('department_head' in spec) {
    const of = spec.department_head;
    const whose = of === 'requester' || of === 'assignee' ? of : { name: of };
    return { kind: 'department_head', of: whose, level: spec.level ?? 1 };
  }
  if ('manager' in spec) return { kind: 'manager', of: spec.manager, level: spec.level ?? 1 };
  if ('manager_chain' in spec) return { kind: 'manager_chain', of: spec.manager_chain, upTo: spec.up_to };
  if ('duty' in spec) return { kind: 'duty', rota: spec.duty };
  if ('field' in spec) return { kind: 'field', field: spec.field };
  if ('handler_of' in spec) return { kind: 'handler_of', node: spec.handler_of };
  if ('requester_picks' in spec) return compilePicks(build, spec, path);
  return {
    kind: 'together',
    all: spec.together.map((one, i) => compileSelector(build, one, [...path, 'together', i], place)),
  };
}

/** Who may be picked is known when filing. */
function compilePicks(build: Build, spec: PicksSpec, path: Path): Selector {
  const pick = build.picks.get(pickKey(path));
  const from = compileSelector(build, spec.requester_picks, [...path, 'requester_picks'], { kind: 'filing' });
  if (!pick) return NOBODY;
  build.pickedFrom.set(pick.field, from);
  return { kind: 'requester_picks', field: pick.field, from, min: leastOf(spec) };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

export function compileIfEmpty(build: Build, spec: IfEmptySpec | undefined, path: Path, place: Place): IfEmpty {
  if (spec === undefined || spec === 'admin') return { kind: 'admin' };
  if (spec === 'approve') return { kind: 'approve' };
  return { kind: 'people', of: compileSelector(build, spec, [...path, 'if_empty'], place) };
}

/** Whether its people are asked one after the other, whatever the node says. */
export function isChain(selector: SelectorSpec): boolean {
  if (typeof selector === 'string') return false;
  if (Array.isArray(selector)) return selector.some(isChain);
  return 'manager_chain' in selector || ('together' in selector && selector.together.some(isChain));
}

/** The node's approvers, or whoever stands in for them, are a chain. */
export function hasChain({ approver, if_empty }: Pick<ApproveSpec, 'approver' | 'if_empty'>): boolean {
  return isChain(approver) || (typeof if_empty === 'object' && isChain(if_empty));
}
