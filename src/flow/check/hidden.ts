/** Fields that are needed where they are hidden: on every way that leads there, what shows them does not hold. */
import type { Path, PlacedNode } from '../order.ts';
import { cellsOf, TOO_MANY } from './cells.ts';
import { type Check, type CheckContext, mapsIn, selectorsIn } from './context.ts';

export const checkHidden: Check = (context) => {
  for (const node of context.placed) {
    for (const [id, access] of Object.entries(node.spec.fields ?? {}))
      if (access === 'required' && isHidden(context, node, id))
        context.report('required_hidden', [...node.path, 'fields', id], { field: labelOf(context, id) });
  }
  for (const { selector, path, node, onEntry } of selectorsIn(context)) {
    if (!node || !onEntry) continue;
    for (const { map, path: at, guarded } of mapsIn(selector, path))
      if ('field' in map && !guarded && isHidden(context, node, map.field))
        context.report('person_hidden', [...at, 'field'], { field: labelOf(context, map.field) });
  }
};

const labelOf = ({ spec }: CheckContext, id: string): string => spec.form.find((one) => one.id === id)?.label ?? id;

function isHidden(context: CheckContext, node: PlacedNode, id: string): boolean {
  const index = context.spec.form.findIndex((one) => one.id === id);
  const guards = guardsOf(context, node);
  // Where nothing stands in between, a `visible` that never holds is told as such.
  if (index < 0 || context.spec.form[index]?.visible === undefined || guards.length === 0) return false;
  const visible: Path = ['form', index, 'visible'];
  if (mayChange(context, visible)) return false;
  const cells = cellsOf(context, [visible, ...guards], node.spec.id);
  if (cells === null || cells === TOO_MANY) return false;
  const here = cells.all.filter(({ holds }) => holds.slice(1).every(Boolean));
  return here.length > 0 && here.every(({ holds }) => !holds[0]);
}

/** The conditions that all hold where the node is entered: its own, and those of the nodes and cases around it. */
function guardsOf({ placed }: CheckContext, { path }: PlacedNode): Path[] {
  return placed.flatMap(({ spec, path: around }) => {
    if (!around.every((part, i) => part === path[i])) return [];
    const own: Path[] = spec.when === undefined ? [] : [[...around, 'when']];
    const at = 'cases' in spec ? path[around.length + 1] : undefined;
    if (!('cases' in spec) || typeof at !== 'number' || spec.cases[at]?.when === undefined) return own;
    return [...own, [...around, 'cases', at, 'when']];
  });
}

/** Somebody may write on the way what decides whether it shows. */
function mayChange({ build, placed }: CheckContext, visible: Path): boolean {
  const key = visible.join('.');
  const reads = build.compiled.find((one) => one.path.join('.') === key)?.expression.reads ?? [];
  return reads.some(
    ({ root, field }) =>
      root !== 'form' ||
      field === null ||
      placed.some(({ spec }) => ['editable', 'required'].includes(spec.fields?.[field] ?? '')),
  );
}
