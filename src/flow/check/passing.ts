/** What a flow does when nobody acts, and whether it always ends: over the text, without running it. */
import type { NodeSpec } from '../spec/node.ts';

/** Whether a list of nodes ends the ticket on every way. */
export const alwaysEnds = (flow: readonly NodeSpec[]): boolean =>
  flow.some((node) => node.when === undefined && ends(node));

function ends(node: NodeSpec): boolean {
  if ('end' in node) return true;
  if ('cases' in node) {
    const isWhole = !node.every && node.cases.at(-1)?.when === undefined;
    return isWhole && node.cases.every(({ flow }) => alwaysEnds(flow));
  }
  return 'branches' in node && neverJoins(node.branches, node.join);
}

/** Fewer branches can arrive than the join waits for. */
export function neverJoins(
  branches: readonly { flow: readonly NodeSpec[] }[],
  join: 'all' | 'any' | number = 'all',
): boolean {
  const arriving = branches.filter(({ flow }) => !alwaysEnds(flow)).length;
  return arriving < (join === 'all' ? branches.length : join === 'any' ? 1 : Math.min(join, branches.length));
}

/** Whether it may go on although nobody does anything. */
export function passesAlone(node: NodeSpec): boolean {
  if (node.when !== undefined) return true;
  if ('approve' in node) return node.timeout?.some((step) => step.approve) === true;
  if ('handle' in node || 'confirm' in node || 'end' in node) return false;
  if ('cases' in node) return node.cases.some(({ flow }) => flow.every(passesAlone));
  if ('branches' in node) {
    const alone = node.branches.filter(({ flow }) => flow.every(passesAlone)).length;
    return alone >= (node.join === 'any' ? 1 : typeof node.join === 'number' ? node.join : node.branches.length);
  }
  if ('subflow' in node) return node.blocking === false;
  return !('wait' in node) || node.when_true === undefined;
}
