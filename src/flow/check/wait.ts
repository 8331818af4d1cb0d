/** Waiting: for exactly one thing, that can come. */
import { type Build } from '../compile/build.ts';
import { compileExpression, isProblem, type Wanted } from '../expression.ts';
import type { PlacedNode } from '../order.ts';
import type { NodeSpec } from '../spec/node.ts';
import { isAlwaysSet } from './domain.ts';
import type { Check, CheckContext } from './context.ts';
import { areBeside, regionsOf } from './region.ts';

type WaitSpec = Extract<NodeSpec, { wait: string }>;
const WAYS = ['until', 'for', 'when_true'] as const;

export const checkWait: Check = (context) => {
  for (const node of context.placed) {
    if (!('wait' in node.spec)) continue;
    const given = WAYS.filter((key) => key in node.spec);
    if (given.length !== 1)
      context.report('wait_for_one', [...node.path, 'wait'], { keys: WAYS.join(' ') }, { atKey: true });
    checkChange(context, node, node.spec);
    checkMoment(context, node, node.spec);
  }
};

type Read = { readonly root: string; readonly field: string | null };

/** What an expression reads; null when it is faulty, which is told elsewhere. */
function readsIn({ scope }: Build, text: string | undefined, wanted: Wanted): readonly Read[] | null {
  const made = text === undefined ? null : compileExpression(text, scope, wanted);
  return made === null || isProblem(made) ? null : made.reads;
}

/** Time, people and the ticket itself change by themselves; fields only where somebody may write them meanwhile. */
function checkChange(context: CheckContext, node: PlacedNode, { when_true }: WaitSpec): void {
  const reads = readsIn(context.build, when_true, 'bool');
  if (!reads || reads.some((read) => mayChange(context, node, read))) return;
  context.report('wait_never_changes', [...node.path, 'when_true']);
}

function mayChange(context: CheckContext, node: PlacedNode, { root, field }: Read): boolean {
  const { spec, placed, build } = context;
  if (!build.scope.layout.forms.has(root)) return true;
  const here = regionsOf(context, node.path);
  const beside = placed.filter(({ path }) => areBeside(regionsOf(context, path), here));
  if (root !== 'form') return beside.some((other) => other.spec.id === root);
  const own = spec.form.find(({ id }) => id === field);
  // Category and urgency may be changed at any time, and with them what is computed.
  if (own === undefined || own.formula !== undefined || isChangedByAct(own.means ?? own.id)) return true;
  const isWritten = beside.some(({ spec: other }) => ['editable', 'required'].includes(other.fields?.[own.id] ?? ''));
  return (
    isWritten || spec.rules?.some((rule) => rule.do.some(({ set }) => set !== undefined && own.id in set)) === true
  );
}

const isChangedByAct = (means: string): boolean => means === 'category' || means === 'urgency';

/** An unset moment is no moment: the wait is over at once. */
function checkMoment(
  { spec, build, report }: CheckContext,
  { spec: { when }, path }: PlacedNode,
  { until }: WaitSpec,
): void {
  const [, id] = /^\s*form\.(\w+)\s*$/.exec(until ?? '') ?? [];
  const field = spec.form.find((one) => one.id === id);
  if (!field || isAlwaysSet(field)) return;
  const isGuarded = readsIn(build, when, 'bool')?.some((read) => read.root === 'form' && read.field === id);
  if (!isGuarded) report('until_unset', [...path, 'until'], { field: field.label, id: field.id });
}
