/** Ids: unique, and free of words that expressions need. */
import type { Path } from '../order.ts';
import { RESERVED_FIELD_IDS, RESERVED_NODE_IDS } from '../reserved.ts';
import type { Check, CheckContext } from './context.ts';

export const checkIds: Check = (context) => {
  const nodes = context.placed.map(({ spec, path }) => ({ id: spec.id, path }));
  checkSet(context, nodes, RESERVED_NODE_IDS);
  checkForm(context, context.spec.form, ['form']);
  for (const { spec, path } of context.placed) checkForm(context, spec.form ?? [], [...path, 'form']);
  for (const [id, survey] of Object.entries(context.spec.survey ?? {}))
    checkForm(context, survey.form, ['survey', id, 'form']);
};

interface WithId {
  readonly id: string;
  readonly columns?: readonly WithId[] | undefined;
}

function checkForm(context: CheckContext, fields: readonly WithId[], path: Path): void {
  checkSet(
    context,
    fields.map(({ id }, i) => ({ id, path: [...path, i] })),
    RESERVED_FIELD_IDS,
  );
  fields.forEach(({ columns }, i) => {
    if (columns) checkForm(context, columns, [...path, i, 'columns']);
  });
}

function checkSet(
  { report }: CheckContext,
  all: readonly { id: string; path: Path }[],
  reserved: ReadonlySet<string>,
): void {
  const seen = new Set<string>();
  for (const { id, path } of all) {
    if (reserved.has(id)) report('reserved_id', [...path, 'id'], { id });
    if (seen.has(id)) report('duplicate_id', [...path, 'id'], { id });
    seen.add(id);
  }
}
