/** Fields: what a type needs and what it cannot have, and meanings that belong to one field only. */
import { KINDS } from '../cel/layout.ts';
import { meansOf } from '../compile/field.ts';
import { choicesOf } from '../compile/value.ts';
import type { Path } from '../order.ts';
import type { ColumnSpec, FieldSpec } from '../spec/field.ts';
import type { Check, CheckContext } from './context.ts';

const CHOICE_TYPES = new Set(['radio', 'select', 'checkbox', 'multiselect']);
/** Types of choice that this version cannot run; their options are not judged yet. */
const OTHER_CHOICES = new Set(['tags', 'cascade']);

export const checkFields: Check = (context) => {
  checkForm(context, context.spec.form, ['form']);
  for (const { spec, path } of context.placed) checkForm(context, spec.form ?? [], [...path, 'form']);
  for (const [id, survey] of Object.entries(context.spec.survey ?? {}))
    checkForm(context, survey.form, ['survey', id, 'form']);
  checkMeanings(context);
};

function checkForm(context: CheckContext, fields: readonly FieldSpec[], path: Path): void {
  fields.forEach((field, i) => {
    checkField(context, field, [...path, i]);
    checkTable(context, field, [...path, i]);
  });
}

function checkField({ report }: CheckContext, field: ColumnSpec, path: Path): void {
  const { type, label, options, min, max } = field;
  if (CHOICE_TYPES.has(type) && options === undefined) report('options_missing', path, { field: label });
  if (!CHOICE_TYPES.has(type) && !OTHER_CHOICES.has(type) && options !== undefined)
    report('options_unused', [...path, 'options'], { type }, { atKey: true });
  if (min !== undefined && max !== undefined && min > max) report('min_over_max', [...path, 'min']);
  if (field.required && field.readonly && field.default === undefined && field.formula === undefined) {
    report('required_readonly', [...path, 'readonly'], { field: label });
  }
  const seen = new Set<string>();
  choicesOf(field)?.forEach((value, i) => {
    if (seen.has(value)) report('duplicate_option', [...path, 'options', i], { value });
    seen.add(value);
  });
}

function checkTable(context: CheckContext, field: FieldSpec, path: Path): void {
  const { report } = context;
  if (field.type === 'table' && !field.columns) report('columns_missing', path, { field: field.label });
  if (field.type !== 'table' && field.columns) report('columns_unused', [...path, 'columns'], {}, { atKey: true });
  field.columns?.forEach((column, i) => {
    const at = [...path, 'columns', i];
    checkField(context, column, at);
    if (column.sum && KINDS[column.type] !== 'number') report('sum_needs_number', [...at, 'sum']);
  });
}

function checkMeanings({ spec, report }: CheckContext): void {
  const known = new Map<string, { id: string; label: string }>();
  spec.form.forEach((field, i) => {
    const means = meansOf(field);
    if (means === null) return;
    const other = known.get(means);
    if (other === undefined) known.set(means, { id: field.id, label: field.label });
    else if (other.id !== field.id)
      report('duplicate_meaning', ['form', i, field.means === undefined ? 'id' : 'means'], {
        means,
        field: other.label,
      });
  });
  if (!known.has('title')) report('no_title', ['form'], {}, { atKey: true });
}
