/** Where a task may be returned to, and what that costs. */
import { nodeOf } from './run.ts';
import type { ReturnTarget, Template } from './template.ts';
import type { Task, Ticket } from './ticket.ts';

export const withinOf = (template: Template, place: ReturnTarget): readonly string[] =>
  place === 'filing' ? [] : nodeOf(template, place).within;

/** Never across a region that the return closes. */
export const mayResume = (template: Template, task: Task, to: ReturnTarget): boolean =>
  withinOf(template, to).length === nodeOf(template, task.node).within.length;

/** The requester's form, and the earlier nodes where somebody acted: one that was skipped has nobody to go back to. */
export function returnTargets(template: Template, ticket: Ticket, task: Task): readonly ReturnTarget[] {
  const { returnsTo } = nodeOf(template, task.node);
  return ['filing', ...returnsTo.filter((id) => ticket.tasks.some(({ node }) => node === id))];
}

/** How many people's finished work in other branches a return to there gives up. */
export function givenUp(template: Template, ticket: Ticket, task: Task, to: ReturnTarget): number {
  const token = ticket.tokens.find(({ node, visit }) => node === task.node && visit === task.visit);
  const depth = withinOf(template, to).length;
  const region = ticket.regions.find(({ id }) => id === token?.regions[depth]);
  if (!region) return 0;
  const inside = nodeOf(template, task.node).within.slice(0, depth + 1);
  const own = inside.at(-1) ?? '';
  return ticket.tasks.filter((other) => {
    if (!other.state.startsWith('done:') || other.node === 'filing' || other.n < region.n) return false;
    const at = nodeOf(template, other.node).within[depth];
    return at !== undefined && at !== own && at.startsWith(`${region.node}.`);
  }).length;
}
