/** People that the requester picks: asked for while filing, so only where a node begins, and from whom can be known by then. */
import { leastOf, pickKey } from '../compile/picks.ts';
import type { Path } from '../order.ts';
import type { SelectorSpec } from '../spec/people.ts';
import { type Check, mapsIn, selectorsIn } from './context.ts';

export const checkPicks: Check = (context) => {
  const { build, report, spec } = context;
  for (const { selector, path } of selectorsIn(context)) {
    for (const { map, path: at } of mapsIn(selector, path)) {
      if (!('requester_picks' in map)) continue;
      const here = [...at, 'requester_picks'];
      if (!build.picks.has(pickKey(at))) report('picks_out_of_place', here, {}, { atKey: true });
      if (map.max !== undefined && leastOf(map) > map.max) report('min_over_max', [...at, 'min']);
      const early = tooEarly(map.requester_picks, here);
      if (early) report('picks_too_early', early);
    }
  }
  const fields = new Set([...build.picks.values()].map(({ field }) => field));
  spec.form.forEach(({ id }, i) => {
    if (fields.has(id)) report('duplicate_id', ['form', i, 'id'], { id });
  });
};

/** Where it names somebody whom only a running ticket has. */
function tooEarly(selector: SelectorSpec, path: Path): Path | null {
  if (selector === 'assignee') return path;
  for (const { map, path: at } of mapsIn(selector, path)) {
    for (const key of ['manager', 'manager_chain', 'department_head'] as const)
      if ((map as unknown as Readonly<Record<string, unknown>>)[key] === 'assignee') return [...at, key];
    if ('handler_of' in map) return [...at, 'handler_of'];
    const inner = 'together' in map ? map.together.indexOf('assignee') : -1;
    if (inner >= 0) return [...at, 'together', inner];
  }
  return null;
}
