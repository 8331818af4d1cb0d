/** Nodes that no way leads to. */
import type { Check } from './context.ts';

export const checkReach: Check = ({ placed, report }) => {
  let told = false;
  for (const { reachable, spec, path } of placed) {
    if (reachable) told = false;
    else if (!told) {
      // What follows an unreachable node is unreachable with it: one finding says it.
      report('unreachable', [...path, 'id'], { node: spec.id });
      told = true;
    }
  }
};
