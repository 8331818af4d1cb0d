/** What was filled in, in words; and which of it this reader may see. */
import type { PersonId } from '../../flow/directory.ts';
import type { Template } from '../../flow/template.ts';
import type { Ticket } from '../../flow/ticket.ts';
import type { Field, Value, Values } from '../../form/field.ts';
import type { Look } from '../../form/rule.ts';
import { valueText } from '../../form/rules.ts';
import { isEmpty, valueOf } from '../../form/value.ts';
import type { ShownValue, TimelineItem } from '../contract/ticket.ts';

/** Values that are set, in the order of the form. */
export function presentValues(
  fields: readonly Field[],
  values: Values,
  look: Look,
  hidden: ReadonlySet<string> = NONE,
): ShownValue[] {
  return fields.flatMap((field) => {
    const value = valueOf(values, field.id);
    if (value === undefined || isEmpty(value) || hidden.has(field.id)) return [];
    const { id, label, type, means } = field;
    const text = valueText(value, field, look);
    return [{ id, label, type, means, value, text, table: tableOf(field, value, look) }];
  });
}

/** What stands now beside what stood before, in the order of the form; what was emptied as well. */
export function presentChanges(
  fields: readonly Field[],
  values: Values,
  old: Values,
  look: Look,
  hidden: ReadonlySet<string>,
): TimelineItem['values'] {
  return fields.flatMap((field) => {
    const value = valueOf(values, field.id);
    if (value === undefined || hidden.has(field.id)) return [];
    const { id, label, type, means } = field;
    const [text, before] = [value, valueOf(old, id)].map((one) => (isUnset(one) ? '' : valueText(one, field, look)));
    return [
      { id, label, type, means, value, text: text ?? '', table: tableOf(field, value, look), before: before ?? '' },
    ];
  });
}

const isUnset = (value: Value | undefined): boolean => value === undefined || isEmpty(value);

/** A table's rows, every cell in words. */
function tableOf(field: Field, value: Value, look: Look): ShownValue['table'] {
  if (field.type !== 'table' || !Array.isArray(value)) return null;
  const rows = value as readonly Values[];
  return {
    columns: field.columns.map(({ label }) => label),
    rows: rows.map((row) => field.columns.map((column) => valueText(valueOf(row, column.id), column, look))),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Fields of the ticket's form that every step hides at which this person takes part; requesters wrote them and see them. */
export function hiddenFrom(personId: PersonId, ticket: Ticket, template: Template): ReadonlySet<string> {
  if (personId === ticket.requesterId || personId === ticket.filerId) return NONE;
  const nodes = ticket.tasks
    .filter((task) => task.people.some((one) => one.personId === personId))
    .map((task) => template.nodes[task.node]?.fields ?? {});
  if (nodes.length === 0) return NONE;
  return new Set(template.form.map(({ id }) => id).filter((id) => nodes.every((access) => access[id] === 'hidden')));
}
