/** A form as a page draws it: the compiled fields with the values they have now. */
import { isRequired, isWritable } from '../../form/check.ts';
import type { Access, Field, Value, Values } from '../../form/field.ts';
import { type Good, keepGood } from '../../form/good.ts';
import type { Look } from '../../form/rule.ts';
import { emptyValue, valueText } from '../../form/rules.ts';
import { type ScopeOf, settle } from '../../form/settle.ts';
import { withChoices } from '../../form/shown.ts';
import { valueOf } from '../../form/value.ts';
import { inWords } from '../../lib/locale.ts';
import type { FieldProblem, FormColumn, FormField } from '../contract/form.ts';

/** One set of fields and how they are met here. A node may have two: its own, and those of the ticket's form that it opens. */
export interface FormPart {
  readonly fields: readonly Field[];
  readonly access: Readonly<Record<string, Access>>;
  readonly scope: ScopeOf;
  readonly before?: Values;
  /** Put before each id: `form.` for the ticket's own form at a node. */
  readonly prefix: string;
  /** Only fields that may be written here; the others are shown elsewhere. */
  readonly writableOnly: boolean;
}

export interface FormView {
  readonly fields: FormField[];
  readonly problems: FieldProblem[];
  readonly live: boolean;
  /** Ids of the attachments that the values name. */
  readonly fileIds: number[];
}

/** @param given untrusted, by prefixed id; what is wrong is reported and left out */
export function formView(parts: readonly FormPart[], given: Values, look: Look): FormView {
  const seen = parts.map((part) => partView(part, given, look));
  const known = new Set(parts.flatMap((part) => part.fields.map(({ id }) => part.prefix + id)));
  const strays = Object.keys(given)
    .filter((id) => !known.has(id))
    .map((id) => ({
      field: id.slice(0, 60),
      label: id.slice(0, 60),
      text: inWords({ zh: '这张表单没有这个字段', en: 'This form has no such field' }, look.locale),
    }));
  return {
    fields: seen.flatMap(({ fields }) => fields),
    problems: [...seen.flatMap(({ problems }) => problems), ...strays],
    live: parts.some((part) => part.fields.some(isMoving)),
    fileIds: seen.flatMap(({ fileIds }) => fileIds),
  };
}

/** Does it depend on other fields? */
const isMoving = (field: Field): boolean =>
  field.visible !== null || field.formula !== null || field.offers !== null || field.columns.some(isMoving);

function partView(part: FormPart, given: Values, look: Look) {
  const { fields, access, scope, prefix } = part;
  const own: Record<string, Value> = {};
  for (const { id } of fields) {
    const value = valueOf(given, prefix + id);
    if (value !== undefined) own[id] = value;
  }
  const { values, problems } = judged(part, own);
  const settled = settle(fields, values, scope);
  const shown = fields.filter(
    (field) => access[field.id] !== 'hidden' && (!part.writableOnly || isWritable(field, access)),
  );
  const value = (field: Field) => valueOf(settled.values, field.id) ?? emptyValue(field);
  return {
    fields: shown.map((field): FormField => ({
      ...basics(
        withChoices(field, () => scope(settled.values)),
        prefix,
      ),
      required: isRequired(field, access),
      writable: isWritable(field, access),
      columns: field.columns.map(presentColumn),
      visible: settled.shown.has(field.id),
      value: value(field),
      text: valueText(value(field), field, look),
    })),
    problems: problems.map((one) => ({ field: prefix + one.field, label: one.label, text: inWords(one, look.locale) })),
    fileIds: shown.filter(({ type }) => type === 'attachment').flatMap((field) => value(field) as readonly number[]),
  };
}

/** What can be kept of these values, completed with defaults and formulas. */
export const goodValues = (part: FormPart, given: Values): Values => judged(part, given).values;

const judged = ({ fields, access, scope, before }: FormPart, values: Values): Good =>
  keepGood({ fields, access, scope, values, ...(before ? { before } : {}) });

function basics(field: Field, prefix: string): Omit<FormColumn, 'required' | 'writable'> {
  const { type, label, help, placeholder, unit, means, options, min, max, currency } = field;
  return {
    ...{ id: prefix + field.id, type, label, help, placeholder, unit, means, min, max, currency },
    options: options.map(({ value, label: name, color }) => ({ value, label: name, ...(color ? { color } : {}) })),
  };
}

const presentColumn = (column: Field): FormColumn => ({
  ...basics(column, ''),
  required: isRequired(column, {}),
  writable: isWritable(column, {}),
});
