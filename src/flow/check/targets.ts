/** Names of other nodes and fields: where a refusal goes back to, whose handler is meant, which field names people. */
import { nearly } from '../findingTable.ts';
import { nearest } from '../nearest.ts';
import type { Path, PlacedNode } from '../order.ts';
import type { SelectorSpec } from '../spec/people.ts';
import { type Check, type CheckContext, mapsIn, selectorsIn } from './context.ts';
import { isOutward, regionsOf } from './region.ts';

const OF_A_PERSON = new Set(['manager', 'department_head', 'manager_chain']);
const OF_PEOPLE = new Set(['person', 'people']);
const PEOPLE_ACT = new Set(['handle', 'approve', 'confirm']);

export const checkTargets: Check = (context) => {
  for (const node of context.placed) {
    const { spec, path } = node;
    if ('on_refuse' in spec && typeof spec.on_refuse === 'object') {
      checkTarget(context, node, spec.on_refuse.to, [...path, 'on_refuse', 'to']);
    }
    if ('call' in spec && typeof spec.on_error === 'object')
      checkTarget(context, node, spec.on_error.to, [...path, 'on_error', 'to']);
    spec.timeout?.forEach((step, i) => {
      if (step.return !== undefined) checkTarget(context, node, step.return, [...path, 'timeout', i, 'return']);
    });
    checkAccess(context, node);
  }
  for (const { selector, path, node, onEntry } of selectorsIn(context)) {
    if (node && onEntry) checkAssignee(context, selector, path, node);
    for (const { map, path: at, guarded } of mapsIn(selector, path)) {
      if ('handler_of' in map)
        checkHandler(context, map.handler_of, [...at, 'handler_of'], onEntry ? node : null, guarded);
      if ('field' in map) checkPersonField(context, map.field, [...at, 'field']);
    }
  }
};

function found(context: CheckContext, id: string, path: Path): PlacedNode | null {
  const node = context.byId.get(id);
  if (node) return node;
  const near = nearest(id, context.byId.keys());
  context.report(nearly('unknown_node', near), path, { node: id, near: near ?? '' }, near ? { fix: near } : {});
  return null;
}

function checkTarget(context: CheckContext, from: PlacedNode, to: string, path: Path): void {
  if (to === 'filing') return;
  const node = found(context, to, path);
  if (!node) return;
  const [there, here] = [regionsOf(context, node.path), regionsOf(context, from.path)];
  if (!isOutward(there, here)) context.report('target_in_branch', path, { node: to });
  else if (!from.surely.includes(to)) context.report('target_not_earlier', path, { node: to });
  else if (!PEOPLE_ACT.has(node.kind)) context.report('target_cannot_wait', path, { node: to });
}

/** Before anybody had a task, `assignee` is nobody. */
function checkAssignee({ byId, report }: CheckContext, selector: SelectorSpec, path: Path, node: PlacedNode): void {
  if ([...node.maybe].some((id) => PEOPLE_ACT.has(byId.get(id)?.kind ?? ''))) return;
  const told = (at: Path) => report('no_assignee_yet', at);
  if (selector === 'assignee') told(path);
  for (const { map, path: at } of mapsIn(selector, path)) {
    for (const [key, of] of Object.entries(map)) if (of === 'assignee' && OF_A_PERSON.has(key)) told([...at, key]);
    if ('together' in map) map.together.forEach((one, i) => one === 'assignee' && told([...at, 'together', i]));
  }
}

/** @param at the node that asks on arriving; null: asked later, when it may well have run */
function checkHandler(context: CheckContext, id: string, path: Path, at: PlacedNode | null, guarded: boolean): void {
  const node = found(context, id, path);
  if (!node) return;
  if (!PEOPLE_ACT.has(node.kind)) context.report('handler_has_no_people', path, { node: id });
  else if (at && !at.surely.includes(id) && !(guarded && at.maybe.has(id))) {
    context.report('handler_not_earlier', path, { node: id });
  }
}

function checkPersonField({ spec, byId, report }: CheckContext, name: string, path: Path): void {
  const [owner, id] = name.includes('.') ? name.split('.', 2) : ['form', name];
  const fields = owner === 'form' ? spec.form : (byId.get(owner ?? '')?.spec.form ?? []);
  if (fields.some((field) => field.id === id && OF_PEOPLE.has(field.type))) return;
  const near = nearest(
    id ?? '',
    fields.filter((field) => OF_PEOPLE.has(field.type)).map((field) => field.id),
  );
  report('unknown_person_field', path, { field: name }, near ? { fix: near } : {});
}

function checkAccess({ spec: template, build, report }: CheckContext, { spec, path }: PlacedNode): void {
  const ids = [...template.form.map(({ id }) => id), ...[...build.picks.values()].map(({ field }) => field)];
  for (const name of Object.keys(spec.fields ?? {})) {
    if (ids.includes(name)) continue;
    const near = nearest(name, ids);
    const facts = { of: 'form', name, near: near ?? '' };
    report(nearly('unknown_field', near), [...path, 'fields', name], facts, {
      atKey: true,
      ...(near ? { fix: near } : {}),
    });
  }
}
