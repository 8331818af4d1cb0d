/** What an expression may read where it stands: no ticket before filing, no form of a node that may not have run. */
import type { Compiled } from '../compile/build.ts';
import type { ReadName } from '../cel/reads.ts';
import type { Check, CheckContext } from './context.ts';

const WHILE_FILING = new Set(['form', 'requester', 'now', 'row']);
/** Known only once a task raised an event. */
const OF_A_TASK = new Set(['assignee', 'task']);

export const checkReads: Check = (context) => {
  for (const one of context.build.compiled) {
    const told = new Set<string>();
    for (const read of one.expression.reads) {
      if (!told.has(read.root) && checkRead(context, one, read)) told.add(read.root);
    }
  }
};

/** @returns whether something was wrong */
function checkRead(context: CheckContext, { place, path, offset }: Compiled, read: ReadName): boolean {
  const { root } = read;
  const more = { offset: offset + read.offset };
  const isNode = root !== 'form' && context.build.scope.layout.forms.has(root);
  const refuse = (why: string, why_en: string) => {
    context.report('not_in_scope', path, { name: root, why, why_en }, more);
    return true;
  };
  if (place.kind === 'filing' && !WHILE_FILING.has(root)) {
    return refuse('填写时还没有工单', 'there is no ticket yet while it is being filed');
  }
  if (place.kind === 'entering' && OF_A_TASK.has(root)) {
    return refuse('进入节点时还没有待办', 'there is no task yet on arriving at a node');
  }
  if (root === 'child' && place.kind !== 'taking') {
    return refuse('只有子流程的 take 里才有 child', 'there is a child only in the `take` of a subflow');
  }
  if (!isNode || place.kind === 'anytime' || place.kind === 'filing') return false;
  const node = context.byId.get(place.node);
  if (!node || node.surely.includes(root) || read.guarded) return false;
  if (place.kind === 'inside' && root === place.node) return false;
  if (place.kind === 'telling' && node.maybe.has(root)) return false;
  context.report(
    'may_not_have_run',
    path,
    { node: root, ref: read.field === null ? root : `${root}.${read.field}` },
    more,
  );
  return true;
}
