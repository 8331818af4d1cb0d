/** What every check is given. A check looks at one thing and reports; it never throws for what a template says. */
import type { Build, Report } from '../compile/build.ts';
import type { Directory } from '../directory.ts';
import type { Path, PlacedNode } from '../order.ts';
import type { SelectorMap, SelectorSpec } from '../spec/people.ts';
import type { RuleSpec, TemplateSpec } from '../spec/template.ts';
import type { Template } from '../template.ts';
import type { CardLimits } from '../cardLimits.ts';

/** What other templates say, by their key. */
export type OtherTemplates = ReadonlyMap<string, TemplateSpec>;

export interface CheckContext {
  readonly spec: TemplateSpec;
  readonly placed: readonly PlacedNode[];
  /** By id; the first where an id is repeated. */
  readonly byId: ReadonlyMap<string, PlacedNode>;
  readonly build: Build;
  /** As it would run; worth looking at even when something is wrong elsewhere. */
  readonly template: Template;
  readonly report: Report;
  readonly directory: Directory | null;
  /** Epoch ms; null: nothing is said about what time brings. */
  readonly now: number | null;
  /** The other templates, by key; null: nothing is said about them. */
  readonly templates: OtherTemplates | null;
  /** Whether there are no others, so that one which is missing does not exist. */
  readonly allTemplates: boolean;
  readonly cards: readonly CardLimits[];
}
export type Check = (context: CheckContext) => void;

/** One selector, wherever it stands. */
export interface PlacedSelector {
  readonly selector: SelectorSpec;
  readonly path: Path;
  /** The node that it belongs to; null: filing, admin, rules, surveys. */
  readonly node: PlacedNode | null;
  /** Resolved on arriving at the node, so that nothing later can be known. */
  readonly onEntry: boolean;
}

export function selectorsIn(context: CheckContext): PlacedSelector[] {
  const { spec } = context;
  const found: PlacedSelector[] = [];
  const add = (selector: SelectorSpec | undefined, path: Path, node: PlacedNode | null = null, onEntry = false) => {
    if (selector !== undefined) found.push({ selector, path, node, onEntry });
  };
  if (spec.filing?.who !== 'everyone') add(spec.filing?.who, ['filing', 'who']);
  add(spec.admin, ['admin']);
  for (const node of context.placed) {
    for (const [key, selector] of nodePeople(node)) add(selector, [...node.path, key], node, true);
    node.spec.timeout?.forEach((step, i) => {
      for (const key of ['remind', 'escalate', 'transfer'] as const)
        add(step[key], [...node.path, 'timeout', i, key], node);
    });
  }
  spec.rules?.forEach((rule, i) => {
    rule.do.forEach((action, j) => addAction(add, action, ['rules', i, 'do', j]));
  });
  for (const [id, survey] of Object.entries(spec.survey ?? {})) add(survey.to, ['survey', id, 'to']);
  return found;
}

function nodePeople({ spec }: PlacedNode): [string, SelectorSpec | undefined][] {
  const people: [string, SelectorSpec | undefined][] = [];
  if ('assignee' in spec) people.push(['assignee', spec.assignee]);
  if ('approver' in spec) people.push(['approver', spec.approver]);
  if ('confirm' in spec) people.push(['by', spec.by]);
  if ('notify' in spec) people.push(['to', spec.to]);
  if ('if_empty' in spec && spec.if_empty !== 'approve' && spec.if_empty !== 'admin')
    people.push(['if_empty', spec.if_empty]);
  return people;
}

function addAction(
  add: (selector: SelectorSpec | undefined, path: Path) => void,
  action: RuleSpec['do'][number],
  path: Path,
): void {
  for (const key of ['remind', 'message', 'card', 'email', 'todo', 'escalate'] as const)
    add(action[key]?.to, [...path, key, 'to']);
  add(action.assign, [...path, 'assign']);
}

/** The maps inside a selector, lists and unions opened, each with its place and whether a `when` guards it. */
export function mapsIn(
  selector: SelectorSpec,
  path: Path,
  guarded = false,
): { map: SelectorMap; path: Path; guarded: boolean }[] {
  if (typeof selector === 'string') return [];
  if (Array.isArray(selector)) return selector.flatMap((one, i) => mapsIn(one, [...path, i], guarded));
  const own = { map: selector, path, guarded: guarded || selector.when !== undefined };
  if ('together' in selector) {
    return [own, ...selector.together.flatMap((one, i) => mapsIn(one, [...path, 'together', i], own.guarded))];
  }
  return 'requester_picks' in selector
    ? [own, ...mapsIn(selector.requester_picks, [...path, 'requester_picks'], own.guarded)]
    : [own];
}
