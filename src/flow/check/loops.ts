/** Ways back that time alone takes: a ring in which nobody acts turns for ever. */
import type { PlacedNode } from '../order.ts';
import type { Check, CheckContext } from './context.ts';
import { passesAlone } from './passing.ts';
import { isOutward } from './region.ts';

export const checkLoops: Check = (context) => {
  for (const node of context.placed) {
    node.spec.timeout?.forEach((step, i) => {
      const target = step.return ?? (step.refuse ? refusedTo(context, node) : undefined);
      if (target === undefined || !turnsAlone(context, node, target)) return;
      const key = step.return === undefined ? 'refuse' : 'return';
      context.report('loop_nobody_acts', [...node.path, 'timeout', i, key], { node: target });
    });
  }
};

function refusedTo({ byId }: CheckContext, { spec, surely, within }: PlacedNode): string | undefined {
  if (!('on_refuse' in spec)) return undefined;
  if (typeof spec.on_refuse === 'object') return spec.on_refuse.to;
  const isHandled = (id: string) => byId.get(id)?.kind === 'handle' && isOutward(byId.get(id)?.within ?? [], within);
  return 'confirm' in spec && spec.on_refuse === undefined ? surely.findLast(isHandled) : undefined;
}

/** Every node that surely lies between there and here passes by itself. */
function turnsAlone({ byId }: CheckContext, from: PlacedNode, to: string): boolean {
  const start = from.surely.indexOf(to);
  if (start < 0) return false;
  return from.surely.slice(start).every((id) => {
    const node = byId.get(id);
    const isAround = node?.path.every((part, i) => part === from.path[i]) === true;
    return node !== undefined && (isAround || passesAlone(node.spec));
  });
}
